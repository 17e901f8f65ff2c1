import { describe, expect, jest, test } from "@jest/globals";
import { PithError, type Progress } from "@pith/core";
import * as built from "@pith/analyzer";
import { analyzeStream, createAnalyzer } from "../src/index.ts";
import { startStatistics } from "../src/stream/statistics-task.ts";
import { cut, generated } from "./support/content.ts";

const content = generated("text", 2_500_000);
const chunks = cut(content, [0, 1, 999, 65_536, 1_500_000, 3]);

function expectedAnalysis() {
  const analyzer = createAnalyzer();
  analyzer.push(content);
  return analyzer.finish();
}

/** What a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (error: unknown) => error,
  );
}

describe("the analysis of a stream", () => {
  const expected = expectedAnalysis();

  // As it is published, since a worker is a file of its own.
  test("is, with a worker, that of one thread", async () => {
    expect(await built.analyzeStream(chunks, { threads: 2 })).toEqual(expected);
  });

  test("is the same on one thread, and where no worker can start", async () => {
    expect(await analyzeStream(chunks, { threads: 1 })).toEqual(expected);
    // Beside the sources there is no analysis-worker.js.
    expect(await analyzeStream(chunks, { threads: 2 })).toEqual(expected);
  });

  test("takes asynchronous sources, of web streams too", async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    expect(await analyzeStream(stream as unknown as AsyncIterable<Uint8Array>, { threads: 1 })).toEqual(expected);
  });

  test("tells how far it is, and ends with all", async () => {
    const told: Progress[] = [];
    await analyzeStream(chunks, { threads: 1, size: content.length, onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({ done: content.length, total: content.length });
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b));
    expect(told.length).toBeGreaterThan(2);
  });

  test("stops when the signal says so", async () => {
    const reason = new Error("enough");
    expect(await rejection(analyzeStream(chunks, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const controller = new AbortController();
    const onProgress = jest.fn(() => controller.abort(reason));
    expect(await rejection(built.analyzeStream(chunks, { signal: controller.signal, onProgress }))).toBe(reason);
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  test("fails with what the source fails with", async () => {
    const failure = new Error("unreadable");
    const source = (function* () {
      yield chunks[2];
      throw failure;
    })();
    expect(await rejection(built.analyzeStream(source))).toBe(failure);
  });

  test.each([
    ["grew", 2_000_000, "trailing-data", 2_000_000],
    ["shrank", 3_000_000, "truncated", 2_500_000],
  ])("fails if the file %s while it was read", async (_, size, code, offset) => {
    const error = await rejection(analyzeStream([content], { size, threads: 1 }));
    expect(error).toBeInstanceOf(PithError);
    expect(error).toMatchObject({ code, offset, expected: size, got: content.length });
  });

  test("fails for less than a block, with a worker too", async () => {
    for (const size of [0, 999]) {
      for (const analyse of [analyzeStream, built.analyzeStream]) {
        expect(await rejection(analyse([content.subarray(0, size)]))).toMatchObject({
          code: "truncated",
          offset: size,
          expected: 1000,
          got: size,
        });
      }
    }
  });

  test("refuses options out of range", async () => {
    expect(await rejection(analyzeStream(chunks, { threads: 3 as 2 }))).toBeInstanceOf(RangeError);
    expect(await rejection(analyzeStream(chunks, { blockSize: 999 }))).toBeInstanceOf(RangeError);
  });
});

test("buffers that were given away are used again", async () => {
  const task = await startStatistics(2 ** 12, false);
  const first = await task.buffer(1000);
  task.push(first.subarray(0, 500));
  expect((await task.buffer(1000)).buffer).toBe(first.buffer);
  await task.close();
});
