/** Trains the paper's static network as section 3.5 says. */
import { StaticNetwork, type StaticShape } from "./network.ts";

/** Of what is not tested, the last tenth validates. */
const VALIDATION = 0.1;

/** Which bytes of a text do what. */
export interface Split {
  readonly training: Uint8Array;
  readonly validation: Uint8Array;
}

/** One pass over the training windows, in bits a symbol. */
export interface Epoch {
  /** Each symbol before it was learnt. */
  readonly training: number;
  readonly validation: number;
}

export interface Trained {
  /** Those that predict the validation best. */
  readonly weights: Float32Array<ArrayBuffer>;
  readonly epochs: readonly Epoch[];
}

/**
 * The split of section 3.5: so many bytes are for the test, nine tenths of the others to learn, a tenth to validate.
 *
 * @param tested bytes at the beginning
 */
export function split(text: Uint8Array, tested: number): Split {
  const others = text.subarray(tested);
  const learnt = Math.round(others.length * (1 - VALIDATION));
  return { training: others.subarray(0, learnt), validation: others.subarray(learnt) };
}

/** Where windows of a text begin, every so many symbols. */
export function windowsOf(text: Uint8Array, length: number, stride: number): Uint32Array {
  const count = Math.max(0, Math.floor((text.length - length - 1) / stride) + 1);
  return Uint32Array.from({ length: count }, (_, i) => i * stride);
}

/**
 * @param stride symbols from the begin of one window to that of the next
 * @param onShare told now and then the share of the whole that is done, and the cost of the present epoch so far
 */
export function trainStatic(
  shape: StaticShape,
  { training, validation }: Split,
  { epochs, stride, onShare }: { epochs: number; stride: number; onShare: (share: number, bits: number) => void },
): Trained {
  const network = new StaticNetwork(shape);
  const windows = windowsOf(training, shape.length, stride);
  const checks = windowsOf(validation, shape.length, shape.length);
  if (windows.length === 0 || checks.length === 0) {
    throw new RangeError(`text: expected more than ${shape.length} symbols to learn and to validate, got fewer`);
  }
  const done: Epoch[] = [];
  let weights = network.weights();
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(windows, epoch);
    let bits = 0;
    for (let at = 0; at < windows.length; at += shape.windows) {
      const batch = windows.subarray(at, at + shape.windows);
      bits += network.learn(training, batch) * batch.length;
      const share = (at + batch.length) / windows.length;
      onShare((epoch + share) / epochs, bits / (at + batch.length));
    }
    const own = { training: bits / windows.length, validation: network.cost(validation, checks) };
    if (done.every(({ validation: earlier }) => own.validation < earlier)) weights = network.weights();
    done.push(own);
  }
  return { weights, epochs: done };
}

/** In place, the same for the same seed. */
function shuffle(numbers: Uint32Array, seed: number): void {
  let state = Math.imul(seed + 1, 0x9e3779b9) | 1;
  for (let i = numbers.length - 1; i > 0; i--) {
    // xorshift32.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
  }
}
