/**
 * Where the tensors of an ONNX model lie. It is one message of protobuf (https://protobuf.dev/programming-guides/encoding), in
 * which each tensor's bytes follow what says of them what they are (onnx.proto: ModelProto, GraphProto, NodeProto,
 * AttributeProto, TensorProto, FunctionProto), so a reader goes through all of it, past those bytes.
 */
import { PithError } from "@pith/core";
import type { RandomAccessSource } from "@pith/core/bytes";
import type { TensorInfo } from "./header.ts";
import { tensorType } from "./tensor-type.ts";

type Message = "model" | "graph" | "node" | "attribute" | "tensor" | "function";

/** Fields that are messages in which tensors may lie. */
const INSIDE: Readonly<Record<Message, Readonly<Record<number, Message | undefined>>>> = {
  model: { 7: "graph", 25: "function" },
  graph: { 1: "node", 5: "tensor" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph" },
  function: { 7: "node" },
  tensor: {},
};

/** Fields of a tensor. */
const DIMS = 1;
const DATA_TYPE = 2;
const FLOAT_DATA = 4;
const NAME = 8;
const RAW_DATA = 9;
const DOUBLE_DATA = 10;

/** Types of values by their number, those that safetensors has, too. */
const TYPES: Readonly<Record<number, string | undefined>> = {
  1: "F32",
  2: "U8",
  3: "I8",
  4: "U16",
  5: "I16",
  6: "I32",
  7: "I64",
  9: "BOOL",
  10: "F16",
  11: "F64",
  12: "U32",
  13: "U64",
  14: "C64",
  16: "BF16",
  17: "F8_E4M3",
  18: "F8_E4M3FNUZ",
  19: "F8_E5M2",
  20: "F8_E5M2FNUZ",
  23: "F4",
};
const FLOAT = 1;
const DOUBLE = 11;

/** Kinds of fields, as their keys say. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;
const FOUR_BYTES = 5;

/** Bytes of a number at most. */
const MOST_VARINT = 10;
/** Messages in each other: the graphs of a few branches in loops. */
const MOST_DEPTH = 64;
const MOST_DIMENSIONS = 64;
/** Bytes of a name, and of a list of dimensions. */
const MOST_NAME = 65_536;
/** Bytes that are read at once, of a file. */
const PIECE = 65_536;
/** The version of the format that a model begins with: key and the highest that there may be. */
const VERSION_KEY = 0x08;
const MOST_VERSION = 64;

/** A message that is being read. */
interface Open {
  readonly message: Message;
  /** Where it ends, in the file. */
  readonly end: number;
  /** Of a tensor, as far as it is known. */
  readonly dims: number[];
  type: number;
  name: string;
}

/** Whether a file's beginning looks like that of an ONNX model: the version of its format, then another field of the model. */
export function looksLikeOnnx(start: Uint8Array): boolean {
  if (start.length < 4 || start[0] !== VERSION_KEY || start[1] === 0 || start[1] > MOST_VERSION) return false;
  const key = start[2];
  // Producer, its version, domain, documentation: strings; the graph; the sets of operators.
  return [0x12, 0x1a, 0x22, 0x32, 0x3a, 0x42].includes(key) || (key === 0x28 && start[3] < 0x80);
}

/**
 * Reads a model in pieces, and finds its tensors in the order in which they lie there. Values that stand in other files, as
 * strings or as numbers of variable length are passed over.
 */
export class OnnxReader {
  readonly #fileLength: number;
  readonly #open: Open[];
  #position = 0;

  /** @param fileLength in bytes; Infinity where it is not known */
  constructor(fileLength = Infinity) {
    this.#fileLength = fileLength;
    this.#open = [opened("model", fileLength)];
  }

  /** Up to where it was read, in the file: behind the bytes of the latest tensor, which may not have come yet. */
  get position(): number {
    return this.#position;
  }

  /**
   * Reads on, as far as the bytes go.
   *
   * @param bytes of the file
   * @param offset where they lie in it: at the position or before
   * @returns tensors whose bytes begin in these bytes, or right behind them
   * @throws PithError `invalid-field` with offset and what was expected, where this is no model; `truncated` where it is cut off
   */
  read(bytes: Uint8Array, offset: number): TensorInfo[] {
    const found: TensorInfo[] = [];
    for (;;) {
      while (this.#open.length > 1 && this.#inner.end === this.#position) this.#open.pop();
      if (this.#position - offset >= bytes.length) break;
      const field = this.#field(bytes, offset);
      if (field === undefined) break;
      const { end } = field;
      if (end > this.#fileLength) throw cutOff(this.#position, end, this.#fileLength);
      if (end > this.#inner.end) {
        throw wrong(this.#position, `a field within its message, which ends at ${this.#inner.end}`, `one up to ${end}`);
      }
      const inner = this.#inner;
      const message = field.kind === LENGTH ? INSIDE[inner.message][field.number] : undefined;
      if (message !== undefined) {
        if (this.#open.length === MOST_DEPTH) {
          throw wrong(this.#position, `at most ${MOST_DEPTH} messages in each other`, "more");
        }
        this.#open.push(opened(message, end));
        this.#position = field.start;
        continue;
      }
      if (inner.message === "tensor") {
        const tensor = tensorOf(inner, field);
        if (tensor !== undefined) found.push(tensor);
        // What is said of a tensor is read once all of it has come.
        else if (isSaid(field) && !note(inner, field, bytes, offset)) break;
      }
      this.#position = end;
    }
    return found;
  }

  /** @throws PithError `truncated` unless all messages that were begun are whole */
  finish(): void {
    while (this.#open.length > 1 && this.#inner.end === this.#position) this.#open.pop();
    if (this.#open.length > 1) throw cutOff(this.#position, this.#inner.end, this.#fileLength);
    if (Number.isFinite(this.#fileLength) && this.#position < this.#fileLength) {
      throw cutOff(this.#position, this.#position + 1, this.#fileLength);
    }
  }

  get #inner(): Open {
    return this.#open[this.#open.length - 1];
  }

  /** The field at the position; undefined if the bytes end before its value. */
  #field(bytes: Uint8Array, offset: number): Field | undefined {
    const key = varint(bytes, this.#position, offset);
    if (key === undefined) return undefined;
    const [number, kind] = [Math.floor(key.value / 8), key.value % 8];
    if (number === 0) throw wrong(this.#position, "the number of a field", "0");
    if (kind === EIGHT_BYTES || kind === FOUR_BYTES) {
      return { number, kind, value: 0, start: key.end, end: key.end + (kind === EIGHT_BYTES ? 8 : 4) };
    }
    if (kind !== VARINT && kind !== LENGTH) throw wrong(this.#position, "a field of kind 0, 1, 2 or 5", `kind ${kind}`);
    const next = varint(bytes, key.end, offset);
    if (next === undefined) return undefined;
    const end = kind === VARINT ? next.end : next.end + next.value;
    return { number, kind, value: next.value, start: kind === VARINT ? key.end : next.end, end };
  }
}

/**
 * The tensors of a model, in the order in which their bytes lie in the file: those are not read.
 *
 * @throws PithError where it is no model, or one that is cut off
 * @example
 * for (const { name, type, shape } of await readOnnx(blobSource)) console.log(name, type.name, shape);
 */
export async function readOnnx(source: RandomAccessSource): Promise<TensorInfo[]> {
  const reader = new OnnxReader(source.size);
  const found: TensorInfo[] = [];
  let length = PIECE;
  if (!looksLikeOnnx(await source.read(0, Math.min(PIECE, source.size)))) {
    throw wrong(
      0,
      "the version of an ONNX model, and its producer or graph",
      source.size === 0 ? "no bytes" : "something else",
    );
  }
  while (reader.position < source.size) {
    const { position } = reader;
    const bytes = await source.read(position, Math.min(length, source.size - position));
    for (const tensor of reader.read(bytes, position)) found.push(tensor);
    // Not even one field fits: it is longer, or cut off.
    const isStuck = reader.position === position;
    if (isStuck && position + bytes.length === source.size) throw cutOff(position, source.size + 1, source.size);
    length = isStuck ? 2 * length : PIECE;
  }
  reader.finish();
  return found;
}

/** A field: places are in the file. */
interface Field {
  readonly number: number;
  readonly kind: number;
  /** Of a number. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

function opened(message: Message, end: number): Open {
  return { message, end, dims: [], type: 0, name: "" };
}

/** A number of variable length; undefined if the bytes end in it. Those beyond 2^53 are not exact, and are no place. */
function varint(bytes: Uint8Array, at: number, offset: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let i = 0; i < MOST_VARINT; i++) {
    if (at + i - offset >= bytes.length) return undefined;
    const byte = bytes[at + i - offset];
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  throw wrong(at, `a number of at most ${MOST_VARINT} bytes`, "a longer one");
}

/** Whether a field says what a tensor is. */
function isSaid({ number, kind }: Field): boolean {
  if (number === DIMS) return kind === VARINT || kind === LENGTH;
  return (number === DATA_TYPE && kind === VARINT) || (number === NAME && kind === LENGTH);
}

/** Takes what a field says of a tensor; false if not all of it is there. */
function note(tensor: Open, { number, kind, value, start, end }: Field, bytes: Uint8Array, offset: number): boolean {
  if (kind === LENGTH && end - start > MOST_NAME) throw wrong(start, `at most ${MOST_NAME} bytes`, `${end - start}`);
  if (end - offset > bytes.length) return false;
  if (number === DATA_TYPE) tensor.type = value;
  else if (number === NAME) tensor.name = new TextDecoder().decode(bytes.subarray(start - offset, end - offset));
  else if (kind === VARINT) tensor.dims.push(value);
  else {
    // Packed: one after the other.
    const packed = bytes.subarray(start - offset, end - offset);
    for (let at = start; at < end;) {
      const next = varint(packed, at, start);
      if (next === undefined) throw wrong(at, "a dimension", "the end of the list");
      tensor.dims.push(next.value);
      at = next.end;
    }
  }
  if (tensor.dims.length > MOST_DIMENSIONS) throw wrong(start, `at most ${MOST_DIMENSIONS} dimensions`, "more");
  return true;
}

/** The tensor whose bytes a field is; undefined if it is another field, or they are of no type that is known. */
function tensorOf({ name, dims, type }: Open, { number, kind, start, end }: Field): TensorInfo | undefined {
  if (kind !== LENGTH || (number !== RAW_DATA && number !== FLOAT_DATA && number !== DOUBLE_DATA)) return undefined;
  const known = tensorType(TYPES[number === RAW_DATA ? type : number === FLOAT_DATA ? FLOAT : DOUBLE] ?? "");
  if (known === undefined) return undefined;
  const length = end - start;
  const bits = dims.reduce((product, dimension) => product * dimension, known.bits);
  // Bytes of other types, as their fields may have them, are no tensor of this shape.
  if (bits !== 8 * length) return undefined;
  return { name, type: known, shape: [...dims], offset: start, length };
}

function wrong(offset: number, expected: string, got: string): PithError {
  return new PithError("invalid-field", "this is no ONNX model", { offset, expected, got });
}

function cutOff(offset: number, expected: number, got: number): PithError {
  return new PithError("truncated", "the model is cut off", {
    offset,
    expected: `a file of at least ${expected} bytes`,
    got,
  });
}
