import { endOfBlock } from "../kinds/cuts.ts";
import { readBaseTensors, type BaseTensors } from "../kinds/weights/base-tensors.ts";
import { TensorCutter } from "../kinds/weights/cutter.ts";
import type { CompressSettings } from "../plan/options.ts";
import type { Cutter, Cutting } from "./split.ts";

/** How content is cut into blocks: where it is opened, so that little of what is packed is cut, and tensors are apart. */
export function cuttingOf({ block, blockSize, mostBlock }: CompressSettings, base?: BaseTensors): Cutting {
  if (block.open !== true) return { blockSize };
  return { blockSize, cutter: () => cutterOf(blockSize, mostBlock, base) };
}

/** The tensors of the reference, where there is one. @throws PithError if it is no safetensors file */
export async function baseOf({ reference }: CompressSettings): Promise<BaseTensors | undefined> {
  return reference && (await readBaseTensors(reference));
}

function cutterOf(blockSize: number, mostBlock: number, base: BaseTensors | undefined): Cutter {
  let isFirst = true;
  let tensors: TensorCutter | undefined;
  return (start, isEnd) => {
    if (isFirst) tensors = TensorCutter.of(start, blockSize, base);
    isFirst = false;
    const block = tensors?.next(start.length);
    if (block !== undefined) return block;
    return { length: isEnd ? Math.max(1, start.length) : endOfBlock(start, mostBlock) };
  };
}
