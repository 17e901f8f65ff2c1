/** The method lz in plain TypeScript, both ways, as docs/format.md has it: slow, and as short as the definition allows. */

export interface Parameters {
  readonly tokensBy: "place" | "byte";
  readonly literalBits: number;
  readonly fastRate: number;
  readonly aligned?: boolean | undefined;
  readonly literalsBy?: number | "pair" | "rough-pair" | undefined;
}

/** A literal (its byte), or a copy: from one of the last distances, by number, or from a new one. */
export type Token =
  | { readonly literal: number }
  | { readonly length: number; readonly repeat: number }
  | { readonly length: number; readonly distance: number };

const TOTAL = 2 ** 15;
const RUN = 2 ** 16;
const MOST_COPIED = 2 ** 18;

function bitsOf(n: number): number {
  return 32 - Math.clz32(n);
}

class Distribution {
  fast = Array.from({ length: 16 }, (_, i) => i * 2048);
  slow = [...this.fast];
  updates = 0;

  below(symbol: number): number {
    if (symbol === 0) return 0;
    return symbol === 16 ? TOTAL : Math.floor((this.fast[symbol] + this.slow[symbol] + 1) / 2);
  }

  learn(symbol: number, fastRate: number): void {
    const rate = bitsOf(this.updates + 1);
    const move = (half: number[], most: number): number[] =>
      half.map((at, i) => (i === 0 ? 0 : at + (((i <= symbol ? i : TOTAL - 16 + i) - at) >> Math.min(rate, most))));
    this.fast = move(this.fast, fastRate);
    this.slow = move(this.slow, 8);
    this.updates = Math.min(this.updates + 1, 255);
  }

  inherit(parent: Distribution): void {
    this.fast = [...parent.fast];
    this.slow = [...parent.slow];
    this.updates = Math.min(parent.updates, 4);
  }
}

/** Codes symbols either way: an encoder takes them, a decoder gives them. */
interface Coder {
  symbol(below: (symbol: number) => number, value: number): number;
  startRun(): void;
  endRun(): void;
}

class Encoder implements Coder {
  readonly runs: number[][] = [];
  #parts: [from: number, size: number][] = [];

  symbol(below: (symbol: number) => number, value: number): number {
    this.#parts.push([below(value), below(value + 1) - below(value)]);
    return value;
  }

  startRun(): void {
    this.#parts = [];
  }

  endRun(): void {
    const states = [2 ** 16, 2 ** 16];
    const words: number[] = [];
    for (let i = this.#parts.length - 1; i >= 0; i--) {
      const [from, size] = this.#parts[i];
      let x = states[i % 2];
      if (x >= size * 2 ** 17) {
        words.push(x % 2 ** 16);
        x = Math.floor(x / 2 ** 16);
      }
      states[i % 2] = Math.floor(x / size) * TOTAL + (x % size) + from;
    }
    const halves = [...states.flatMap((x) => [x % 2 ** 16, Math.floor(x / 2 ** 16)]), ...words.reverse()];
    this.runs.push(halves.flatMap((half) => [half & 255, half >> 8]));
  }
}

class Decoder implements Coder {
  readonly #bytes: Uint8Array;
  #at = 0;
  #states: number[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #word(): number {
    this.#at += 2;
    return this.#bytes[this.#at - 2] + 256 * this.#bytes[this.#at - 1];
  }

  startRun(): void {
    this.#states = [0, 1].map(() => this.#word() + this.#word() * 2 ** 16);
  }

  symbol(below: (symbol: number) => number): number {
    const [state, other] = this.#states;
    const number = state % TOTAL;
    let symbol = 0;
    while (below(symbol + 1) <= number) symbol++;
    const from = below(symbol);
    let x = (below(symbol + 1) - from) * Math.floor(state / TOTAL) + number - from;
    if (x < 2 ** 16) x = x * 2 ** 16 + this.#word();
    this.#states = [other, x];
    return symbol;
  }

  endRun(): void {
    if (this.#states.some((state) => state !== 2 ** 16)) throw new Error("a run ends with other states");
  }
}

/** Codes tokens either way, and puts together what they make. */
class Model {
  readonly #distributions = new Map<string, Distribution>();
  readonly #coder: Coder;
  readonly #parameters: Parameters;
  readonly #distances = [1, 1, 1, 1];
  readonly content: number[] = [];
  #kinds = "LLL";

  constructor(coder: Coder, parameters: Parameters) {
    this.#coder = coder;
    this.#parameters = parameters;
  }

  #of(context: string): Distribution {
    const known = this.#distributions.get(context) ?? new Distribution();
    this.#distributions.set(context, known);
    return known;
  }

  #symbol(context: string, value: number, parentContext?: string, second?: readonly [string, string]): number {
    const { fastRate } = this.#parameters;
    const distribution = this.#of(context);
    const parent = parentContext === undefined ? undefined : this.#of(parentContext);
    if (parent !== undefined && distribution.updates === 0) distribution.inherit(parent);
    const other = second && this.#of(second[0]);
    if (second && other?.updates === 0) other.inherit(this.#of(second[1]));
    const below = (symbol: number): number =>
      other === undefined
        ? distribution.below(symbol)
        : Math.floor((distribution.below(symbol) + other.below(symbol) + 1) / 2);
    // Before anything is learnt.
    const bounds = Array.from({ length: 17 }, (_, i) => below(i));
    const coded = this.#coder.symbol((symbol) => bounds[symbol], value);
    if (distribution.updates < 16) parent?.learn(coded, fastRate);
    distribution.learn(coded, fastRate);
    other?.learn(coded, fastRate);
    return coded;
  }

  #place(): number {
    return (this.#parameters.aligned ?? false) ? this.content.length & 3 : 0;
  }

  /** What a literal is coded under for the second time. */
  #second(): number | undefined {
    const { literalsBy } = this.#parameters;
    const [last, previous] = [this.#before(), this.content.at(-2) ?? 0];
    if (literalsBy === "pair") return (last * 2533 + previous * 891) % 2048;
    if (literalsBy === "rough-pair") return (last >> 5) * 256 + previous;
    return literalsBy && (this.content.at(-literalsBy) ?? 0) + 256 * this.#place();
  }

  #plain(count: number, value: number): number {
    let coded = 0;
    for (let left = count; left > 0;) {
      const bits = Math.min(left, 15);
      left -= bits;
      const part = Math.floor(value / 2 ** left) % 2 ** bits;
      coded = coded * 2 ** bits + this.#coder.symbol((symbol) => symbol * 2 ** (15 - bits), part);
    }
    return coded;
  }

  #before(): number {
    return this.content.at(-1) ?? 0;
  }

  #literal(byte: number): void {
    const mask = (0xff00 >> this.#parameters.literalBits) & 0xff;
    const before = (this.#before() & mask) | (this.#place() & ~mask);
    const number = this.#second();
    const there = this.#kinds.endsWith("L") ? undefined : (this.content.at(-this.#distances[0]) ?? 0);
    const upper =
      there === undefined
        ? this.#symbol(
            `upper ${before}`,
            byte >> 4,
            "upper",
            number === undefined ? undefined : [`u ${number}`, "upper"],
          )
        : this.#symbol(`upper behind ${there}`, byte >> 4, `upper behind, ${there >> 4}`);
    const second =
      number === undefined || there !== undefined ? undefined : ([`l ${number} ${upper}`, `lower, ${upper}`] as const);
    const lower =
      there !== undefined && upper === there >> 4
        ? this.#symbol(`lower behind ${there}`, byte & 15, `lower behind, ${there & 15}`)
        : this.#symbol(`lower ${before} ${upper}`, byte & 15, `lower, ${upper}`, second);
    this.content.push(upper * 16 + lower);
  }

  #length(kind: number, least: number, length: number): number {
    const n = this.#symbol(`length ${kind} ${this.#place()}`, Math.min(length - least, 15));
    if (n < 15) return least + n;
    const e = length - least - 14;
    let size = this.#symbol(`size ${kind}`, Math.min(bitsOf(e) - 1, 15));
    if (size === 15) size += this.#symbol(`more size ${kind}`, bitsOf(e) - 1 - 15);
    return least + 14 + 2 ** size + this.#plain(size, e % 2 ** size);
  }

  #distance(length: number, distance: number): number {
    const v = distance + 7;
    const bits = bitsOf(v) - 4;
    const high = this.#symbol(`high ${Math.min(length, 5)}`, bits >> 1);
    const low = this.#symbol(`low ${high}`, (bits & 1) * 8 + (Math.floor(v / 2 ** bits) % 8));
    const k = 2 * high + (low >> 3);
    let coded = 8 + (low & 7);
    if (k === 0) return coded - 7;
    if (k <= 4) return coded * 2 ** k + this.#symbol(`rest ${k} ${low & 7}`, v % 2 ** k) - 7;
    coded = coded * 2 ** (k - 4) + this.#plain(k - 4, Math.floor(v / 16) % 2 ** (k - 4));
    return coded * 16 + this.#symbol("last", v % 16) - 7;
  }

  /** @param token to be encoded */
  token(token?: Token): void {
    const side = this.#parameters.tokensBy === "place" ? this.content.length & 3 : this.#before() >> 6;
    const symbol = this.#symbol(`token ${this.#kinds} ${side}`, token === undefined ? 0 : symbolOf(token));
    if (symbol === 0) {
      this.#literal(token !== undefined && "literal" in token ? token.literal : 0);
      this.#kinds = `${this.#kinds.slice(1)}L`;
      return;
    }
    const length = token !== undefined && "length" in token ? token.length : 0;
    if (symbol === 1) {
      this.#copy(1);
      this.#kinds = `${this.#kinds.slice(1)}1`;
    } else if (symbol < 6) {
      const coded = this.#length(symbol === 2 ? 1 : 2, 2, length);
      this.#distances.unshift(...this.#distances.splice(symbol - 2, 1));
      this.#copy(coded);
      this.#kinds = `${this.#kinds.slice(1)}R`;
    } else {
      const coded = symbol === 15 ? this.#length(0, 11, length) : symbol - 4;
      const distance = this.#distance(coded, token !== undefined && "distance" in token ? token.distance : 0);
      this.#distances.unshift(distance);
      this.#distances.pop();
      this.#copy(coded);
      this.#kinds = `${this.#kinds.slice(1)}M`;
    }
  }

  #copy(length: number): void {
    // What makes no sense, because it goes beyond any block, need not be made.
    for (let i = 0; i < Math.min(length, MOST_COPIED); i++)
      this.content.push(this.content.at(-this.#distances[0]) ?? 0);
  }
}

function symbolOf(token: Token): number {
  if ("literal" in token) return 0;
  if ("repeat" in token) return token.length === 1 ? 1 : 2 + token.repeat;
  return Math.min(4 + token.length, 15);
}

/** What a payload stands for. */
export function decode(payload: Uint8Array, length: number, parameters: Parameters): Uint8Array {
  const coder = new Decoder(payload);
  const model = new Model(coder, parameters);
  while (model.content.length < length) {
    coder.startRun();
    const end = Math.min(length, (Math.floor(model.content.length / RUN) + 1) * RUN);
    while (model.content.length < end) model.token();
    coder.endRun();
  }
  return Uint8Array.from(model.content);
}

/** A payload of tokens, in one run, whether or not they make sense. */
export function encode(tokens: readonly Token[], parameters: Parameters): Uint8Array {
  const coder = new Encoder();
  const model = new Model(coder, parameters);
  coder.startRun();
  for (const token of tokens) model.token(token);
  coder.endRun();
  return Uint8Array.from(coder.runs.flat());
}
