import type { Model, ModelSource } from "@pith/core/models";
import { loadKernel } from "../kernels/load.ts";
import type { MethodDecoder } from "../methods/method.ts";
import type { Transform } from "../transforms/transform.ts";
import type { DecoderFamily } from "./family.ts";

/** What a family is made of whose kernels and models are imported when a block needs them. */
interface Members {
  readonly methods: readonly MethodDecoder[];
  readonly transforms?: readonly Transform[];
  /** Where models come from. */
  readonly sources?: readonly ModelSource[];
}

export function deferredFamily({ methods, transforms = [], sources = [] }: Members): DecoderFamily {
  async function loadModel(model: Model): Promise<void> {
    await sources.find((source) => source.model.name === model.name)?.load();
  }
  return {
    methods,
    transforms,
    async prepare({ method, parameters, stages }) {
      const isOwn = methods.some((own) => own === method);
      const kernels = [
        ...(isOwn ? (method.kernels?.(parameters) ?? []) : []),
        ...stages.flatMap(({ transform }) => (transforms.includes(transform) ? (transform.kernels ?? []) : [])),
      ];
      await Promise.all(kernels.map(loadKernel));
      const model = isOwn ? method.model?.(parameters) : undefined;
      if (model !== undefined) await loadModel(model);
    },
  };
}
