/**
 * GGUF: numbers of 4 and 8 bytes, the lowest first; names and values of what is noted, then names, shapes, types and places of
 * tensors, then these. Quantised values are in blocks, each with its scales and the codes of its values: what stands where in
 * them is as ggml has it.
 */
import { bytesOfFields, type BlockField, type ValueRun } from "../../bytes/value-run.ts";
import { formOf, type PlacedTensor } from "./placed-tensor.ts";

const MAGIC = 0x46554747;
const VERSIONS: readonly number[] = [2, 3];
const DEFAULT_ALIGNMENT = 32;
const ALIGNMENT_KEY = "general.alignment";
const MOST_DIMENSIONS = 4;
const MOST_NESTING = 4;

/** Bytes of values that are noted, by their type; strings and arrays say it themselves. */
const VALUE_BYTES: Readonly<Record<number, number | undefined>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const U32 = 4;
const STRING = 8;
const ARRAY = 9;

/** Types of tensors that are no blocks. */
const TENSOR_TYPES: Readonly<Record<number, Pick<ValueRun, "bytes" | "isFloat"> | undefined>> = {
  0: { bytes: 4, isFloat: true },
  1: { bytes: 2, isFloat: true },
  24: { bytes: 1, isFloat: false },
  25: { bytes: 2, isFloat: false },
  26: { bytes: 4, isFloat: false },
  27: { bytes: 8, isFloat: false },
  28: { bytes: 8, isFloat: true },
  30: { bytes: 2, isFloat: true },
};

const half = (count = 1): BlockField => ({ bytes: 2, isFloat: true, count });
const codes = (count: number): BlockField => ({ bytes: 1, isFloat: false, count });

/** Quantised types: values of a block, and its fields. */
const BLOCK_TYPES: Readonly<Record<number, { values: number; fields: readonly BlockField[] } | undefined>> = {
  // Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q8_1
  2: { values: 32, fields: [half(), codes(16)] },
  3: { values: 32, fields: [half(), half(), codes(16)] },
  6: { values: 32, fields: [half(), codes(4), codes(16)] },
  7: { values: 32, fields: [half(), half(), codes(4), codes(16)] },
  8: { values: 32, fields: [half(), codes(32)] },
  9: { values: 32, fields: [half(), half(), codes(32)] },
  // Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, Q8_K
  10: { values: 256, fields: [codes(16), codes(64), half(), half()] },
  11: { values: 256, fields: [codes(32), codes(64), codes(12), half()] },
  12: { values: 256, fields: [half(), half(), codes(12), codes(128)] },
  13: { values: 256, fields: [half(), half(), codes(12), codes(32), codes(128)] },
  14: { values: 256, fields: [codes(128), codes(64), codes(16), half()] },
  15: {
    values: 256,
    fields: [{ bytes: 4, isFloat: true, count: 1 }, codes(256), { bytes: 2, isFloat: false, count: 16 }],
  },
  // IQ4_NL, IQ4_XS, MXFP4
  20: { values: 32, fields: [half(), codes(16)] },
  23: { values: 256, fields: [half(), codes(2), codes(4), codes(128)] },
  39: { values: 32, fields: [codes(1), codes(16)] },
};

/** Thrown where a header ends too early, or says what cannot be; caught below. */
class NotGguf extends Error {}

/** The tensors of a GGUF file that begins so; undefined where it is none whose header is whole there. */
export function ggufAt(start: Uint8Array): PlacedTensor[] | undefined {
  if (start.length < 24) return undefined;
  const reader = new Reader(start);
  if (reader.u32() !== MAGIC || !VERSIONS.includes(reader.u32())) return undefined;
  try {
    return readTensors(reader);
  } catch (error) {
    if (error instanceof NotGguf) return undefined;
    throw error;
  }
}

function readTensors(reader: Reader): PlacedTensor[] {
  const count = reader.u64();
  const noted = reader.u64();
  let alignment = DEFAULT_ALIGNMENT;
  for (let i = 0; i < noted; i++) {
    const key = reader.string();
    const type = reader.u32();
    if (key === ALIGNMENT_KEY && type === U32) alignment = reader.u32();
    else skipValue(reader, type, 0);
  }
  if (alignment < 8 || alignment % 8 !== 0) throw new NotGguf();
  const found: { place: number; row: number; count: number; type: number }[] = [];
  for (let i = 0; i < count; i++) {
    reader.string();
    const dimensions = Array.from({ length: Math.min(reader.u32(), MOST_DIMENSIONS + 1) }, () => reader.u64());
    if (dimensions.length > MOST_DIMENSIONS) throw new NotGguf();
    const values = dimensions.reduce((product, dimension) => product * dimension, 1);
    found.push({ row: dimensions.at(0) ?? 1, count: values, type: reader.u32(), place: reader.u64() });
  }
  const data = Math.ceil(reader.position / alignment) * alignment;
  found.sort((a, b) => a.place - b.place);
  return found.map(({ place, row, count: values, type }, i): PlacedTensor => {
    const form = TENSOR_TYPES[type];
    const blocks = BLOCK_TYPES[type];
    const fields = blocks !== undefined && row % blocks.values === 0 ? blocks.fields : undefined;
    const own =
      form !== undefined
        ? values * form.bytes
        : fields === undefined || blocks === undefined
          ? undefined
          : (values / blocks.values) * bytesOfFields(fields);
    // A tensor goes on to the next one, with what fills it up; of the last, if it is of no type that is known, nobody says how long it is.
    const length = (i + 1 < found.length ? found[i + 1].place : place + (own ?? 0)) - place;
    if (!Number.isSafeInteger(data + place + length) || (own ?? 0) > length) throw new NotGguf();
    return {
      offset: data + place,
      length,
      row: Math.max(1, fields === undefined || blocks === undefined ? row : row / blocks.values),
      form:
        fields === undefined ? form && formOf(form.bytes, form.isFloat, length) : { bytes: 1, isFloat: false, fields },
    };
  });
}

function skipValue(reader: Reader, type: number, depth: number): void {
  if (type === STRING) reader.skip(reader.u64());
  else if (type === ARRAY) {
    const of = reader.u32();
    const count = reader.u64();
    const bytes = VALUE_BYTES[of];
    if (bytes !== undefined) reader.skip(bytes * count);
    else if (depth === MOST_NESTING) throw new NotGguf();
    else for (let i = 0; i < count; i++) skipValue(reader, of, depth + 1);
  } else reader.skip(VALUE_BYTES[type] ?? Infinity);
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get position(): number {
    return this.#position;
  }

  /** Goes on behind so many bytes; returns where they begin. */
  skip(length: number): number {
    const start = this.#position;
    if (!(length <= this.#bytes.length - start)) throw new NotGguf();
    this.#position = start + length;
    return start;
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  u64(): number {
    return Number(this.#view.getBigUint64(this.skip(8), true));
  }

  string(): string {
    const length = this.u64();
    const start = this.skip(length);
    return new TextDecoder().decode(this.#bytes.subarray(start, start + length));
  }
}
