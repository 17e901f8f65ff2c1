import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { Pace } from "@pith/core/steps";

describe("slices of work", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Lengths of the slices of work that takes so many milliseconds for each unit. */
  function slices(total: number, perUnit: (done: number) => number, pace = new Pace(4, 64)): number[] {
    const lengths: number[] = [];
    for (let done = 0; done < total;) {
      const slice = pace.slice(total - done, (length) => jest.advanceTimersByTime(length * perUnit(done)));
      lengths.push(slice);
      done += slice;
    }
    return lengths;
  }

  test("get longer while they take less than two milliseconds, up to the most that they may have", () => {
    expect(slices(300, () => 0)).toEqual([4, 8, 16, 32, 64, 64, 64, 48]);
  });

  test("get shorter while they take more than four milliseconds, down to one unit", () => {
    expect(slices(12, () => 10)).toEqual([4, 2, 1, 1, 1, 1, 1, 1]);
  });

  test("keep their length in between", () => {
    expect(slices(20, () => 0.75)).toEqual([4, 4, 4, 4, 4]);
  });

  test("follow work that becomes slower", () => {
    expect(slices(60, (done) => (done < 28 ? 0 : 1))).toEqual([4, 8, 16, 32]);
    expect(slices(90, (done) => (done < 28 ? 0 : 1)).slice(4)).toEqual([16, 8, 4, 2]);
  });

  test("are never longer than what there is to do", () => {
    expect(slices(3, () => 0, new Pace(100, 1000))).toEqual([3]);
    expect(slices(3, () => 0, new Pace(100, 2))).toEqual([2, 1]);
  });
});
