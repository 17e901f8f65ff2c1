/** How fast letters are framed, decoded and corrected on one core, beside `zip -1` in the same rounds. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodePairs, encodePairs } from "@pith/pairs";
import { decodeFraming, encodeFraming } from "@pith/framing";
import { loadTrainedDecoder, TRAINED_DECODERS } from "@pith/statistics";
import { measure, type Machine } from "../measure/child.ts";
import type { SpeedResults } from "./results.ts";
import { PAIRS_DECODERS } from "./texts.ts";

/** Something that is timed. */
interface Runner {
  readonly name: string;
  /** @returns processor seconds */
  readonly run: () => Promise<number>;
}

/** What to measure. */
export interface SpeedRequest {
  readonly text: Uint8Array;
  readonly rounds: number;
  readonly folder: string;
  readonly machine: Machine;
  readonly onRun: (what: string) => void;
}

/** Runs everything once a round, after a first round that does not count. */
export async function measureSpeed(request: SpeedRequest): Promise<SpeedResults> {
  const { text, rounds, onRun } = request;
  const runners = [zip(request), ...(await decodingRunners(text)), ...(await methodRunners(text))];
  const seconds = runners.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { name, run }] of runners.entries()) {
      onRun(`round ${round} of ${rounds}: ${name}`);
      const time = await run();
      if (round > 0) seconds[i].push(time);
    }
  }
  const [reference, ...rows] = runners.map(({ name }, i) => ({ name, seconds: seconds[i] }));
  return { length: text.length, reference, rows };
}

function zip({ text, folder, machine }: SpeedRequest): Runner {
  const input = join(folder, "text");
  const output = join(folder, "text.zip");
  writeFileSync(input, text);
  return {
    name: "zip -1",
    async run() {
      // zip adds to an archive that is there.
      rmSync(output, { force: true });
      const { seconds, cpuSeconds } = await measure(
        { argv: ["zip", "-1", "-q", "-j", output, input] },
        output,
        machine,
      );
      return cpuSeconds ?? seconds;
    },
  };
}

async function decodingRunners(text: Uint8Array): Promise<Runner[]> {
  const runners = [inProcess("thesis framing, encode", () => encodeFraming(text))];
  for (const name of TRAINED_DECODERS) {
    const { codes, decoder } = await loadTrainedDecoder(name);
    const framed = encodeFraming(text, { table: codes });
    runners.push(inProcess(`thesis framing, decode, ${name}`, () => decoder.decode(decodeFraming(framed))));
  }
  return runners;
}

async function methodRunners(text: Uint8Array): Promise<Runner[]> {
  const runners: Runner[] = [];
  for (const name of TRAINED_DECODERS) {
    const decoder = PAIRS_DECODERS[name];
    const { stream } = await encodePairs(text, { decoder, threads: 0 });
    runners.push(
      inProcess(`in-stream with corrections, encode, ${name}`, () => encodePairs(text, { decoder, threads: 0 })),
      inProcess(`in-stream with corrections, decode, ${name}`, () => decodePairs(stream, { threads: 0 })),
    );
  }
  return runners;
}

function inProcess(name: string, task: () => unknown): Runner {
  return {
    name,
    async run() {
      const before = process.cpuUsage();
      await task();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    },
  };
}
