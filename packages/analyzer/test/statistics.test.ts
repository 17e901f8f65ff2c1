import { describe, expect, test } from "@jest/globals";
import { ByteCounter, WHOLE_CONTEXTS } from "../src/statistics/byte-counter.ts";
import { type ByteStatistics, byteStatistics } from "../src/statistics/byte-statistics.ts";
import {
  STRETCH,
  type Window,
  adaptiveBits,
  atLag,
  conditionalEntropy,
  contexts,
  stretches,
  windowOf,
} from "./reference/statistics.ts";
import { generated, nested } from "./support/content.ts";

const SLOTS = 2 ** 18;

function counted(content: Uint8Array, start = 0, slots = SLOTS): ByteCounter {
  const counter = new ByteCounter(slots, start);
  counter.push(content);
  counter.close();
  return counter;
}

const sources = [
  { name: "text", content: generated("text", 70_000) },
  { name: "structured records", content: generated("structured", 132_001) },
  { name: "random bytes", content: generated("random", 50_000) },
  { name: "weights", content: generated("weights", 66_000) },
  { name: "one byte", content: new Uint8Array(70_000).fill(200) },
  { name: "two bytes by turns", content: Uint8Array.from({ length: 5000 }, (_, i) => i & 1) },
  { name: "a thousand bytes", content: generated("text", 1000) },
];

describe.each(sources)("statistics of $name", ({ content }) => {
  const statistics = byteStatistics(counted(content));
  const windows = stretches(content);

  test("have the entropies of the plain reference", () => {
    statistics.entropy.forEach(({ order, bitsPerByte, exact, standardError, positions }) => {
      expect(bitsPerByte).toBeCloseTo(conditionalEntropy(contexts(windows, order)), 9);
      expect([exact, standardError]).toEqual([true, 0]);
      expect(positions).toBe(windows.reduce((sum, { bytes }) => sum + Math.max(0, bytes.length - order), 0));
    });
  });

  test("have the cost of a coder that learns as it goes", () => {
    statistics.adaptiveBits.forEach((bits, order) => {
      expect(bits).toBeCloseTo(adaptiveBits(windows, order), 6);
      expect(statistics.entropy[order].shortfall).toBeCloseTo(bits - statistics.entropy[order].bitsPerByte, 9);
    });
  });

  test("count the bytes", () => {
    const expected = new Array<number>(256).fill(0);
    for (const byte of content) expected[byte]++;
    expect(statistics.byteCounts).toEqual(expected);
  });

  test("have the entropy of each stretch of the file", () => {
    const { cellSize, bitsPerByte, exact } = statistics.profile;
    expect(exact).toBe(true);
    expect(bitsPerByte).toHaveLength(Math.ceil(content.length / cellSize));
    bitsPerByte.forEach((bits, cell) => {
      const bytes = content.subarray(cell * cellSize, (cell + 1) * cellSize);
      expect(bits).toBeCloseTo(conditionalEntropy(contexts([{ bytes, weight: 1 }], 0)), 9);
    });
  });

  test("have the autocorrelation of the plain reference at every lag", () => {
    const { product, match, exact, pairs } = statistics.autocorrelation;
    expect(exact).toBe(true);
    expect(product).toHaveLength(Math.min(1024, content.length - 1));
    expect(pairs).toBe(windows.reduce((sum, { bytes }) => sum + bytes.length - 1, 0));
    for (const lag of [1, 2, 3, 4, 5, 7, 8, 16, 100, 511, 997, 998, 999, 1000, 1021, 1022, 1023, 1024]) {
      if (lag >= content.length) continue;
      const expected = atLag(windows, lag);
      expect(product[lag - 1]).toBeCloseTo(expected.product, 9);
      expect(match[lag - 1]).toBeCloseTo(expected.match, 12);
    }
  });
});

test("peaks are where the data repeats, and nowhere in random data", () => {
  const records = generated("random", 100_000).map((byte, i) => (i % 37 === 0 ? 10 : byte));
  const { peaks } = byteStatistics(counted(records)).autocorrelation;
  expect(peaks.length).toBeGreaterThan(3);
  expect(peaks.filter(({ lag }) => lag % 37 === 0).length).toBeGreaterThan(3);
  expect(byteStatistics(counted(generated("random", 200_000))).autocorrelation.peaks.length).toBeLessThan(3);
  const [first] = byteStatistics(counted(nested(500, 300, 2))).autocorrelation.peaks;
  expect(first.lag % 5).toBe(0);
});

/** What the kernel counts of a long file, of which the reference sees only the part from `start` on. */
function sampled(content: Uint8Array, start: number, window: number, weight: number, every: number): Window[] {
  return stretches(content).flatMap(({ bytes }, i) => {
    const number = start / STRETCH + i;
    return number % every === 0 ? [windowOf(bytes, number, window, weight)] : [];
  });
}

describe("beyond what is counted as a whole", () => {
  const content = generated("text", 33 * STRETCH + 500);
  const start = WHOLE_CONTEXTS;
  const statistics = byteStatistics(counted(content, start));

  test("orders 0 and 1 are exact, orders 2 and 3 those of the windows", () => {
    const all = stretches(content);
    const windows = sampled(content, start, 1024, 64, 1);
    statistics.entropy.forEach(({ order, bitsPerByte }) => {
      expect(bitsPerByte).toBeCloseTo(conditionalEntropy(contexts(order < 2 ? all : windows, order)), 9);
    });
  });

  test("the autocorrelation is that of a window in every sixteenth stretch", () => {
    const windows = sampled(content, start, 4096, 256, 16);
    expect(windows).toHaveLength(3);
    for (const lag of [1, 9, 640, 1024]) {
      const expected = atLag(windows, lag);
      expect(statistics.autocorrelation.product[lag - 1]).toBeCloseTo(expected.product, 9);
      expect(statistics.autocorrelation.match[lag - 1]).toBeCloseTo(expected.match, 12);
    }
  });
});

describe("a file longer than what is counted as a whole", () => {
  const size = WHOLE_CONTEXTS + 160 * STRETCH + 4321;
  const content = generated("text", size);
  const statistics = byteStatistics(counted(content));

  test("says that orders 2 and 3 are sampled, and how well", () => {
    const whole = byteStatistics(counted(content.subarray(0, WHOLE_CONTEXTS)));
    expect(statistics.entropy.map(({ exact }) => exact)).toEqual([true, true, false, false]);
    expect(whole.entropy.map(({ exact }) => exact)).toEqual([true, true, true, true]);
    for (const order of [2, 3]) {
      const { bitsPerByte, standardError, positions } = statistics.entropy[order];
      expect(standardError).toBeGreaterThan(0);
      expect(standardError).toBeLessThan(0.05);
      expect(Math.abs(bitsPerByte - whole.entropy[order].bitsPerByte)).toBeLessThan(0.02);
      expect(positions).toBe(256 * (STRETCH - order) + 161 * (1024 - order));
    }
    expect(statistics.profile.exact).toBe(true);
    for (const bits of statistics.profile.bitsPerByte) expect(Math.abs(bits - 4.1)).toBeLessThan(0.3);
    const { exact, pairs } = statistics.autocorrelation;
    // 1 MiB as a whole, a window in each stretch up to 16 MiB, then in one of sixteen.
    expect([exact, pairs]).toEqual([false, 16 * (STRETCH - 1) + (240 + 10 + 1) * 4095]);
  });

  test("adds up from its parts, in any order", () => {
    const cuts = [0, 100 * STRETCH, 256 * STRETCH, 300 * STRETCH, size];
    const states = cuts.slice(1).map((end, i) => counted(content.subarray(cuts[i], end), cuts[i]).state());
    for (const order of [
      [0, 1, 2, 3],
      [2, 0, 3, 1],
    ]) {
      const merged = new ByteCounter(SLOTS);
      merged.close();
      for (const i of order) merged.merge(states[i]);
      expect(byteStatistics(merged)).toEqual(statistics);
    }
  });
});

describe("order 3 of more contexts than the table takes", () => {
  test.each(["text", "structured", "weights"] as const)("is estimated within what it says: %s", (kind) => {
    const content = generated(kind, 300_000);
    const truth = byteStatistics(counted(content, 0, 2 ** 21)).entropy[3];
    const { entropy, adaptiveBits: estimated } = byteStatistics(counted(content, 0, 2 ** 11));
    const { bitsPerByte, exact, standardError } = entropy[3];
    expect(truth.exact).toBe(true);
    expect([exact, standardError > 0]).toEqual([false, true]);
    expect(Math.abs(bitsPerByte - truth.bitsPerByte)).toBeLessThan(4 * standardError);
    expect(standardError).toBeLessThan(0.5);
    expect(Math.abs(estimated[3] - truth.bitsPerByte - truth.shortfall)).toBeLessThan(8 * standardError);
  });

  test("is the same for parts that are merged", () => {
    const content = generated("text", 5 * STRETCH);
    const parts = [content.subarray(0, 2 * STRETCH), content.subarray(2 * STRETCH)];
    const states = parts.map((part, i) => counted(part, 2 * i * STRETCH, 2 ** 10).state());
    const merged = new ByteCounter(2 ** 10);
    merged.close();
    for (const state of states.reverse()) merged.merge(state);
    expect(merged.quadrupleLevel).toBeGreaterThan(0);
    expect(byteStatistics(merged)).toEqual(byteStatistics(counted(content, 0, 2 ** 10)));
  });
});

test("counts of 2^32 and more are not lost", () => {
  const once = counted(new Uint8Array(STRETCH).fill(97)).state();
  const [triple, count] = once.triples;
  const many = { ...once, triples: Uint32Array.of(triple, 2 ** 32 - 1), pairs: once.pairs.map((n) => n * 1e5) };
  const counter = new ByteCounter(SLOTS);
  counter.close();
  for (let i = 0; i < 3; i++) counter.merge(many);
  expect([...counter.tripleCarries()]).toEqual([triple, triple]);
  expect(counter.triples()[triple]).toBe(2 ** 32 - 3);
  expect(count).toBe(STRETCH - 2);
  const { entropy } = byteStatistics(counter);
  expect(entropy.map(({ bitsPerByte }: ByteStatistics["entropy"][number]) => bitsPerByte)).toEqual([0, 0, 0, 0]);
});
