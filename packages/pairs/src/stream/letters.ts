/** The letters of one chunk, by whichever decoder: what they are, and what has to be stored of them. */
import type { OnDone } from "@pith/core/steps";
import type { Executor } from "@pith/core/workers";
import type { Cells } from "../coding/chunks.ts";
import { kernelMemory } from "../coding/kernel.ts";
import type { LettersTask } from "../workers/letters-task.ts";
import { type PairsModel, tableBitsOf } from "../coding/resolvers.ts";
import type { OpenDecoder } from "./decoders.ts";
import { applyCorrections, correctLetters } from "./table-letters.ts";

/** A chunk's cells and where they are. */
export interface PlacedCells {
  readonly cells: Cells;
  /** Cells to the left of them. */
  readonly context: Cells;
}

/** What resolves, and what reports. */
export interface Resolving {
  readonly decoder: OpenDecoder;
  readonly executor: Executor<LettersTask>;
  readonly onDone: OnDone;
}

/** Characters that the decoder gets wrong of a text in small letters. */
export async function encodeCells(placed: PlacedCells, text: Uint8Array, resolving: Resolving): Promise<Uint8Array> {
  const { decoder } = resolving;
  if (decoder.kind === "resolver") return await run(placed, { what: "corrections", text }, decoder.model, resolving);
  return correctLetters(decoder.groups, placed.cells, await guessCells(placed, resolving), text);
}

/** Undoes {@link encodeCells}. @throws PithError for corrections that do not end with the letters */
export async function decodeCells(
  placed: PlacedCells,
  { corrections, offset }: { readonly corrections: Uint8Array; readonly offset: number },
  resolving: Resolving,
): Promise<Uint8Array> {
  const { decoder } = resolving;
  if (decoder.kind === "resolver") {
    return await run(placed, { what: "text", corrections, offset }, decoder.model, resolving);
  }
  const text = await guessCells(placed, resolving);
  applyCorrections(decoder.groups, placed.cells, text, corrections, offset);
  return text;
}

/** A text in small letters, right or wrong. */
export async function guessCells(placed: PlacedCells, resolving: Resolving): Promise<Uint8Array> {
  const { decoder } = resolving;
  if (decoder.kind === "resolver") return await run(placed, { what: "guess" }, decoder.model, resolving);
  return decoder.letters.decode(joined(placed)).slice(placed.context.length);
}

function run(
  placed: PlacedCells,
  asked: LettersTask["asked"],
  model: PairsModel,
  { executor, onDone }: Resolving,
): Promise<Uint8Array> {
  const task: LettersTask = { type: "letters", model, cells: joined(placed), context: placed.context.length, asked };
  return executor.run(task, onDone);
}

function joined({ cells, context }: PlacedCells): Cells {
  const all = new Uint16Array(context.length + cells.length);
  all.set(context);
  all.set(cells, context.length);
  return all;
}

/** Bytes of memory that a chunk takes, both ways. */
export function lettersMemory(decoder: OpenDecoder, length: number): number {
  const BUFFERS = 8;
  const kernel = decoder.kind === "resolver" ? kernelMemory(tableBitsOf(decoder.model), length) : 0;
  return kernel + BUFFERS * length;
}

/** A text with small letters for its capitals, which is all that a decoder of letters knows of them. */
export function smallLetters(text: Uint8Array): Uint8Array {
  return text.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
}
