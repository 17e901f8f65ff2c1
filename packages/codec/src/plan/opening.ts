import { jpeg } from "../methods/jpeg/index.ts";
import { recogniseJpeg } from "../methods/jpeg/recognise.ts";
import { detectDna } from "../methods/dna/detect.ts";
import { sampled } from "../bytes/sample.ts";
import type { Sorter } from "../transforms/open/look.ts";
import { blockMemory } from "./effort.ts";
import { levelInfo } from "./levels.ts";
import { isIncompressible } from "./incompressible.ts";
import { nonTextShare } from "./kind.ts";
import { formOf, samplesOf } from "./samples.ts";
import { optionsOf, type BlockSettings } from "./settings.ts";
import { areValues } from "./weights.ts";

/** Bytes of the kernel's tables, and how many times what comes out is there beside what codes it. */
const TABLES = 10 * 2 ** 20;
const COPIES = 5;

/** Bytes of room for what is opened, in blocks as the level has them, and at most. */
const ROOM_BLOCKS = 4;
const MOST_ROOM = 2 ** 26;
/** Content that is so many times as long as what it was packed in is a bomb; but so many bytes are always allowed. */
const MOST_TIMES = 128;
const LEAST_ROOM = 2 ** 18;

/** Bytes of memory that coding a block of `length` bytes takes, at most, with what may be opened in it. */
export function unitMemory(settings: BlockSettings, length: number): number {
  const { room = 0 } = settings;
  const closed = blockMemory(settings, length);
  if (room === 0) return closed;
  return Math.max(closed, blockMemory(settings, room)) + TABLES + COPIES * room;
}

/**
 * Bytes of memory that decoding a block of `length` bytes takes in which as much is opened as may be: as its header
 * states it, with what comes out in one part.
 */
export function openedMemory(settings: BlockSettings, length: number): number {
  const { room = 0 } = settings;
  return unitMemory(settings, length) + COPIES * length + 2 * length + room;
}

/**
 * Most bytes that may come out of what is packed inside a block, so that memory lasts, also of whoever decodes it;
 * undefined: it stays closed.
 */
export function roomWithin(settings: BlockSettings, length: number, memory: number): number | undefined {
  if (settings.open !== true) return undefined;
  const usual = ROOM_BLOCKS * Math.max(levelInfo(settings.level).blockSize, length);
  let room = Math.min(usual, MOST_ROOM, MOST_TIMES * length + LEAST_ROOM);
  for (; room >= LEAST_ROOM; room /= 2) {
    const whole = Math.floor(room);
    if (openedMemory({ ...settings, room: whole }, length) <= memory) return whole;
  }
  return undefined;
}

/** Whether what is packed inside of blocks with these settings is looked for. */
export function mayOpen({ room = 0, isPart = false }: BlockSettings): boolean {
  return room > 0 && !isPart;
}

/** Bytes that are looked at. */
const LOOKED_AT = 16_384;
/** Share of bytes that are no text from which on content counts as binary. */
const BINARY = 0.15;
/** Bytes that are enough to tell nucleotides. */
const LEAST_DNA = 1024;

/** Sorts what comes out by kind. @param memory bytes that coding a part may take */
export const sorterFor = (settings: BlockSettings, memory: number): Sorter => ({
  kindOf(bytes) {
    if (bytes.length >= LEAST_DNA && detectDna(bytes)) return "dna";
    return nonTextShare(sampled(bytes, LOOKED_AT)) < BINARY ? "text" : "binary";
  },
  isIncompressible,
  areValues: (bytes, values) => areValues(bytes, values, settings),
  samplesOf: (content) => samplesOf(content, settings, memory),
  formOf: (filtered, pixels, shape) => formOf(filtered, pixels, shape, settings, memory),
  methodAt(content, at) {
    const found = recogniseJpeg(content, at);
    if (found === undefined) return undefined;
    const { length } = found;
    const parameters = jpeg.choose(content.subarray(at, at + length), settings.level, optionsOf(settings));
    return jpeg.memory(parameters, length) <= memory ? { start: at, length, method: jpeg.name } : undefined;
  },
});
