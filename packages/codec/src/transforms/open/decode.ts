import { PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { BinaryDecoder } from "@pith/entropy";
import { decoding } from "../../adaptive/bit-coder.ts";
import { DeflateCloser } from "../../kinds/deflate/close.ts";
import { kindById } from "../../kinds/registry.ts";
import { located } from "./located.ts";
import { Expected } from "./expected.ts";
import { FIRST_GROUP, MOST_DEPTH, MOST_STREAMS } from "./items.ts";
import { RecipeModel } from "./recipe.ts";
import { readSummary, Summary, type KindSummary } from "./summary.ts";

/** What a decoder's model is given in place of a value. */
const UNKNOWN = 1;

/** What is inside of spans in each other may have so many times as much as what is in one. */
const MOST_LIVE = 3;

/** A stream that is taken from its start to its end. */
interface Source {
  readonly bytes: Uint8Array;
  taken: number;
}

/**
 * Puts content together that was taken apart.
 *
 * @param input what the encoder gave out
 * @param length bytes of the content
 * @param offset where the input lies, for errors
 * @yields bytes of content so far
 * @throws PithError for what no encoder gives out
 */
export function* restore(input: Uint8Array, length: number, offset: number): Generator<number, Uint8Array> {
  const reader = new ByteReader(input, offset);
  const summary = readSummary(reader);
  const recipeLength = reader.varint("the length of the recipe");
  const choicesLength = reader.varint("the length of the choices");
  const count = checkedCount(reader.varint("the number of streams"), offset);
  const lengths = Array.from({ length: count }, () => reader.varint("the length of a stream"));
  const recipeOffset = reader.offset;
  const coded = reader.bytes(recipeLength);
  const recipe = new BinaryDecoder(coded, recipeOffset);
  const choicesOffset = reader.offset;
  const deflate = new DeflateCloser(reader.bytes(choicesLength), choicesOffset, input.length + length);
  const sources = lengths.map((count) => ({ bytes: reader.bytes(count), taken: 0 }));
  if (reader.position < input.length) {
    throw new PithError("trailing-data", "what was taken apart goes on behind its streams", { offset: reader.offset });
  }
  const builder = new Builder({ recipe, recipeLength, deflate, sources, most: input.length + length, offset });
  const content = yield* builder.build(length, 0);
  recipe.checkEnd();
  deflate.end();
  builder.end(summary);
  return content;
}

function checkedCount(count: number, offset: number): number {
  if (count >= FIRST_GROUP && count <= MOST_STREAMS) return count;
  throw new PithError("invalid-field", "there cannot be so many streams", {
    offset,
    expected: `${FIRST_GROUP} to ${MOST_STREAMS}`,
    got: count,
  });
}

/** What content is put together from. */
interface Parts {
  readonly recipe: BinaryDecoder;
  readonly recipeLength: number;
  readonly deflate: DeflateCloser;
  readonly sources: readonly Source[];
  /** Bytes that what is inside of a span may have. */
  readonly most: number;
  /** Of all, in the file. */
  readonly offset: number;
}

class Builder {
  readonly #model: RecipeModel;
  readonly #recipe: BinaryDecoder;
  readonly #recipeLength: number;
  readonly #deflate: DeflateCloser;
  readonly #sources: readonly Source[];
  readonly #most: number;
  readonly #offset: number;
  readonly #summary = new Summary();
  readonly #expected = new Expected();
  /** Bytes inside of the spans that are being put together. */
  #live = 0;

  constructor({ recipe, recipeLength, deflate, sources, most, offset }: Parts) {
    this.#model = new RecipeModel(decoding(recipe));
    this.#recipe = recipe;
    this.#recipeLength = recipeLength;
    this.#deflate = deflate;
    this.#sources = sources;
    this.#most = most;
    this.#offset = offset;
  }

  /** Content, or what is inside of a span. */
  *build(length: number, depth: number): Generator<number, Uint8Array> {
    const content = new Uint8Array(length);
    for (let at = 0; at < length;) {
      this.#checkRecipe();
      const bytes = this.#model.isSpan(false)
        ? yield* this.#span(depth, content.subarray(0, at), length - at)
        : this.#literal(length - at);
      if (bytes.length > length - at || bytes.length === 0) {
        throw this.#invalid("a piece does not fit the content", `1 to ${length - at} bytes`, bytes.length);
      }
      content.set(bytes, at);
      at += bytes.length;
      if (depth === 0) yield at;
    }
    return content;
  }

  *#span(depth: number, before: Uint8Array, most: number): Generator<number, Uint8Array> {
    const model = this.#model;
    const id = model.kind(UNKNOWN);
    const kind = located(() => kindById(id), this.#offset);
    let place = 0;
    const fields = located(
      () =>
        kind.fromNumbers(() => {
          this.#checkRecipe();
          return model.field(kind.id, place++, UNKNOWN);
        }),
      this.#offset,
    );
    const insideLength = model.insideLength(UNKNOWN);
    this.#live += insideLength;
    if (insideLength > this.#most || this.#live > MOST_LIVE * this.#most || depth === MOST_DEPTH) {
      throw this.#invalid("a span has too much inside", `at most ${this.#most} bytes`, insideLength);
    }
    model.enter();
    const inside = yield* this.build(insideLength, depth + 1);
    model.leave();
    const bytes = located(() => kind.close(inside, fields, { deflate: this.#deflate, before, most }), this.#offset);
    this.#live -= insideLength;
    this.#summary.add(kind.id, bytes.length, insideLength);
    return bytes;
  }

  #literal(rest: number): Uint8Array {
    const number = this.#model.stream(UNKNOWN);
    const length = this.#model.length(number, UNKNOWN, rest, this.#expected.lengthIn(number));
    const source = this.#sources.at(number);
    const end = (source?.taken ?? 0) + length;
    if (source === undefined || end > source.bytes.length) {
      throw this.#invalid("a stream is too short", `at least ${end} bytes`, source?.bytes.length ?? 0);
    }
    const bytes = source.bytes.subarray(source.taken, end);
    source.taken = end;
    this.#expected.see(number, bytes);
    return bytes;
  }

  /** Zeros behind the end of the recipe would make items for ever. */
  #checkRecipe(): void {
    if (this.#recipe.end > this.#recipeLength) this.#recipe.checkEnd();
  }

  /** Checks that nothing is left over, and that what was found is what it is said to be. */
  end(summary: readonly KindSummary[]): void {
    for (const { bytes, taken } of this.#sources) {
      if (taken < bytes.length) throw this.#invalid("a stream is left over", `${bytes.length} bytes`, taken);
    }
    const found = JSON.stringify(this.#summary.kinds);
    if (found !== JSON.stringify(summary)) {
      throw new PithError("invalid-field", "something else was taken apart than is said", { offset: this.#offset });
    }
  }

  #invalid(problem: string, expected: string, got: number): PithError {
    return new PithError("invalid-field", problem, { offset: this.#offset, expected, got });
  }
}
