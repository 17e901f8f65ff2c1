/** `pith weights` */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

export const WEIGHTS: Family = {
  loadOptions: async () => (await import("./options.ts")).WEIGHTS_OPTIONS,
  verbs: [
    {
      name: "weights",
      text: "show the tensors of each FILE of model weights, and what each takes compressed",
      operand: { name: "FILE…", least: 1 },
      detail:
        "A safetensors file or an ONNX model is compressed for it, at the level, into a temporary file; one that Pith has compressed is read " +
        "as it is. Beside what each tensor takes stands what an adaptive coder of order 0 would need, by the best of several " +
        "ways to see its values. Of a model in several files name model.safetensors.index.json: the files are looked for beside it, by " +
        "their names or those with .pith. A tensor that shares a block with others takes its part of that.",
      load: loading(
        async () => (await import("./settings.ts")).weightsSettings,
        () => import("./weights.ts"),
      ),
    },
  ],
};
