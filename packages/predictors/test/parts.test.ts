import { describe, expect, test } from "@jest/globals";
import { Apm } from "./reference/apm.ts";
import { EMPTY_HISTORY, type BitHistory } from "./reference/history.ts";
import { STRETCH_LIMIT, clampStretch, squash, stretch } from "./reference/logistic.ts";
import { Mixer } from "./reference/mixer.ts";
import { SlotTable } from "./reference/slots.ts";
import { Cell } from "./reference/state-map.ts";
import { Random } from "./support/random.ts";

// Properties of the model's parts, as the reference has them; that the kernel's are the same, other tests show.

describe("the logistic domain", () => {
  test("squash rises all the way, from below 0.04 % to above 99.96 %", () => {
    const all = Array.from({ length: 2 * STRETCH_LIMIT + 1 }, (_, i) => squash(i - STRETCH_LIMIT));
    expect([...all].sort((a, b) => a - b)).toEqual(all);
    expect(squash(-STRETCH_LIMIT)).toBeLessThan(26);
    expect(squash(0)).toBe(32768);
    expect(squash(STRETCH_LIMIT)).toBeGreaterThan(65536 - 26);
  });

  test("squash is the logistic function, rounded down to 16 bits", () => {
    for (let x = -STRETCH_LIMIT; x <= STRETCH_LIMIT; x++) {
      const exact = 65536 / (1 + Math.exp(-x / 256));
      expect(Math.abs(squash(x) - exact)).toBeLessThan(1.001);
    }
  });

  test("stretch takes the least that squash maps there", () => {
    for (let p12 = 2; p12 < 4094; p12++) {
      const x = stretch(p12) * 256;
      expect(squash(x) >> 4).toBeGreaterThanOrEqual(p12);
      expect(squash(x - 1) >> 4).toBeLessThan(p12);
    }
  });

  test("rounding keeps within the limit, and ties go to even", () => {
    expect([1e6, -1e4, 0.5 / 256, 1.5 / 256, -0.6 / 256].map((x) => clampStretch(x))).toEqual([2047, -2047, 0, 2, -1]);
  });
});

/** All histories that bits can lead to. */
function reachable(): BitHistory[] {
  const found = new Set([EMPTY_HISTORY]);
  for (const history of found) for (const bit of [0, 1]) found.add(history.after(bit));
  return [...found];
}

describe("bit histories", () => {
  test("number at most 256, so that one is a byte", () => {
    expect(reachable().length).toBeLessThanOrEqual(256);
    expect(reachable().length).toBeGreaterThan(100);
  });

  test("have counts of at most 48, and of 5 and 6 where both bits came often", () => {
    for (const { zeros, ones } of reachable()) {
      expect(Math.max(zeros, ones)).toBeLessThanOrEqual(48);
      if (zeros >= 5 && ones >= 5) expect(zeros + ones).toBeLessThanOrEqual(11);
    }
  });

  test("treat zeros and ones alike", () => {
    const mirrored = new Set(reachable().map(({ zeros, ones }) => `${ones} ${zeros}`));
    for (const { zeros, ones } of reachable()) expect(mirrored).toContain(`${zeros} ${ones}`);
  });

  test("tell all sequences of up to four bits apart", () => {
    const histories = new Set<BitHistory>();
    for (let sequence = 1; sequence < 32; sequence++) {
      let history = EMPTY_HISTORY;
      for (let i = 30 - Math.clz32(sequence); i >= 0; i--) history = history.after((sequence >> i) & 1);
      histories.add(history);
    }
    expect(histories.size).toBe(31);
  });

  test("count the bit that came up, never down, and forget the other one at most", () => {
    for (const history of reachable()) {
      for (const bit of [0, 1]) {
        const next = history.after(bit);
        const counts = ({ zeros, ones }: BitHistory) => (bit === 0 ? [zeros, ones] : [ones, zeros]);
        const [same, other] = counts(history);
        const [nextSame, nextOther] = counts(next);
        expect(nextSame === same + 1 || nextSame === same || nextSame === limitOf(nextOther)).toBe(true);
        expect(nextOther).toBeLessThanOrEqual(other);
      }
    }
  });

  test("that saw one bit alone all but promise it", () => {
    let history = EMPTY_HISTORY;
    for (let i = 0; i < 60; i++) history = history.after(1);
    expect(history.estimate).toBeGreaterThan(64000);
    expect(history.after(1)).toBe(history);
  });
});

/** Largest count beside so many of the other bit. */
function limitOf(other: number): number {
  return [48, 16, 10, 7, 6, 5][Math.min(other, 5)];
}

describe("an adaptive probability", () => {
  test.each([5, 30, 50, 95])("comes to a source of %i %% ones", (percent) => {
    const random = new Random(percent);
    const cell = new Cell(32768, 0);
    for (let i = 0; i < 4000; i++) cell.learn(random.chance(percent) ? 1 : 0, 1023);
    expect(Math.abs(cell.p12 / 4096 - percent / 100)).toBeLessThan(0.03);
  });

  test("stays within its bits, whatever comes", () => {
    for (const bit of [0, 1]) {
      const cell = new Cell(32768, 0);
      const seen = new Set<number>();
      for (let i = 0; i < 20_000; i++) {
        cell.learn(bit, 255);
        seen.add(cell.p12);
      }
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...seen)).toBeLessThan(4096);
      expect(cell.p12).toBe(bit * 4095);
    }
  });

  test("moves fast at first, slowly later", () => {
    const [fresh, old] = [new Cell(32768, 0), new Cell(32768, 1000)];
    fresh.learn(1, 1023);
    old.learn(1, 1023);
    expect(fresh.p12).toBeGreaterThan(3400);
    expect(old.p12).toBeLessThan(2052);
  });
});

describe("an adaptive probability map", () => {
  test("that has learnt nothing changes a probability by no more than its knots are coarse", () => {
    for (let x = -STRETCH_LIMIT; x <= STRETCH_LIMIT; x++) {
      expect(Math.abs(new Apm().refine(x, 7) - squash(x))).toBeLessThan(700);
    }
  });

  test("learns what really comes when the mixer says even", () => {
    const apm = new Apm();
    for (let i = 0; i < 500; i++) {
      apm.refine(0, 7);
      apm.learn(1);
    }
    expect(apm.refine(0, 7)).toBeGreaterThan(60_000);
    expect(apm.refine(0, 8)).toBe(32768);
    expect(apm.refine(-1500, 7)).toBeLessThan(400);
  });
});

test("the mixer comes to trust the input that is right", () => {
  const random = new Random(9);
  const mixer = new Mixer({
    sets: 2,
    finals: 1,
    rate: 14,
    rateStart: 500,
    rateHalfLife: 65536,
    finalRate: 10,
    fine: false,
  });
  const inputs = new Float32Array(8);
  let mixed = 0;
  let bit = 0;
  for (let i = 0; i < 3000; i++) {
    bit = random.below(2);
    inputs[0] = bit === 1 ? 2 : -2;
    inputs[1] = random.below(2) === 1 ? 2 : -2;
    mixed = mixer.mix(inputs, 0, [0, i % 5], [0]);
    mixer.learn(inputs, bit);
  }
  expect(mixed * (bit === 1 ? 1 : -1)).toBeGreaterThan(1000);
});

describe("a table of slots", () => {
  test("finds what it holds, and nothing by looking alone", () => {
    const table = new SlotTable(12, 4);
    table.peek(0x12345678).run = 1;
    expect(table.peek(0x12345678).run).toBe(0);
    const slot = table.find(0x12345678);
    expect(table.find(0x12345678)).toBe(slot);
    expect(table.peek(0x12345678)).toBe(slot);
  });

  test("gives up the least seen of three neighbours", () => {
    const table = new SlotTable(12, 4);
    const slots = [1, 2, 3].map((check) => {
      const slot = table.find(check);
      for (let seen = 0; seen < 9 - check; seen++) slot.histories[0] = slot.histories[0].after(0);
      return slot;
    });
    expect(new Set(slots).size).toBe(3);
    expect(table.find(4)).toBe(slots[2]);
    expect(table.find(4).histories[0]).toBe(EMPTY_HISTORY);
    expect(table.find(1)).toBe(slots[0]);
  });
});
