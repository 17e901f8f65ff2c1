import { standing } from "@pith/core/steps";
import { checksum } from "../bytes/checksum.ts";
import { incompressibleStretches, mayHaveNoise } from "../plan/incompressible.ts";
import type { BlockPlan } from "../plan/block-plan.ts";
import type { BlockSettings } from "../plan/settings.ts";
import { Deduplicator } from "../transforms/dedupe/encode.ts";
import { dedupe } from "../transforms/dedupe/index.ts";
import { mayOpen, unitMemory } from "../plan/opening.ts";
import { goOn } from "../plan/samples.ts";
import { areValues, copyingOf } from "../plan/weights.ts";
import { samples } from "../methods/samples/index.ts";
import { weights } from "../methods/weights/index.ts";
import { encodeOpened } from "./opened.ts";
import { encodeParted, planParts, type PartedBlock } from "./parted.ts";
import { encodeBlock, type Block } from "./encode.ts";

/** Share of a block at which a difference need not be compared with the block by itself. */
const WORTH_DIFFERENCE = 1 / 2;
/** Share of a block of noise that must be there twice for it not to be stored. */
const WORTH_REPEATS = 1 / 256;

/**
 * Codes a block, whole or in parts, one after the other. Of a block whose method is not given, stretches of noise are
 * stored, at once, and the rest is coded together.
 *
 * @param plan of a block as a whole, where there is one already
 * @yields bytes of content done so far
 * @returns the block's header and payload; nothing where the settings ask for an opened block, and there is nothing to open
 */
export function* encodeUnit(
  unit: Block | PartedBlock,
  settings: BlockSettings,
  plan?: BlockPlan,
): Generator<number, Uint8Array> {
  if (!("content" in unit)) {
    const parted = yield* encodeParted(unit, encodeUnit);
    if (unit.closed === undefined) return parted;
    return smallest(parted, yield* standing(encodeUnit(unit.closed, { ...settings, onlyOpened: true })));
  }
  const differing = yield* encodeDiffering(unit, settings);
  if (differing !== undefined && differing.length < WORTH_DIFFERENCE * unit.content.length) return differing;
  if (differing !== undefined) {
    const { base: _place, baseBytes: _bytes, ...whole } = unit;
    return smallest(differing, yield* standing(encodeUnit(whole, settings, plan)));
  }
  // Of a part it was decided before that it is coded as values.
  const isDecided = settings.isPart === true && settings.method === weights.name;
  const values = isDecided ? settings.values : unit.values;
  if (values === undefined) return yield* encodeBytes(unit, settings, plan);
  const coded =
    isDecided || (yield* standing(areValues(unit.content, values, settings)))
      ? yield* encodeBlock(unit, { ...settings, method: weights.name, values }, isDecided ? plan : undefined)
      : yield* encodeBytes(unit, settings, plan);
  const copying = copyingOf(unit.content, values, settings);
  return copying === undefined ? coded : smallest(coded, yield* standing(encodeBlock(unit, copying)));
}

/** A block of no known values. */
function* encodeBytes(unit: Block, settings: BlockSettings, plan?: BlockPlan): Generator<number, Uint8Array> {
  const shape = mayOpen(settings) ? unit.shape : undefined;
  const memory = unitMemory(settings, unit.content.length);
  if (shape !== undefined && (yield* standing(goOn(unit.content, shape, settings, memory)))) {
    return yield* encodeBlock(unit, { ...settings, method: samples.name, shape });
  }
  const opened = mayOpen(settings) ? yield* encodeOpened(unit, settings) : undefined;
  if (opened !== undefined) return opened;
  if (settings.onlyOpened === true) return new Uint8Array(0);
  if (!mayHaveNoise(settings)) return yield* encodeBlock(unit, settings, plan);
  const stretches = yield* standing(incompressibleStretches(unit.content));
  if (!stretches.includes(true)) return yield* encodeBlock(unit, settings, plan);
  // What noise there is may be there twice: that no method would see once it is stored.
  const deduplicator = new Deduplicator({ streamOf: () => 0, isIncompressible: (_, number) => stretches[number] });
  for (let at = 0; at < unit.content.length; at += deduplicator.sliceLength) {
    deduplicator.take(unit.content.subarray(at, at + deduplicator.sliceLength));
    yield 0;
  }
  const isNoise = !stretches.includes(false) && deduplicator.repeatedLength < WORTH_REPEATS * unit.content.length;
  if (isNoise) return yield* encodeBlock(unit, { ...settings, method: "stored" });
  return yield* encodeApart(unit, settings, deduplicator);
}

/** A block of values as the difference to those of the reference; undefined where there are none. */
function* encodeDiffering(unit: Block, settings: BlockSettings): Generator<number, Uint8Array | undefined> {
  const { values, base: offset, baseBytes: bytes } = unit;
  if (values === undefined || offset === undefined || bytes === undefined) return undefined;
  return yield* encodeBlock(unit, { ...settings, method: weights.name, values, base: { offset, bytes } });
}

/** The smaller of two codings of a block, of which the second may be empty: then it is none. */
export function smallest(first: Uint8Array, second: Uint8Array): Uint8Array {
  return second.length > 0 && second.length < first.length ? second : first;
}

function* encodeApart(
  block: Block,
  settings: BlockSettings,
  deduplicator: Deduplicator,
): Generator<number, Uint8Array> {
  const { content, number, last } = block;
  const { output, pieces } = yield* standing(deduplicator.finish());
  const coded = yield* encodeParted(
    {
      number,
      last,
      contentLength: content.length,
      checksum: checksum(content, number),
      transform: dedupe,
      input: output,
      parts: planParts(output, pieces, { ...settings, method: "auto" }, content.length),
    },
    encodeBlock,
  );
  const stored = yield* encodeBlock(block, { ...settings, method: "stored" });
  return coded.length < stored.length ? coded : stored;
}
