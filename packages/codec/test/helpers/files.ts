import { PithError } from "@pith/core";
import { decompressSync } from "../../src/decompress.ts";
import { encodeBlock } from "../../src/block/encode.ts";
import { FrameWriter } from "../../src/format/frame-writer.ts";
import type { MethodName } from "../../src/plan/names.ts";
import { concatenate } from "@pith/core/bytes";
import { finish } from "@pith/core/steps";
import { splitContent } from "../../src/run/split.ts";
import { ENGLISH as WORDS } from "../../src/transforms/words/english.ts";
import { installEnglish } from "../../src/transforms/words/english-dictionary.ts";

installEnglish(WORDS);

/** A file with blocks that may be smaller than the options of `compress` allow. */
export function fileOf(
  content: Uint8Array,
  {
    blockSize = 2 ** 20,
    blocksPerFrame = 65_536,
    method = "stored",
    level = 1,
  }: { blockSize?: number; blocksPerFrame?: number; method?: MethodName; level?: number } = {},
): Uint8Array<ArrayBuffer> {
  const writer = new FrameWriter();
  const parts = [...splitContent(content, { blockSize, blocksPerFrame })].flatMap((block) => {
    const bytes = finish(encodeBlock(block, { level, method, kind: "auto" }), () => {});
    return writer.add(bytes, block.content.length, block.last);
  });
  return concatenate(parts);
}

/** What `act` throws; fails if it throws nothing. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** The bits of a file, as `byte.bit`, that can be flipped without a `PithError` that names a place in it. */
export function acceptedFlips(file: Uint8Array): string[] {
  const accepted: string[] = [];
  for (let bit = 0; bit < 8 * file.length; bit++) {
    const damaged = file.slice();
    damaged[bit >> 3] ^= 1 << (bit & 7);
    try {
      decompressSync(damaged, { memoryLimit: 2 ** 28 });
    } catch (error) {
      if (error instanceof PithError && (error.offset ?? Infinity) <= damaged.length) continue;
      throw error;
    }
    accepted.push(`${bit >> 3}.${bit & 7}`);
  }
  return accepted;
}
