import { PithError } from "@pith/core";
import { standing } from "@pith/core/steps";
import { checksum } from "../bytes/checksum.ts";
import { sorterFor, unitMemory } from "../plan/opening.ts";
import type { BlockSettings } from "../plan/settings.ts";
import { openContent, type OpenedContent } from "../transforms/open/encode.ts";
import { open } from "../transforms/open/index.ts";
import type { Sorter } from "../transforms/open/look.ts";
import { encodeBlock, type Block } from "./encode.ts";
import { encodeParted, planParts } from "./parted.ts";

/** Content up to this length is coded closed, too, to see which is smaller. */
const LITTLE = 16_384;

/**
 * Codes a block of which something can be taken apart.
 *
 * @returns undefined if there is nothing, or if it would not be smaller for it
 */
export function* encodeOpened(block: Block, settings: BlockSettings): Generator<number, Uint8Array | undefined> {
  const { content, number, last } = block;
  const sorter = sorterFor(settings, unitMemory(settings, content.length));
  const opened = yield* takenApart(block, sorter, settings.room ?? 0);
  if (opened === undefined) return undefined;
  const { output, pieces } = opened;
  const coded = yield* encodeParted(
    {
      number,
      last,
      contentLength: content.length,
      checksum: checksum(content, number),
      transform: open,
      input: output,
      parts: planParts(output, pieces, settings, output.length),
    },
    encodeBlock,
  );
  if (coded.length >= content.length) return undefined;
  if (content.length > LITTLE) return coded;
  const closed = yield* encodeBlock(block, settings);
  return closed.length <= coded.length ? closed : coded;
}

/** Content taken apart, if it comes back as it was: on nothing less is relied. */
function* takenApart(block: Block, sorter: Sorter, room: number): Generator<number, OpenedContent | undefined> {
  try {
    const opened = yield* standing(openContent(block.content, sorter, room, block));
    if (opened === undefined) return undefined;
    const restored = yield* standing(open.inverse(opened.output, block.content.length, 0));
    return restored.every((byte, i) => byte === block.content[i]) ? opened : undefined;
  } catch (error) {
    // What cannot be put together again, or takes more than there is, stays closed.
    if (error instanceof PithError || error instanceof RangeError || error instanceof WebAssembly.RuntimeError)
      return undefined;
    throw error;
  }
}
