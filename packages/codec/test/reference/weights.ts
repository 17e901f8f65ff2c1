/** The segments of the method weights, decoded as plainly as docs/format.md says it: what the kernel is held to. */
import { BinaryDecoder } from "@pith/entropy";

const SCALE = 4096;
const LEAST = 2 ** 16;
const RUN = 4096;

/** A bit's probability: 22 bits of it, and how often it was learnt. */
class Cell {
  #p = 2 ** 21;
  #count = 0;

  get probability(): number {
    return Math.max(64, Math.min(65472, this.#p >> 6));
  }

  learn(bit: number): void {
    const step = (((bit << 22) - this.#p) >> 3) * Math.trunc(16384 / (2 * this.#count + 3));
    this.#p += step >> 10;
    if (this.#count < 30) this.#count++;
  }
}

/** Numbers of some bits, each bit under those before it in the same context. */
class Numbers {
  readonly #decoder: BinaryDecoder;
  readonly #cells = new Map<string, Cell>();

  constructor(bytes: Uint8Array) {
    this.#decoder = new BinaryDecoder(bytes);
  }

  read(bits: number, context: string): number {
    let node = 1;
    for (let i = 0; i < bits; i++) {
      const key = `${context} ${node}`;
      const cell = this.#cells.get(key) ?? new Cell();
      this.#cells.set(key, cell);
      const bit = this.#decoder.decode(cell.probability);
      cell.learn(bit);
      node = 2 * node + bit;
    }
    return node - 2 ** bits;
  }

  end(): void {
    this.#decoder.checkEnd();
  }
}

type Frequencies = readonly number[];

function readFrequencies(numbers: Numbers, groupBits: number): Frequencies {
  const written = new Array<number>(256).fill(0);
  if (numbers.read(1, "present") === 1) {
    const bits = 8 - groupBits;
    const first = numbers.read(bits, `first ${groupBits}`);
    const last = numbers.read(bits, `last ${groupBits}`);
    let place = 0;
    for (let group = first; group <= last; group++) {
      place = (place + numbers.read(7, `step ${groupBits > 0} ${place === 0}`)) % 128;
      const frequency = place < 16 ? place : (8 + (place % 8)) * 2 ** (Math.floor(place / 8) - 1);
      written.fill(frequency, group << groupBits, (group + 1) << groupBits);
    }
  }
  const present = written.filter((frequency) => frequency > 0);
  if (present.length <= 1) {
    const only = Math.max(
      0,
      written.findIndex((frequency) => frequency > 0),
    );
    return written.map((_, symbol) => (symbol === only ? SCALE - 1 : symbol === (only ^ 1) ? 1 : 0));
  }
  const sum = present.reduce((total, frequency) => total + frequency - 1, 0);
  const left = SCALE - present.length;
  let seen = 0;
  let given = 0;
  return written.map((frequency) => {
    if (frequency === 0) return 0;
    seen += sum === 0 ? 1 : frequency - 1;
    const next = Math.floor((left * seen) / (sum === 0 ? present.length : sum));
    const share = 1 + next - given;
    given = next;
    return share;
  });
}

type Plane =
  | { readonly coding: "kept" }
  | { readonly coding: "constant"; readonly value: number }
  | {
      readonly coding: "class";
      readonly tables: readonly Frequencies[];
      readonly classes: readonly number[];
      readonly run: number;
    }
  | { readonly coding: "above"; readonly tables: readonly Frequencies[]; readonly owners: readonly number[] };

function readPlane(numbers: Numbers, isTop: boolean, count: number): Plane {
  const coding = numbers.read(2, "coding");
  if (coding === 0) return { coding: "kept" };
  if (coding === 1) return { coding: "constant", value: numbers.read(8, "value") };
  if (coding === 2) {
    const many = isTop ? numbers.read(4, "classes") + 1 : 1;
    const run = many > 1 ? 256 * numbers.read(5, "run's upper bits") + numbers.read(8, "run's lower bits") : RUN;
    const classes: number[] = [];
    for (let i = 0; many > 1 && i < count; i += run) classes.push(numbers.read(4, `class ${classes.at(-1) ?? 0}`));
    return { coding: "class", run, classes, tables: Array.from({ length: many }, () => readFrequencies(numbers, 0)) };
  }
  const groupBits = numbers.read(3, "groups");
  const owners: number[] = [];
  let many = 1;
  for (let symbol = 0; symbol < 256; symbol++) {
    owners.push(numbers.read(1, `own ${(owners.at(-1) ?? 0) > 0}`) === 1 ? many++ : 0);
  }
  return { coding: "above", owners, tables: Array.from({ length: many }, () => readFrequencies(numbers, groupBits)) };
}

/** Symbols of a plane that is coded: state j mod 4 of a run has symbol j. */
class Symbols {
  readonly #view: DataView;
  readonly #states: number[];
  position: number;

  constructor(bytes: Uint8Array, position: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset);
    this.#states = [0, 4, 8, 12].map((at) => this.#view.getUint32(position + at, true));
    this.position = position + 16;
  }

  next(state: number, frequencies: Frequencies): number {
    const slot = this.#states[state] % SCALE;
    let symbol = 0;
    let below = 0;
    while (below + frequencies[symbol] <= slot) below += frequencies[symbol++];
    let x = frequencies[symbol] * Math.floor(this.#states[state] / SCALE) + slot - below;
    if (x < LEAST) {
      x = x * LEAST + this.#view.getUint16(this.position, true);
      this.position += 2;
    }
    this.#states[state] = x;
    return symbol;
  }

  get isDone(): boolean {
    return this.#states.every((x) => x === LEAST);
  }
}

/** How values stand in a segment. */
interface Form {
  readonly bytes: number;
  readonly isFloat: boolean;
  readonly count: number;
  readonly isJoined: boolean;
}

/** The values of a segment, and how many bytes it took. */
export function decodeSegment(
  coded: Uint8Array,
  { bytes, isFloat, count, isJoined }: Form,
): { values: Uint8Array; read: number } {
  const length = coded[0] + coded[1] * 2 ** 8 + coded[2] * 2 ** 16;
  const numbers = new Numbers(coded.subarray(3, 3 + length));
  const moved = isJoined ? 1 + numbers.read(2, "joined") : 0;
  const base = isJoined ? numbers.read(8, "base") : 0;
  const described: Plane[] = [];
  for (let plane = bytes - 1; plane >= 0; plane--) {
    described[plane] = readPlane(numbers, plane === bytes - 1, count);
  }
  numbers.end();
  let position = 3 + length;
  const planes: number[][] = [];
  for (let plane = bytes - 1; plane >= 0; plane--) {
    const form = described[plane];
    if (form.coding === "constant") planes[plane] = new Array<number>(count).fill(form.value);
    else if (form.coding === "kept" && isJoined && plane === 0) {
      const own = 8 - moved;
      const packed = Math.ceil(count / 8) * own;
      const bits = [...coded.subarray(position, position + packed)].flatMap((byte) =>
        Array.from({ length: 8 }, (_, i) => (byte >> i) & 1),
      );
      planes[plane] = Array.from({ length: count }, (_, i) =>
        bits.slice(i * own, (i + 1) * own).reduce((sum, bit, k) => sum + bit * 2 ** k, 0),
      );
      position += packed;
    } else if (form.coding === "kept") {
      planes[plane] = [...coded.subarray(position, position + count)];
      position += count;
    } else {
      const symbols = new Symbols(coded, position);
      const step = form.coding === "class" ? form.run : RUN;
      planes[plane] = Array.from({ length: count }, (_, i) => {
        const table =
          form.coding === "class" ? (form.classes.at(Math.floor(i / step)) ?? 0) : form.owners[planes[plane + 1][i]];
        return symbols.next((i % step) % 4, form.tables[table]);
      });
      if (!symbols.isDone) throw new Error("the states are not those of the start");
      position = symbols.position;
    }
  }
  const values = new Uint8Array(bytes * count);
  const bits = BigInt(8 * bytes);
  for (let i = 0; i < count; i++) {
    let value = 0n;
    if (isJoined) {
      const place = planes[1][i] >> moved;
      const exponent = place === 0 ? 0 : place + base;
      value = BigInt(256 * exponent + ((planes[1][i] << (8 - moved)) & 255) + planes[0][i]);
    } else for (let plane = 0; plane < bytes; plane++) value |= BigInt(planes[plane][i]) << BigInt(8 * plane);
    if (isFloat) value = (value >> 1n) | ((value & 1n) << (bits - 1n));
    for (let k = 0; k < bytes; k++) values[bytes * i + k] = Number((value >> BigInt(8 * k)) & 255n);
  }
  return { values, read: position };
}
