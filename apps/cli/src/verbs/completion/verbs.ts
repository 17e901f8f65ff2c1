/** `pith completion` */

import { SHELLS } from "../../interface/shells.ts";
import { messageSettings } from "../../interface/common-options.ts";
import type { Families, Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

/** @param families what is completed */
export function completionFamily(families: () => Families): Family {
  return {
    loadOptions: () => Promise.resolve({}),
    verbs: [
      {
        name: "completion",
        text: "print the completions of a shell",
        operand: { name: "SHELL", choices: SHELLS, least: 1, most: 1 },
        detail:
          "For bash: source <(pith completion bash). For zsh, put it in a folder of $fpath as _pith. For fish: pith completion fish | source.",
        load: loading(
          () => Promise.resolve(messageSettings),
          async () => {
            const { printCompletion } = await import("./completion.ts");
            return { run: (session) => printCompletion(session, families()) };
          },
        ),
      },
    ],
  };
}
