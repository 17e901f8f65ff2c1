import { BinaryEncoder } from "@pith/entropy";
import { ByteWriter, concatenate } from "@pith/core/bytes";
import { encoding } from "../../adaptive/bit-coder.ts";
import { DeflateOpener } from "../../kinds/deflate/open.ts";
import type { ValueRun } from "../../bytes/value-run.ts";
import type { Piece } from "../transform.ts";
import { Expected } from "./expected.ts";
import { FIRST_GROUP, GLUE, isSpan, NOISE, type Item, type Literal, type Span } from "./items.ts";
import { look, type Known, type Sorter } from "./look.ts";
import { RecipeModel } from "./recipe.ts";
import { writeSummary } from "./summary.ts";

/** Content that was taken apart. */
export interface OpenedContent {
  /** What the transform gives out. */
  readonly output: Uint8Array;
  readonly pieces: readonly Piece[];
}

/** Bytes of glue that are stored with the head: a part of their own would cost more. */
const LITTLE_GLUE = 96;

/**
 * Takes content apart.
 *
 * @param sorter says what content is
 * @param room most bytes that may come out
 * @param known what is known of it
 * @returns undefined if there is nothing to open
 * @yields now and then
 */
export function* openContent(
  content: Uint8Array,
  sorter: Sorter,
  room: number,
  known?: Known,
): Generator<undefined, OpenedContent | undefined> {
  const deflate = new DeflateOpener();
  const items = yield* look(content, sorter, { deflate, room }, known);
  if (items === undefined) {
    deflate.release();
    return undefined;
  }
  const encoder = new BinaryEncoder();
  const writer = new RecipeWriter(new RecipeModel(encoding(encoder)));
  yield* writer.write(items, content.length);
  const recipe = encoder.finish();
  const choices = deflate.finish();
  deflate.release();
  const streams = writer.streams.map(concatenate);
  const head = new ByteWriter();
  writeSummary(items, head);
  head.varint(recipe.length);
  head.varint(choices.length);
  head.varint(streams.length);
  for (const stream of streams) head.varint(stream.length);
  head.bytes(recipe);
  head.bytes(choices);
  return { output: concatenate([head.finish(), ...streams]), pieces: piecesOf(head.length, streams, writer.owners) };
}

function piecesOf(headLength: number, streams: readonly Uint8Array[], owners: RecipeWriter["owners"]): Piece[] {
  const pieces: Piece[] = [{ end: headLength, incompressible: true }];
  let end = headLength;
  streams.forEach(({ length }, i) => {
    if (length === 0) return;
    end += length;
    const stored = i === NOISE || (i === GLUE && length < LITTLE_GLUE);
    if (stored && pieces[pieces.length - 1].incompressible) pieces.pop();
    const { method, shape, values } = owners.get(i) ?? {};
    pieces.push({ end, incompressible: stored, method, shape, values });
  });
  return pieces;
}

/** Writes how content is put together, and gathers its literals. */
class RecipeWriter {
  /** Literals by stream. */
  readonly streams: Uint8Array[][] = Array.from({ length: FIRST_GROUP }, () => []);
  /** Of streams whose content a method of its own codes. */
  readonly owners = new Map<number, Omit<Literal, "values"> & { readonly values?: ValueRun[] | undefined }>();
  readonly #model: RecipeModel;
  readonly #expected = new Expected();

  constructor(model: RecipeModel) {
    this.#model = model;
  }

  *write(items: readonly Item[], length: number): Generator<undefined, void> {
    let rest = length;
    for (const item of items) {
      this.#model.isSpan(isSpan(item));
      if (isSpan(item)) yield* this.#span(item);
      else this.#literal(item, rest);
      rest -= isSpan(item) ? item.length : item.bytes.length;
    }
  }

  *#span({ kind, fields, inside, insideLength, encode }: Span): Generator<undefined, void> {
    this.#model.kind(kind.id);
    kind.toNumbers(fields).forEach((number, place) => this.#model.field(kind.id, place, number));
    this.#model.insideLength(insideLength);
    this.#model.enter();
    yield* this.write(inside, insideLength);
    this.#model.leave();
    if (encode === undefined) return;
    encode();
    yield undefined;
  }

  #literal(literal: Literal, rest: number): void {
    const { bytes, stream, method, values } = literal;
    this.#model.stream(stream);
    this.#model.length(stream, bytes.length, rest, this.#expected.lengthIn(stream));
    this.#expected.see(stream, bytes);
    while (this.streams.length <= stream) this.streams.push([]);
    this.streams[stream].push(bytes);
    if (method === undefined) return;
    const before = this.owners.get(stream)?.values;
    if (before === undefined) this.owners.set(stream, { ...literal, values: values?.slice() });
    else before.push(...(values ?? []));
  }
}
