/** What predicting a byte takes, by each context-mixing model. */
import { createMixPredictor, MIX_MODELS, type MixModel, type MixPredictor } from "@pith/predictors";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  byteCount,
  integer,
  nameList,
  onlyPositional,
  parse,
  pathFromCaller,
  UsageError,
} from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say } from "../commands/workspace.ts";
import { hereAndNow } from "../measure/where.ts";
import { readInput } from "../neural/input.ts";
import { processorSeconds } from "../neural/processor-time.ts";
import { ROOT } from "../paths.ts";
import { toPage } from "./page.ts";
import type { Call, PredictorRow, PredictorsResults } from "./results.ts";

const NAME = "predictors";
/** Likeliest bytes that are asked for. */
const LIKELIEST = 6;

export const predictorsCommand: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Times what each context-mixing model takes to predict a byte of FILE and to learn it, and writes docs/results/${NAME}.{json,md}.

  --before BYTES   that are learnt first (default 25000)
  --first BYTES    behind them, that are timed (default 5000)
  --only LIST      of ${MIX_MODELS.join(", ")} (default all)
  --rounds N       that count, 1 to 100 (default 3)
  --out DIR        where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      before: { type: "string", default: "25000" },
      first: { type: "string", default: "5000" },
      only: { type: "string", default: MIX_MODELS.join(",") },
      rounds: { type: "string", default: "3" },
      out: { type: "string" },
    });
    const path = onlyPositional(positionals, "one file");
    const models = nameList("--only", values.only, MIX_MODELS) as MixModel[];
    const rounds = integer("--rounds", values.rounds, 1, 100);
    const before = byteCount("--before", values.before);
    const length = byteCount("--first", values.first);
    const { name, content } = readInput([path], String(before + length));
    if (content.length < before + length) {
      throw new UsageError(`${name}: expected ${before + length} bytes or more, got ${content.length}`);
    }
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const rows = models.map((model) => measure(model, content, before, rounds));
    endSaying();
    const results: PredictorsResults = { format: 1, ...hereAndNow(), file: name, before, length, rows };
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return Promise.resolve(0);
  },
};

/** Looking takes what looking and learning take together, less what learning takes alone. */
function measure(model: MixModel, content: Uint8Array, before: number, rounds: number): PredictorRow {
  const seconds: Record<Call, number[]> = { predict: [], place: [], update: [] };
  for (let round = 0; round <= rounds; round++) {
    say(`${model}, round ${round} of ${rounds}`);
    const learning = time(model, content, before, () => undefined);
    const probabilities = new Uint32Array(256);
    const likeliest = new Uint8Array(LIKELIEST);
    const predicting = time(model, content, before, (predictor) => predictor.predict(probabilities));
    const placing = time(model, content, before, (predictor, byte) => predictor.place(byte, likeliest, probabilities));
    if (round === 0) continue;
    seconds.update.push(learning);
    seconds.predict.push(Math.max(0, predicting - learning));
    seconds.place.push(Math.max(0, placing - learning));
  }
  return { model, seconds };
}

/** Seconds of the processor for what is done with each byte, and for learning it. */
function time(
  model: MixModel,
  content: Uint8Array,
  before: number,
  look: (predictor: MixPredictor, byte: number) => unknown,
): number {
  const predictor = createMixPredictor({ model, capacity: content.length });
  for (const byte of content.subarray(0, before)) predictor.update(byte);
  const started = processorSeconds();
  for (const byte of content.subarray(before)) {
    look(predictor, byte);
    predictor.update(byte);
  }
  return processorSeconds() - started;
}
