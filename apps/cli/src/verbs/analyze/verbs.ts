/** `pith analyze` */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

export const ANALYZE: Family = {
  loadOptions: async () => (await import("./options.ts")).ANALYZE_OPTIONS,
  verbs: [
    {
      name: "analyze",
      text: "show what repeats in each FILE, and what that allows",
      operand: { name: "[FILE…]" },
      detail:
        "Patterns on three scales, entropy, autocorrelation, what the RSRC paper would claim, and beside it the sizes that " +
        "can be reached and undone again. Of a safetensors file also its tensors. Everything is read once; - is standard " +
        "input.",
      load: loading(
        async () => (await import("./settings.ts")).analyzeSettings,
        () => import("./analyze.ts"),
      ),
    },
  ],
};
