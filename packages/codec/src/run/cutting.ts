import { endOfBlock } from "../kinds/cuts.ts";
import type { ValueRun } from "../bytes/value-run.ts";
import { readBaseTensors, type BaseTensors } from "../kinds/weights/base-tensors.ts";
import { TensorCutter } from "../kinds/weights/cutter.ts";
import { tensorMemberIn } from "../kinds/weights/members.ts";
import { OnnxCutter } from "../kinds/weights/onnx-cutter.ts";
import type { CompressSettings } from "../plan/options.ts";
import type { Cutter, Cutting } from "./split.ts";

/** How content is cut into blocks: where it is opened, so that little of what is packed is cut, and tensors are apart. */
export function cuttingOf({ block, array, blockSize, mostBlock }: CompressSettings, base?: BaseTensors): Cutting {
  if (array !== undefined) return { blockSize, cutter: () => arrayCutter(array) };
  if (block.open !== true) return { blockSize };
  return { blockSize, cutter: () => cutterOf(blockSize, mostBlock, base) };
}

/** The tensors of the reference, where there is one. @throws PithError if it is no safetensors file */
export async function baseOf({ reference }: CompressSettings): Promise<BaseTensors | undefined> {
  return reference && (await readBaseTensors(reference));
}

/** Values of a row, where none are known. */
const ROW = 1024;

/** Cuts numbers without a header: none is cut. */
function arrayCutter(form: Pick<ValueRun, "bytes" | "isFloat">): Cutter {
  return (start, isEnd) => {
    const length = isEnd ? start.length : start.length - (start.length % form.bytes);
    return { length: Math.max(1, length), values: [{ ...form, row: ROW, length }] };
  };
}

function cutterOf(blockSize: number, mostBlock: number, base: BaseTensors | undefined): Cutter {
  let isFirst = true;
  let tensors: TensorCutter | OnnxCutter | undefined;
  return (start, isEnd) => {
    if (isFirst) tensors = TensorCutter.of(start, blockSize, base) ?? OnnxCutter.of(start, blockSize);
    isFirst = false;
    const block = tensors?.next(start);
    if (block !== undefined) return block;
    const member = tensorMemberIn(start);
    tensors = member && new TensorCutter(member.tensors, blockSize);
    if (member?.at === 0) return tensors?.next(start) ?? { length: start.length };
    // What is before it is a block as others are, and the next one begins with it.
    tensors = undefined;
    if (member !== undefined) return { length: member.at };
    return { length: isEnd ? Math.max(1, start.length) : endOfBlock(start, mostBlock) };
  };
}
