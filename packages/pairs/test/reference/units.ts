/** Units under their model: a plain version of kernel/text/tracker.ts, repeats.ts and unit-model.ts. */
import type { BinaryEncoder } from "@pith/entropy";
import { Capitals } from "./capitals.ts";
import type { Coding } from "./text.ts";

const FACTOR = 0x9e3779b97f4a7c15n;
const STATE_FACTOR = 0xd6e8feb86659fd93n;
const FEATURE_FACTOR = 0xa0761d6478bd642fn;
const NODE_FACTOR = 0xe7037ed1a0b428dbn;
const FEATURES = 15;

const RECALLED = 5;
const MOST_REPEATED = 32;
const DIGIT_SYMBOL = 0xf0n;

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);

type Next = "code" | "escape" | "value" | "high value" | "count" | "byte" | "ended";
const NEXT: readonly Next[] = ["code", "escape", "value", "high value", "count", "byte", "ended"];

/** Follows units, and says what the model's contexts are. */
class Tracker {
  next: Next = "code";
  readonly #coding: Coding;
  readonly #capitals = new Capitals();
  #part = 0;
  #past = 0n;
  #word = 0n;
  #previous = 0n;
  #announced = 0;
  #shapes = 0;
  #characters = 0;
  #bytesLeft = 0;
  readonly #units: number[] = [];
  readonly #ends = new Map<number, number>();
  #repeated = 0;
  #source = 0;

  constructor(coding: Coding) {
    this.#coding = coding;
  }

  /** Keys of the features of the unit to come. */
  keys(): bigint[] {
    const past = (count: number): bigint => BigInt.asUintN(8 * count, this.#past);
    const state = wrap(
      BigInt((NEXT.indexOf(this.next) | (this.#announced << 3) | (this.#part << 5)) + 1) * STATE_FACTOR,
    );
    const repeat = (Math.min(this.#repeated, 16) << 5) | ((this.#units[this.#source] ?? 0) << 1) | 1;
    const contexts = [
      0n,
      ...[1, 2, 3, 4, 5, 6, 8].map(past),
      this.#word,
      this.#word + this.#previous * FACTOR,
      past(1) | (this.#previous << 8n),
      BigInt(Array.from(this.#capitals.place).reduce((sum, kind) => sum * 8 + " n.!)(,x".indexOf(kind), 0)),
      past(1) | (BigInt(this.#shapes & 0xff) << 8n),
      past(1) | (BigInt(Math.min(this.#characters >> 4, 16)) << 8n),
    ];
    const keys = contexts.map((context, feature) => keyOf(feature, context, state));
    return [...keys, keyOf(FEATURES - 1, this.#repeated === 0 ? 0n : BigInt(repeat), STATE_FACTOR)];
  }

  take(unit: number): void {
    this.#recall(unit);
    const { bits, escapes } = this.#coding;
    const escape = 2 ** bits - 1;
    switch (this.next) {
      case "code":
        if (unit === escape) this.next = "escape";
        else this.#takeCode(unit);
        return;
      case "escape":
        this.#part += unit;
        if (unit !== escape) this.#takeEscape(escapes[this.#part] ?? "{end}");
        return;
      case "value":
        if (bits === 3 && unit === escape) this.next = "high value";
        else this.#takeValue(unit);
        return;
      case "high value":
        this.#takeValue(unit + escape);
        return;
      case "count":
        this.#bytesLeft = unit + 1;
        this.next = "byte";
        this.#part = 1;
        return;
      case "byte":
        this.#part = (this.#part << bits) | unit;
        if (this.#part < 256) return;
        this.#takeByte(this.#part & 0xff);
        this.#part = 1;
        if (--this.#bytesLeft === 0) this.#expectCode();
        return;
      case "ended":
        throw new Error("the text has ended");
    }
  }

  #expectCode(): void {
    this.next = "code";
    this.#part = 0;
  }

  #takeCode(code: number): void {
    const group = this.#coding.groups[code];
    if (!/[a-z]/u.test(group)) {
      this.#takeByte(group.charCodeAt(0));
      return;
    }
    if (this.#word === 0n) {
      let shape = 2;
      if (this.#announced !== 2) {
        const capital = this.#capitals.expects(this.#capitals.place, false) !== (this.#announced === 1);
        this.#capitals.learn(false, capital);
        shape = Number(capital);
      }
      this.#shapes = ((this.#shapes << 2) | shape) & 0xff;
      this.#capitals.passLetter();
    }
    this.#announced = 0;
    const symbol = BigInt(code + 1);
    this.#past = wrap((this.#past << 8n) | symbol);
    this.#word = wrap((this.#word + symbol) * FACTOR);
    this.#characters++;
  }

  #takeByte(byte: number): void {
    const character = String.fromCharCode(byte);
    const code = this.#coding.groups.findIndex((group) => group.includes(character));
    let symbol = byte < 0x80 ? BigInt(byte + 32) : 0xffn;
    if (code >= 0) symbol = BigInt(code + 1);
    else if (/[0-9]/u.test(character)) symbol = DIGIT_SYMBOL;
    this.#past = wrap((this.#past << 8n) | symbol);
    if (this.#word !== 0n) {
      this.#previous = this.#word;
      this.#word = 0n;
    }
    this.#capitals.pass(byte);
    this.#characters++;
  }

  #takeEscape(escape: string): void {
    this.#expectCode();
    const mark = /\{[a-z]+\}$/u.exec(escape)?.[0] ?? "";
    for (const byte of new TextEncoder().encode(escape.slice(0, escape.length - mark.length))) this.#takeByte(byte);
    const announced = ["", "{case}", "{capitals}"].indexOf(mark);
    if (announced >= 0) this.#announced = announced;
    if (mark === "{number}") this.next = "value";
    if (mark === "{raw}") this.next = "count";
    if (mark === "{end}") this.next = "ended";
  }

  #takeValue(value: number): void {
    this.next = "value";
    const characters = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "", " ", ", ", ".", ",", ":"][value];
    for (const character of characters) this.#takeByte(character.charCodeAt(0));
    if (value >= 10 && value <= 12) this.#expectCode();
  }

  #recall(unit: number): void {
    const units = this.#units;
    this.#repeated =
      this.#repeated > 0 && unit === units[this.#source] ? Math.min(MOST_REPEATED, this.#repeated + 1) : 0;
    units.push(unit);
    if (units.length < RECALLED) return;
    const last = units.slice(-RECALLED).reduce((sum, each) => (sum << 4) | each, 0);
    const hash = Math.imul(last, 0x9e3779b1) >>> 20;
    if (this.#repeated > 0) this.#source++;
    else {
      this.#source = this.#ends.get(hash) ?? 0;
      const most = Math.min(this.#source, MOST_REPEATED);
      while (this.#repeated < most && units[this.#source - 1 - this.#repeated] === units.at(-1 - this.#repeated)) {
        this.#repeated++;
      }
    }
    this.#ends.set(hash, units.length);
  }
}

function keyOf(feature: number, context: bigint, state: bigint): bigint {
  const key = wrap((context + state + BigInt(feature) * FEATURE_FACTOR) * FACTOR);
  return key ^ (key >> 31n);
}

/** Codes units, of which the last end the text. */
export function encodeUnits(
  encoder: BinaryEncoder,
  coding: Coding,
  { tableBits, weights }: { readonly tableBits: number; readonly weights: Int8Array },
  units: readonly number[],
): void {
  const tracker = new Tracker(coding);
  for (const unit of units) {
    const keys = tracker.keys();
    let node = 1;
    for (let shift = coding.bits - 1; shift >= 0; shift--) {
      const bit = (unit >> shift) & 1;
      const places = keys.map((key) => wrap((key + BigInt(node) * NODE_FACTOR) * FACTOR) >> BigInt(64 - tableBits));
      const sum = places.reduce((total, place) => total + weights[Number(place)], 0);
      encoder.encode(bit, squash(Math.max(-2047, Math.min(2047, sum * 16))));
      node = 2 * node + bit;
    }
    tracker.take(unit);
  }
}

/** 16-bit probability of a logit in 1/256. */
function squash(stretched: number): number {
  const i = stretched + 2048;
  return Math.max(1, Math.min(65535, Math.floor(65536 / (1 + exp((2048 - i) / 256)))));
}

/** The exponential of packages/predictors/kernel/math.ts, to the bit. */
function exp(x: number): number {
  const y = x / 1024;
  let result = 1 + y * (1 + y * (0.5 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120)))));
  for (let i = 0; i < 10; i++) result *= result;
  return result;
}
