/** Reads the segments of a JPEG: what is between its scans. */
import type { Component, Frame, Scan, ScanComponent } from "./frame.ts";
import { ZIGZAG } from "./frame.ts";
import { HuffmanTable } from "./huffman.ts";
import { NotUnderstood } from "./not-understood.ts";

const SOF_BASELINE = 0xc0;
const SOF_PROGRESSIVE = 0xc2;
const SOF_LAST = 0xcf;
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const RST_FIRST = 0xd0;
const RST_LAST = 0xd7;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DNL = 0xdc;
const DRI = 0xdd;
const DHP = 0xde;
const EXP = 0xdf;
const TEM = 0x01;

/** Each scan is a pass over the whole picture, and costs a dozen bytes. */
const MOST_SCANS = 128;
const MOST_COMPONENTS = 4;
/** Blocks of all components: 2 GiB of coefficients. */
export const MOST_BLOCKS = 2 ** 24;

/** Walks through the segments of a JPEG, and knows at each scan what was said before it. */
export class HeaderReader {
  #frame: Frame | undefined;
  readonly #quantisations: (Uint16Array | undefined)[] = [];
  readonly #dc: (HuffmanTable | undefined)[] = [];
  readonly #ac: (HuffmanTable | undefined)[] = [];
  /** Of each component, as they were when it was first coded. */
  readonly #used = new Map<Component, Uint16Array>();
  #restartInterval = 0;
  #scans = 0;

  /** The picture; there from the first scan on. @throws NotUnderstood if there is none */
  get frame(): Frame {
    if (this.#frame === undefined) throw new NotUnderstood("a scan without a frame");
    return this.#frame;
  }

  /** Quantisation table of a component, in rows of 8; ones where none was given. */
  quantisationOf(component: Component): Uint16Array {
    return this.#used.get(component) ?? new Uint16Array(64).fill(1);
  }

  /**
   * Reads from one place to the next scan, or to the end of the picture.
   *
   * @returns the scan, or undefined at the end; and where what follows its header, or the end, begins
   * @throws NotUnderstood
   */
  next(bytes: Uint8Array, from: number): { readonly scan: Scan | undefined; readonly end: number } {
    for (let at = from; ;) {
      const mark = bytes.indexOf(0xff, at);
      if (mark < 0 || mark + 1 >= bytes.length) throw new NotUnderstood("an end without its marker");
      const marker = bytes[mark + 1];
      at = mark + 2;
      if (marker === EOI) return { scan: undefined, end: at };
      if (marker === 0xff) at--;
      if (hasNoLength(marker)) continue;
      const length = at + 1 < bytes.length ? (bytes[at] << 8) | bytes[at + 1] : 0;
      if (length < 2 || at + length > bytes.length) throw new NotUnderstood("a segment that is cut short");
      const segment = bytes.subarray(at + 2, at + length);
      at += length;
      if (marker === SOS) return { scan: this.#readScan(segment), end: at };
      this.#readSegment(marker, segment);
    }
  }

  #readSegment(marker: number, segment: Uint8Array): void {
    if (marker === DHT) this.#readHuffmanTables(segment);
    else if (marker === DQT) this.#readQuantisations(segment);
    else if (marker === DRI) this.#restartInterval = (byteOf(segment, 0) << 8) | byteOf(segment, 1);
    else if (marker === DNL || marker === DAC || marker === DHP || marker === EXP || marker === JPG) {
      throw new NotUnderstood("a hierarchical or arithmetic JPEG, or one of unknown height");
    } else if (marker >= SOF_BASELINE && marker <= SOF_LAST) this.#readFrame(marker, segment);
  }

  #readFrame(marker: number, segment: Uint8Array): void {
    if (marker > SOF_PROGRESSIVE) throw new NotUnderstood("a lossless, hierarchical or arithmetic JPEG");
    if (this.#frame !== undefined) throw new NotUnderstood("two frames");
    this.#frame = readFrame(segment, marker === SOF_PROGRESSIVE);
  }

  #readQuantisations(segment: Uint8Array): void {
    for (let at = 0; at < segment.length;) {
      const kind = segment[at++];
      const size = kind >> 4 === 0 ? 1 : 2;
      if (kind >> 4 > 1 || (kind & 15) > 3) throw new NotUnderstood("a quantisation table of no kind");
      const table = new Uint16Array(64);
      for (const place of ZIGZAG) {
        table[place] = size === 1 ? byteOf(segment, at) : (byteOf(segment, at) << 8) | byteOf(segment, at + 1);
        at += size;
      }
      this.#quantisations[kind & 15] = table;
    }
  }

  #readHuffmanTables(segment: Uint8Array): void {
    for (let at = 0; at < segment.length;) {
      const kind = segment[at++];
      const counts = segment.subarray(at, at + 16);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const values = segment.subarray(at + 16, at + 16 + total);
      if (kind >> 4 > 1 || (kind & 15) > 3 || counts.length < 16 || values.length < total) {
        throw new NotUnderstood("a Huffman table of no kind, or cut short");
      }
      (kind >> 4 === 0 ? this.#dc : this.#ac)[kind & 15] = new HuffmanTable(counts, values);
      at += 16 + total;
    }
  }

  #readScan(segment: Uint8Array): Scan {
    const { components, progressive } = this.frame;
    if (++this.#scans > MOST_SCANS) throw new NotUnderstood(`more than ${MOST_SCANS} scans`);
    const count = byteOf(segment, 0);
    if (count < 1 || count > MOST_COMPONENTS || segment.length !== 4 + 2 * count) {
      throw new NotUnderstood("a scan of a wrong length");
    }
    const chosen: ScanComponent[] = [];
    for (let i = 0; i < count; i++) {
      const component = components.find(({ id }) => id === segment[1 + 2 * i]);
      const tables = segment[2 + 2 * i];
      if (component === undefined || chosen.some((other) => other.component === component)) {
        throw new NotUnderstood("a scan of a component that is not there, or twice of one");
      }
      chosen.push({ component, dc: this.#dc[tables >> 4], ac: this.#ac[tables & 15] });
      const quantisation = this.#quantisations[component.quantisation];
      if (quantisation !== undefined && !this.#used.has(component)) this.#used.set(component, quantisation);
    }
    const [first, last, bits] = segment.subarray(1 + 2 * count);
    const scan = { components: chosen, first, last, high: bits >> 4, low: bits & 15 };
    checkScan(scan, progressive);
    return { ...scan, restartInterval: this.#restartInterval };
  }
}

function hasNoLength(marker: number): boolean {
  return (
    marker === 0 || marker === TEM || marker === 0xff || marker === SOI || (marker >= RST_FIRST && marker <= RST_LAST)
  );
}

/** @throws NotUnderstood where there is no such byte */
function byteOf(segment: Uint8Array, at: number): number {
  if (at >= segment.length) throw new NotUnderstood("a segment that is too short");
  return segment[at];
}

/** @throws NotUnderstood */
function checkScan({ components, first, last, high, low }: Omit<Scan, "restartInterval">, progressive: boolean): void {
  const whole = first === 0 && last === 63 && high === 0 && low === 0;
  const some = progressive && first <= last && last < 64 && low < 14 && (high === 0 || high === low + 1);
  const ofOneKind = first > 0 ? components.length === 1 : last === 0;
  if (progressive ? !some || !ofOneKind : !whole) throw new NotUnderstood("a scan of no such part of the coefficients");
}

/** @throws NotUnderstood */
function readFrame(segment: Uint8Array, progressive: boolean): Frame {
  const word = (at: number): number => (byteOf(segment, at) << 8) | byteOf(segment, at + 1);
  const [height, width, count] = [word(1), word(3), byteOf(segment, 5)];
  if (segment[0] !== 8) throw new NotUnderstood("samples of other than 8 bits");
  if (height === 0 || width === 0 || count < 1 || count > MOST_COMPONENTS || segment.length !== 6 + 3 * count) {
    throw new NotUnderstood("a frame of no size, or of a wrong length");
  }
  const given = Array.from({ length: count }, (_, i) => {
    const [id, sampling, quantisation] = segment.subarray(6 + 3 * i, 9 + 3 * i);
    return { id, across: sampling >> 4, down: sampling & 15, quantisation };
  });
  const most = (values: number[]): number => Math.max(...values);
  const across = most(given.map((component) => component.across));
  const down = most(given.map((component) => component.down));
  if (given.some((one) => one.across < 1 || one.across > 4 || one.down < 1 || one.down > 4 || one.quantisation > 3)) {
    throw new NotUnderstood("a component of no such sampling or table");
  }
  if (new Set(given.map(({ id }) => id)).size < count) throw new NotUnderstood("two components of one name");
  const mcusWide = Math.ceil(width / (8 * across));
  const mcusHigh = Math.ceil(height / (8 * down));
  let blocks = 0;
  const components = given.map((one): Component => {
    const wide = mcusWide * one.across;
    const high = mcusHigh * one.down;
    const start = 64 * blocks;
    blocks += wide * high;
    const ownWide = Math.ceil((width * one.across) / (8 * across));
    const ownHigh = Math.ceil((height * one.down) / (8 * down));
    return { ...one, wide, high, ownWide, ownHigh, start };
  });
  if (blocks > MOST_BLOCKS) throw new NotUnderstood("a picture that takes too much memory");
  return { progressive, components, mcusWide, mcusHigh, blocks };
}
