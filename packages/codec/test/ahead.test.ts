/** The network in a thread of its own makes the same bytes; without that thread, too. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { instantiateKernel } from "@pith/core";
import { ProgressMeter } from "@pith/core/steps";
import { nodeThreads, startNodeThread, type Executor } from "@pith/core/workers";
import { provideThread, runAhead } from "../src/methods/mix/ahead.ts";
import { encodeBest } from "../src/methods/mix/best.ts";
import { encodeMixed, type MixSettings } from "../src/methods/mix/kernel.ts";
import { MODELS } from "../src/methods/mix/models.ts";
import { drain } from "./helpers/steps.ts";
import { compressSettings, type CompressOptions } from "../src/plan/options.ts";
import { compressBlocks } from "../src/run/compress-blocks.ts";
import type { Task } from "../src/workers/tasks.ts";
import { noise, prose } from "./helpers/content.ts";

const WORKER = new URL("../dist/workers/worker.js", import.meta.url);
const MARKS = { every: 2048, reached: () => undefined };

function settingsOf(name: string, network?: Uint8Array): MixSettings {
  const model = MODELS.find((each) => each.name === name);
  if (model === undefined) throw new Error(`no model ${name}`);
  return { model, tableBits: 16, flags: 0, network };
}

describe("the network of a mix in a thread of its own", () => {
  const threads = nodeThreads();
  if (threads === undefined) throw new Error("these tests are for Node");
  let started = 0;

  beforeEach(() => {
    started = 0;
    provideThread((ahead) => {
      started++;
      return startNodeThread(threads, WORKER, { ahead });
    });
  });

  test("makes the same bytes, also beyond what it can be ahead", () => {
    const input = prose(18_000);
    const settings = settingsOf("text-best");
    const alone = drain(encodeMixed(input, settings, 0, MARKS));
    expect(drain(encodeMixed(input, settings, 0, MARKS, true))).toEqual(alone);
    expect(started).toBe(1);
  });

  test("may start from trained weights", () => {
    const input = prose(2_000);
    const kernel = instantiateKernel(settingsOf("text-max").model.kernel);
    const weights = Uint8Array.from({ length: kernel.networkLength() }, (_, i) => (i * 37) % 7);
    const settings = settingsOf("text-max", weights);
    const alone = drain(encodeMixed(input, settings, 0, MARKS));
    expect(drain(encodeMixed(input, settings, 0, MARKS, true))).toEqual(alone);
    expect(alone).not.toEqual(drain(encodeMixed(input, settingsOf("text-max"), 0, MARKS)));
    expect(started).toBe(1);
  });

  test("is not started for a model without one", () => {
    drain(encodeMixed(prose(500), settingsOf("text"), 0, MARKS, true));
    expect(started).toBe(0);
  });

  test("that is lost, or cannot be had, costs no byte", () => {
    const input = prose(2_000);
    const candidate = { settings: settingsOf("text-best"), memory: 0, headerLength: 2 };
    const alone = drain(encodeBest(input, candidate, []));
    provideThread((task) => {
      started++;
      runAhead({ ...task, module: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) });
      return () => undefined;
    });
    expect(drain(encodeBest(input, candidate, [], true))).toEqual(alone);
    expect(started).toBe(1);
    provideThread(() => {
      throw new Error("no more threads");
    });
    expect(drain(encodeBest(input, candidate, [], true))).toEqual(alone);
  });

  test("is there for a block that has the threads, or the memory, to itself", async () => {
    const isThere = async (blocks: number, options: CompressOptions): Promise<unknown[]> => {
      const seen: unknown[] = [];
      const executor: Executor<Task> = {
        run: (task) => {
          if (task.type === "encode") seen.push(task.settings.hasThread);
          return Promise.resolve(new Uint8Array(9));
        },
        close: () => Promise.resolve(),
      };
      const content = noise(500_000);
      const units = Array.from({ length: blocks }, (_, number) => ({ content, number, last: number === blocks - 1 }));
      const meter = new ProgressMeter(undefined, blocks * content.length);
      for await (const _ of compressBlocks(units, compressSettings({ level: 9, ...options }), { executor, meter }));
      return seen;
    };
    expect(await isThere(1, { threads: 1 })).toEqual([false]);
    expect(await isThere(1, { threads: 2 })).toEqual([true]);
    expect(await isThere(2, { threads: 2, memoryLimit: 2 ** 32 })).toEqual([false, false]);
    expect(await isThere(2, { threads: 2, memoryLimit: 2 ** 30 })).toEqual([true, true]);
    expect(await isThere(2, { threads: 1, memoryLimit: 2 ** 30 })).toEqual([false, false]);
  });
});
