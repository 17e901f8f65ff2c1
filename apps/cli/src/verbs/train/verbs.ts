/** `pith train` */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

export const TRAIN: Family = {
  loadOptions: async () => (await import("./options.ts")).TRAIN_OPTIONS,
  verbs: [
    {
      name: "train",
      text: "train a network on all FILEs together",
      operand: { name: "[FILE…]" },
      detail:
        "The network predicts the next byte. What is learnt is cut into pieces, which are learnt in another order in each " +
        "epoch. The output is the packed network; - is standard input.",
      load: loading(
        async () => (await import("./settings.ts")).trainSettings,
        () => import("./train.ts"),
      ),
    },
  ],
};
