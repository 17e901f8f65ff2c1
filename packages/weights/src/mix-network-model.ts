/**
 * Weights of the network that is mixed in, packed: a version, the layers and cells, then of each row of each matrix its
 * scale and the mean square of its gradients (each the upper half of an f32), and behind them all weights plus 128, in
 * units of their row's scale, under one adaptive model.
 *
 * The matrices lie in the order of `packages/predictors/kernel/network/trained.ts`, which takes what `unpackMixNetwork` gives.
 */
import { PithError } from "@pith/core";
import { decodeSymbols, encodeSymbols } from "@pith/entropy";
import { fromBase64, toBase64 } from "./base64.ts";
import { hashOf } from "./hash.ts";

/** Changes with the network's structure too: weights are worth nothing to another one. */
const VERSION = 1;
const HEAD_BYTES = 3;
const MOST_LAYERS = 8;
/** Cells come in thirty-twos: rows are whole cache lines. */
const CELLS_UNIT = 32;
const MOST_CELLS = 256;
const SYMBOLS = 256;
const OFFSET = 128;
const LARGEST = 127;
const COUNTS = 256;
const CODER = { increment: 1, limit: 2 ** 22 } as const;
/** Of a row: the scale and the mean square, packed and for the kernel. */
const PACKED_ROW = 4;
const ROW_HEAD = 8;
/** The upper half of the largest f32. */
const MOST_HALF = 0x7f7f;
/** A row that hardly ever learnt has a mean square that is next to nothing; so much of its matrix's it has at least. */
const LEAST_SQUARE = 0.01;

/** A network's weights as their module holds them. */
export interface PackedMixNetwork {
  readonly name: string;
  /** Names the weights in streams: 64-bit FNV-1a of the packed bytes, 16 hexadecimal digits. */
  readonly hash: string;
  readonly layers: number;
  /** Cells of a layer. */
  readonly cells: number;
  /** Base64. */
  readonly packed: string;
}

/** What `createMixPredictor` of @pith/predictors takes for a network of this shape. */
export interface MixNetworkWeights {
  readonly layers: number;
  readonly cells: number;
  /** Of each row its scale and mean square, f32, then its weights, i8. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** A network as training leaves it: each matrix row by row, one after the other. */
export interface TrainedMixNetwork {
  readonly layers: number;
  readonly cells: number;
  readonly weights: Float32Array;
  /** Mean squares of the weights' gradients. */
  readonly squares: Float32Array;
}

/** Rows and columns of each matrix: of the last byte and of the one before, from the past, from below, biases, output. */
function matricesOf(layers: number, cells: number): (readonly [rows: number, columns: number])[] {
  const gates = 3 * cells;
  return [
    [SYMBOLS, gates],
    [SYMBOLS, gates],
    [layers * cells, gates],
    [(layers - 1) * cells, gates],
    [layers - 1, gates],
    [layers * cells + 1, SYMBOLS],
  ];
}

/** Numbers of rows and of weights. */
function countsOf(layers: number, cells: number): { rows: number; weights: number } {
  const matrices = matricesOf(layers, cells);
  return {
    rows: matrices.reduce((sum, [rows]) => sum + rows, 0),
    weights: matrices.reduce((sum, [rows, columns]) => sum + rows * columns, 0),
  };
}

/**
 * Packs a network: 8 bits a weight, fewer once coded.
 *
 * @throws RangeError for a shape that no network has, another number of weights, or weights that are not finite
 */
export function packMixNetwork(name: string, { layers, cells, weights, squares }: TrainedMixNetwork): PackedMixNetwork {
  if (!isShape(layers, cells)) {
    throw new RangeError(
      `layers, cells: expected 1 to ${MOST_LAYERS} layers of 32 to ${MOST_CELLS} cells, got ${layers}, ${cells}`,
    );
  }
  const counts = countsOf(layers, cells);
  for (const [what, numbers] of Object.entries({ weights, squares })) {
    if (numbers.length !== counts.weights) {
      throw new RangeError(`${what}: expected ${counts.weights}, got ${numbers.length}`);
    }
    const wrong = numbers.findIndex((number) => !Number.isFinite(number));
    if (wrong >= 0) throw new RangeError(`${what}[${wrong}]: expected a finite number, got ${numbers[wrong]}`);
  }
  const head = new Uint8Array(HEAD_BYTES + PACKED_ROW * counts.rows);
  head.set([VERSION, layers, cells / CELLS_UNIT]);
  const symbols = new Uint8Array(counts.weights);
  let at = 0;
  let row = HEAD_BYTES;
  for (const [rows, columns] of matricesOf(layers, cells)) {
    const least = LEAST_SQUARE * mean(squares.subarray(at, at + rows * columns));
    for (const end = at + rows * columns; at < end; at += columns) {
      const values = weights.subarray(at, at + columns);
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const scale = upperHalf(largest === 0 ? 1 : largest / LARGEST, head, row);
      upperHalf(Math.max(least, mean(squares.subarray(at, at + columns))), head, row + PACKED_ROW / 2);
      symbols.set(
        Array.from(values, (value) => OFFSET + held(Math.round(value / scale))),
        at,
      );
      row += PACKED_ROW;
    }
  }
  const coded = encodeSymbols(symbols, COUNTS, CODER);
  const packed = new Uint8Array(head.length + coded.length);
  packed.set(head);
  packed.set(coded, head.length);
  return { name, hash: hashOf(packed), layers, cells, packed: toBase64(packed) };
}

/**
 * The weights of a network, some 10 ms.
 *
 * @throws PithError `checksum-mismatch` if the packed bytes are not those of the hash, `unsupported-version` for weights
 *   of another version, `invalid-field` and the like for what is no network
 * @example
 * const { mixNetworkEnglish } = await import("@pith/weights/mix-network-english");
 * const predictor = createMixPredictor({ model: "text-max", network: unpackMixNetwork(mixNetworkEnglish).weights });
 */
export function unpackMixNetwork({ name, hash, packed: text }: PackedMixNetwork): MixNetworkWeights {
  let packed: Uint8Array;
  try {
    packed = fromBase64(text);
  } catch (cause) {
    throw new PithError("invalid-field", `the network ${name} is not base64`, { cause });
  }
  const found = hashOf(packed);
  if (found !== hash) {
    throw new PithError("checksum-mismatch", `the network ${name} is damaged`, { expected: hash, got: found });
  }
  const { layers, cells, rows } = readShape(packed);
  const counts = countsOf(layers, cells);
  const codedAt = HEAD_BYTES + PACKED_ROW * rows;
  const symbols = decodeSymbols(packed.subarray(codedAt), counts.weights, COUNTS, { ...CODER, offset: codedAt });
  const weights = new Uint8Array(ROW_HEAD * rows + counts.weights);
  let from = 0;
  let to = 0;
  let row = HEAD_BYTES;
  for (const [count, columns] of matricesOf(layers, cells)) {
    for (let i = 0; i < count; i++) {
      checkPositive(packed, row);
      checkPositive(packed, row + 2);
      // Least significant byte first: the upper halves lie behind two zeros.
      weights.set(packed.subarray(row, row + 2), to + 2);
      weights.set(packed.subarray(row + 2, row + 4), to + 6);
      to += ROW_HEAD;
      for (const end = to + columns; to < end; to++) weights[to] = symbols[from++] - OFFSET;
      row += PACKED_ROW;
    }
  }
  return { layers, cells, weights };
}

function readShape(packed: Uint8Array): { layers: number; cells: number; rows: number } {
  if (packed.length < HEAD_BYTES) {
    throw new PithError("truncated", "the network ends too soon", { offset: packed.length, expected: "a head" });
  }
  const [version, layers, units] = packed;
  if (version !== VERSION) {
    throw new PithError("unsupported-version", "the network is of another version", {
      offset: 0,
      expected: VERSION,
      got: version,
    });
  }
  const cells = units * CELLS_UNIT;
  if (!isShape(layers, cells)) {
    throw new PithError("invalid-field", "the network has no such shape", {
      offset: 1,
      expected: `1 to ${MOST_LAYERS} layers of ${CELLS_UNIT} to ${MOST_CELLS} cells`,
      got: `${layers} of ${cells}`,
    });
  }
  const { rows } = countsOf(layers, cells);
  const needed = HEAD_BYTES + PACKED_ROW * rows;
  if (packed.length < needed) {
    throw new PithError("truncated", "the network ends too soon", {
      offset: packed.length,
      expected: `${needed} bytes before its weights`,
      got: packed.length,
    });
  }
  return { layers, cells, rows };
}

/** @throws PithError `invalid-field` if the upper half of an f32 is not that of a positive, finite one */
function checkPositive(packed: Uint8Array, at: number): void {
  const half = packed[at] | (packed[at + 1] << 8);
  if (half <= MOST_HALF) return;
  throw new PithError("invalid-field", "a row of the network has no such scale or mean square", {
    offset: at,
    expected: `at most ${MOST_HALF.toString(16)}`,
    got: half.toString(16),
  });
}

function isShape(layers: number, cells: number): boolean {
  return layers >= 1 && layers <= MOST_LAYERS && cells >= 1 && cells <= MOST_CELLS && cells % CELLS_UNIT === 0;
}

function held(value: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, value));
}

function mean(numbers: Float32Array): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Writes the upper half of a positive f32, rounded up, so that no quotient by it grows; returns what was written. */
function upperHalf(value: number, bytes: Uint8Array, at: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const rounded = Math.ceil(view.getUint32(0) / 2 ** 16);
  view.setUint32(0, rounded * 2 ** 16);
  bytes[at] = rounded & 255;
  bytes[at + 1] = rounded >> 8;
  return view.getFloat32(0);
}
