/** Where a training is, as bytes: what it has come to, its best weights, and what its trainer saved. */
import { fnv1a, PithError } from "@pith/core";

const VERSION = 1;
/** "Pith training", in short. */
const MAGIC = 0x52544950;
const HEAD_WORDS = 8;

/** What came of an epoch, in bits a symbol. */
export interface Epoch {
  /** Mean of all symbols, each before it was learnt. */
  readonly training: number;
  /** Mean of those that were held back, after the epoch; undefined if none were. */
  readonly validation: number | undefined;
}

/** A training between two pieces. */
export interface Position {
  /** Of symbols, seed and split: another training cannot go on from here. */
  readonly fingerprint: number;
  readonly epochs: readonly Epoch[];
  /** Pieces of the present epoch that are done, and what their symbols cost, in bits. */
  readonly pieces: number;
  readonly bits: number;
  /** After so many epochs the best weights were there; 0: none yet. */
  readonly bestEpoch: number;
  readonly bestWeights: Float32Array;
  /** What the trainer saved. */
  readonly saved: Uint8Array;
}

/** The bytes of a position: words and numbers with the lowest byte first, a checksum of all at the end. */
export function writeCheckpoint(position: Position): Uint8Array<ArrayBuffer> {
  const { fingerprint, epochs, pieces, bits, bestEpoch, bestWeights, saved } = position;
  const weightsAt = 4 * HEAD_WORDS + 8 + 16 * epochs.length;
  const savedAt = weightsAt + 4 * bestWeights.length;
  const bytes = new Uint8Array(savedAt + saved.length + 4);
  const view = new DataView(bytes.buffer);
  const words = [MAGIC, VERSION, fingerprint, epochs.length, pieces, bestEpoch, bestWeights.length, saved.length];
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  view.setFloat64(4 * HEAD_WORDS, bits, true);
  epochs.forEach(({ training, validation }, i) => {
    view.setFloat64(4 * HEAD_WORDS + 8 + 16 * i, training, true);
    view.setFloat64(4 * HEAD_WORDS + 16 + 16 * i, validation ?? Number.NaN, true);
  });
  bestWeights.forEach((weight, i) => view.setFloat32(weightsAt + 4 * i, weight, true));
  bytes.set(saved, savedAt);
  view.setUint32(bytes.length - 4, fnv1a(bytes.subarray(0, -4)), true);
  return bytes;
}

/**
 * The position that was written.
 *
 * @throws PithError `truncated`, `not-pith`, `unsupported-version`, `invalid-field` or `checksum-mismatch`
 */
export function readCheckpoint(bytes: Uint8Array): Position {
  const least = 4 * HEAD_WORDS + 8 + 4;
  if (bytes.length < least) {
    const details = { offset: bytes.length, expected: `${least} bytes at least`, got: bytes.length };
    throw new PithError("truncated", "the checkpoint ends in its head", details);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const words = Array.from({ length: HEAD_WORDS }, (_, i) => view.getUint32(4 * i, true));
  const [magic, version, fingerprint, epochCount, pieces, bestEpoch, weightCount, savedLength] = words;
  if (magic !== MAGIC) throw new PithError("not-pith", "this is no checkpoint of a training", { offset: 0 });
  if (version !== VERSION) {
    const details = { offset: 4, expected: VERSION, got: version };
    throw new PithError("unsupported-version", "the checkpoint is of another version", details);
  }
  const expected = least + 16 * epochCount + 4 * weightCount + savedLength;
  if (bytes.length !== expected) {
    const code = bytes.length < expected ? "truncated" : "trailing-data";
    throw new PithError(code, "the checkpoint is not whole", { expected: `${expected} bytes`, got: bytes.length });
  }
  const sum = fnv1a(bytes.subarray(0, -4));
  if (view.getUint32(bytes.length - 4, true) !== sum) {
    const details = { offset: bytes.length - 4, expected: sum, got: view.getUint32(bytes.length - 4, true) };
    throw new PithError("checksum-mismatch", "the checkpoint is damaged", details);
  }
  const epochsAt = 4 * HEAD_WORDS + 8;
  const epochs = Array.from({ length: epochCount }, (_, i) => {
    const validation = view.getFloat64(epochsAt + 16 * i + 8, true);
    return {
      training: view.getFloat64(epochsAt + 16 * i, true),
      validation: Number.isNaN(validation) ? undefined : validation,
    };
  });
  const weightsAt = epochsAt + 16 * epochCount;
  const bestWeights = Float32Array.from({ length: weightCount }, (_, i) => view.getFloat32(weightsAt + 4 * i, true));
  const savedAt = weightsAt + 4 * weightCount;
  const saved = bytes.slice(savedAt, savedAt + savedLength);
  return { fingerprint, epochs, pieces, bits: view.getFloat64(4 * HEAD_WORDS, true), bestEpoch, bestWeights, saved };
}
