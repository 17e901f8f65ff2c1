/** The network as plainly as can be: packages/priors/kernel/network.ts says what the numbers are. */

const CELLS = 128;
const SYMBOLS = 104;
const GATES = 3 * CELLS;
const [LINE_FEED, TAB, CONTROL, LATE] = [95, 96, 97, 98];

/** e^x as packages/predictors/kernel/math.ts has it. */
function exp(x: number): number {
  const y = x / 1024;
  let result = 1 + y * (1 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120)))));
  for (let i = 0; i < 10; i++) result *= result;
  return result;
}

const sigmoids = Array.from({ length: 4096 }, (_, i) => Math.trunc(16384 / (1 + exp((2048 - i) / 256)) + 0.5));
const tanhs = Array.from({ length: 8192 }, (_, i) => {
  const value = 65536 / (1 + exp((4096 - i) / 256)) - 32768;
  return Math.trunc(Math.max(-32767, Math.min(32767, value)));
});
const exps = Array.from({ length: 4096 }, (_, i) => Math.trunc(1048576 / exp(i / 256)) + 1);

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value));
const sigmoid = (sum: number): number => sigmoids[between(-2048, (sum + 4096) >> 13, 2047) + 2048];

function symbolOf(byte: number): number {
  if (byte >= 0x20 && byte < 0x7f) return byte - 0x20;
  if (byte === 0x0a) return LINE_FEED;
  if (byte === 0x09) return TAB;
  return byte < 0x80 ? CONTROL : LATE;
}

export class ReferenceNetwork {
  readonly #symbols: Int8Array;
  readonly #cells: Int8Array;
  readonly #output: Int8Array;
  readonly #constants: Int8Array;
  #state: readonly number[] = Array<number>(CELLS).fill(0);

  constructor(weights: Int8Array) {
    let at = 0;
    const next = (count: number): Int8Array => weights.subarray(at, (at += count));
    this.#symbols = next(SYMBOLS * GATES);
    this.#cells = next(GATES * CELLS);
    this.#output = next(SYMBOLS * CELLS);
    this.#constants = next(SYMBOLS);
    this.learn(0x0a);
  }

  learn(byte: number): void {
    const old = this.#state;
    const symbol = symbolOf(byte);
    const sums = product(this.#cells, old, GATES);
    const input = (gate: number): number => this.#symbols[symbol * GATES + gate];
    this.#state = old.map((value, i) => {
      const reset = sigmoid(sums[i] + input(i) * 65536);
      const update = sigmoid(sums[CELLS + i] + input(CELLS + i) * 65536);
      const inner = between(-60000, sums[2 * CELLS + i] >> 9, 60000);
      const sum = ((inner * reset) >> 14) + input(2 * CELLS + i) * 128;
      const candidate = tanhs[between(-4096, (sum + 4) >> 3, 4095) + 4096];
      return candidate + (((value - candidate) * update) >> 14);
    });
  }

  /** What is expected of each byte, in parts of the sum. */
  expected(): number[] {
    const logits = product(this.#output, this.#state, SYMBOLS).map((sum, i) => sum + this.#constants[i] * 131072);
    const most = Math.max(...logits);
    const chances = logits.map((logit) => exps[Math.min((most - logit) >> 12, 4095)]);
    const sharing = new Map([
      [CONTROL, 31],
      [LATE, 128],
    ]);
    return Array.from({ length: 256 }, (_, byte) => {
      const symbol = symbolOf(byte);
      return Math.max(1, Math.floor(chances[symbol] / (sharing.get(symbol) ?? 1)));
    });
  }
}

/** Rows of weights, times the state. */
function product(weights: Int8Array, state: readonly number[], rows: number): number[] {
  return Array.from({ length: rows }, (_, row) =>
    state.reduce((sum, value, i) => sum + value * weights[row * CELLS + i], 0),
  );
}
