/**
 * Trained networks as bytes: version and shape, the bits of a weight, the length of the scales, a checksum of all the
 * rest; the scale of each row of weights, two bytes each, first all high bytes, then all low ones; then the weights as
 * multiples of their row's scale. Scales and weights each under an adaptive model of their own.
 */
import { fnv1a, checkInteger, PithError } from "@pith/core";
import { decodeSymbols, encodeSymbols } from "@pith/entropy";
import { checkNeuralWeights } from "./neural-kernel.ts";
import { HEAD_BYTES, readShape, writeShape } from "./neural-head.ts";
import { neuralShape, type NeuralShape, type NeuralShapeOptions } from "./neural-options.ts";
import { countNeuralWeights, neuralMatrices } from "./neural-weights.ts";

const VERSION = 1;
/** Bits of a weight, after the shape; then length and checksum, four bytes each, the lowest first. */
const BITS_AT = HEAD_BYTES;
const LENGTH_AT = HEAD_BYTES + 1;
const CHECKSUM_AT = HEAD_BYTES + 5;
const SCALES_AT = HEAD_BYTES + 9;
const LEAST_BITS = 2;
const MOST_BITS = 8;
const DEFAULT_MOST_WEIGHTS = 2 ** 24;
/** Counts are never halved: the distribution is the same from first to last. */
const CODER = { increment: 1, limit: 2 ** 22 } as const;

/** A network with its weights. */
export interface NeuralModel {
  readonly options: NeuralShape;
  /** As many as `countNeuralWeights` says. */
  readonly weights: Float32Array;
}

/**
 * Packs a trained network: each weight rounded to a multiple of its row's scale, so that the unpacked weights are others
 * than those that were packed. What codes with them has to take the unpacked ones on both sides.
 *
 * @param options.bits of a weight, 2 to 8; default 8, which costs next to nothing in predictions
 * @throws RangeError for a shape out of range, and weights that are too many, too few or no numbers
 * @example
 * const packed = packNeuralModel({ options: trainer.shape, weights: trainer.weights() });
 * const { options, weights } = unpackNeuralModel(packed);
 * createNeuralPredictor({ ...options, weights, learns: false });
 */
export function packNeuralModel(
  model: { readonly options: NeuralShapeOptions; readonly weights: Float32Array },
  { bits = MOST_BITS }: { readonly bits?: number | undefined } = {},
): Uint8Array<ArrayBuffer> {
  const shape = neuralShape(model.options);
  const { weights } = model;
  checkInteger("bits", bits, LEAST_BITS, MOST_BITS);
  checkNeuralWeights(weights, countNeuralWeights(shape));
  const most = mostOf(bits);
  const rows = rowLengths(shape);
  const scales = new Uint8Array(2 * rows.length);
  const symbols = new Uint8Array(weights.length);
  let start = 0;
  rows.forEach((length, row) => {
    const own = weights.subarray(start, start + length);
    const high = scaleFor(own, most);
    const scale = scaleOf(high);
    scales[row] = high >> 8;
    scales[rows.length + row] = high & 255;
    own.forEach((weight, i) => {
      symbols[start + i] = most + (scale === 0 ? 0 : Math.round(weight / scale));
    });
    start += length;
  });
  const codedScales = encodeSymbols(scales, 256);
  const codedWeights = encodeSymbols(symbols, 2 * most + 1, CODER);
  const packed = new Uint8Array(SCALES_AT + codedScales.length + codedWeights.length);
  writeShape(packed, VERSION, shape);
  packed[BITS_AT] = bits;
  const view = new DataView(packed.buffer);
  view.setUint32(LENGTH_AT, codedScales.length, true);
  packed.set(codedScales, SCALES_AT);
  packed.set(codedWeights, SCALES_AT + codedScales.length);
  view.setUint32(CHECKSUM_AT, checksumOf(packed), true);
  return packed;
}

/**
 * The network that was packed, with the weights as they were rounded.
 *
 * @param options.maximumWeights what the caller has room for; default 2^24
 * @throws PithError `truncated`, `trailing-data`, `unsupported-version`, `checksum-mismatch`, `invalid-field`, or
 *   `memory-limit` for more weights than that
 */
export function unpackNeuralModel(
  packed: Uint8Array,
  { maximumWeights = DEFAULT_MOST_WEIGHTS }: { readonly maximumWeights?: number | undefined } = {},
): NeuralModel {
  const shape = readShape(packed, VERSION, "the model");
  if (packed.length < SCALES_AT) {
    const details = { offset: packed.length, expected: `${SCALES_AT} bytes at least`, got: packed.length };
    throw new PithError("truncated", "the model ends in its head", details);
  }
  const view = new DataView(packed.buffer, packed.byteOffset);
  const checksum = checksumOf(packed);
  if (view.getUint32(CHECKSUM_AT, true) !== checksum) {
    const details = { offset: CHECKSUM_AT, expected: checksum, got: view.getUint32(CHECKSUM_AT, true) };
    throw new PithError("checksum-mismatch", "the model is damaged or not whole", details);
  }
  const bits = packed[BITS_AT];
  if (bits < LEAST_BITS || bits > MOST_BITS) {
    const details = { offset: BITS_AT, expected: `${LEAST_BITS} to ${MOST_BITS}`, got: bits };
    throw new PithError("invalid-field", "the model's weights have no such size", details);
  }
  const count = countNeuralWeights(shape);
  if (count > maximumWeights) {
    const details = { expected: `at most ${maximumWeights}`, got: count };
    throw new PithError("memory-limit", "the model has more weights than are allowed", details);
  }
  const length = view.getUint32(LENGTH_AT, true);
  if (SCALES_AT + length > packed.length) {
    const details = { offset: LENGTH_AT, expected: `at most ${packed.length - SCALES_AT}`, got: length };
    throw new PithError("truncated", "the model ends in its scales", details);
  }
  const rows = rowLengths(shape);
  const weightsAt = SCALES_AT + length;
  const codedScales = packed.subarray(SCALES_AT, weightsAt);
  const scales = decodeSymbols(codedScales, 2 * rows.length, 256, { offset: SCALES_AT });
  const most = mostOf(bits);
  const options = { ...CODER, offset: weightsAt };
  const symbols = decodeSymbols(packed.subarray(weightsAt), count, 2 * most + 1, options);
  const weights = new Float32Array(count);
  let start = 0;
  rows.forEach((rowLength, row) => {
    const high = (scales[row] << 8) | scales[rows.length + row];
    const scale = scaleOf(high);
    if (high >= MOST_SCALE) {
      const details = { offset: SCALES_AT, expected: "a finite number, 0 or more", got: scale };
      throw new PithError("invalid-field", `the model's scale ${row} is none`, details);
    }
    for (let i = start; i < start + rowLength; i++) weights[i] = (symbols[i] - most) * scale;
    start += rowLength;
  });
  return { options: shape, weights };
}

/** FNV-1a of 32 bits (RFC 9923) over all bytes but the checksum's own. */
function checksumOf(packed: Uint8Array): number {
  return fnv1a(packed.subarray(SCALES_AT), fnv1a(packed.subarray(0, CHECKSUM_AT)));
}

/** The largest multiple of a scale that a weight of so many bits can be. */
function mostOf(bits: number): number {
  return 2 ** (bits - 1) - 1;
}

/** Lengths of the rows of all matrices. */
function rowLengths(shape: NeuralShape): number[] {
  return neuralMatrices(shape).flatMap(({ rows, columns }) => new Array<number>(rows).fill(columns));
}

/** High halves from here on are of f32 that, times 127, would be none, or are negative. */
const MOST_SCALE = 0x7c00;
const WORD = new DataView(new ArrayBuffer(4));

/** The f32 whose high half this is, the low half 0: a product with a small integer is exact. */
function scaleOf(high: number): number {
  WORD.setUint32(0, high << 16);
  return WORD.getFloat32(0);
}

/** High half of the least such f32 by which the row's largest weight is a multiple of at most `most`. */
function scaleFor(row: Float32Array, most: number): number {
  const largest = row.reduce((top, weight) => Math.max(top, Math.abs(weight)), 0);
  WORD.setFloat32(0, largest / most);
  let high = WORD.getUint16(0);
  while (scaleOf(high) * most < largest) high++;
  if (high >= MOST_SCALE) throw new RangeError(`weights: expected numbers below 1e36, got ${largest}`);
  return high;
}
