import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { PithError } from "@pith/core";
import {
  createNeuralTrainer,
  packNeuralModel,
  type NeuralArchitecture,
  type NeuralModel,
  type NeuralTrainer,
} from "@pith/predictors";
import type { TrainingProgress, TrainingResult } from "@pith/training";

import { BadFile, EXIT, Failure, UsageError } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { formatBytes, formatDuration } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import { printError, type Session } from "../../session.ts";
import { writeOutput } from "../shared/output.ts";
import { SYMBOLS } from "../shared/networks.ts";
import { readCheckpointFile, readContent, readNetwork } from "./inputs.ts";
import type { TrainSettings } from "./settings.ts";

/** What TensorFlow.js's own layers make up. */
const LAYERED: readonly NeuralArchitecture[] = ["none", "residual", "rnn", "lstm"];

export async function run(session: Session<TrainSettings>): Promise<void> {
  const { settings } = session;
  const { output, from, exportTo } = settings;
  await checkOutput(session, output);
  const start = from === undefined ? undefined : await readNetwork(from);
  if (start !== undefined && start.options.alphabetSize !== SYMBOLS) {
    throw new Failure(`${from ?? ""}: expected a network of ${SYMBOLS} symbols, got ${start.options.alphabetSize}`);
  }
  const architecture = start?.options.architecture ?? settings.architecture;
  if (exportTo !== undefined && !LAYERED.includes(architecture)) {
    throw new UsageError(`--export-tensorflow: expected an architecture of ${LAYERED.join(", ")}, got ${architecture}`);
  }
  const symbols = await readAll(session);
  if (start === undefined && symbols.length === 0)
    throw new UsageError("train: expected a FILE that is not empty, got none");

  const result = symbols.length === 0 ? undefined : await train(session, symbols, start);
  const model = result?.model ?? start;
  if (model === undefined) throw new UsageError("train: expected FILE or --from, got neither");
  if (exportTo !== undefined) await exportModel(session, exportTo, model);
  const packed = packNeuralModel(model, { bits: settings.bits });
  await writeOutput(session, output, packed);
  await report(session, output, packed, model, result);
}

/** A training takes long: what stands in the way of its output is said before. */
async function checkOutput({ settings }: Session<TrainSettings>, path: string): Promise<void> {
  if (settings.force) return;
  const there = await stat(systemPath(path)).catch(() => undefined);
  if (there?.isFile() === true) {
    throw new Failure(`${path} exists already; overwrite it with -f, or write elsewhere with -o`);
  }
}

async function readAll(session: Session<TrainSettings>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  await session.forEach(session.operands, async (path) => {
    const content = await readContent(path);
    parts.push(content);
    return { bytes: content.length };
  });
  if (session.exitCode === EXIT.error) throw new Failure("nothing was trained, since not every file was read");
  return Buffer.concat(parts);
}

interface Outcome extends TrainingResult {
  readonly model: NeuralModel;
  readonly backend: string;
}

async function train(
  session: Session<TrainSettings>,
  symbols: Uint8Array,
  start: NeuralModel | undefined,
): Promise<Outcome> {
  const { epochs, validation, patience, seed, checkpoint, resume, quiet, json } = session.settings;
  const { trainNetwork } = await import("@pith/training");
  const { trainer, backend } = await makeTrainer(session, start);
  let progress: TrainingProgress | undefined;
  let bar = showProgress(session, "epoch 1", undefined);
  try {
    const result = await trainNetwork({
      trainer,
      symbols,
      epochs,
      validation,
      patience,
      seed,
      resume: resume && checkpoint !== undefined ? await readCheckpointFile(checkpoint) : undefined,
      onCheckpoint:
        checkpoint === undefined ? undefined : (bytes) => writeOutput(session, checkpoint, bytes, { replace: true }),
      onProgress(now) {
        if (now.epoch !== progress?.epoch) {
          bar.stop();
          bar = showProgress(session, `epoch ${now.epoch} of ${now.epochs}`, now.total / now.epochs);
        }
        progress = now;
        bar.update(now.done - ((now.epoch - 1) * now.total) / now.epochs);
      },
      onEpoch({ training, validation: held }, number) {
        bar.stop();
        if (quiet || json) return;
        const left = progress === undefined ? "" : `; ${formatDuration(progress.secondsLeft)} left`;
        const heldBack = held === undefined ? "" : `, ${held.toFixed(3)} of what is held back`;
        printError(`epoch ${number} of ${epochs}: ${training.toFixed(3)} bits a byte${heldBack}${left}`);
      },
    });
    return { ...result, model: { options: trainer.shape, weights: result.weights }, backend };
  } catch (error) {
    // The loss is no number any more: the message says which rate was to blame.
    if (error instanceof RangeError) throw new Failure(error.message);
    if (error instanceof PithError)
      throw new BadFile(error, "begin again without --resume, or name another --checkpoint");
    throw error;
  } finally {
    bar.stop();
  }
}

/** What computes, and in words what that is. */
async function makeTrainer(
  session: Session<TrainSettings>,
  start: NeuralModel | undefined,
): Promise<{ trainer: NeuralTrainer; backend: string }> {
  const { settings } = session;
  const { architecture, layers, hidden, context, chunk, rate, leastRate, decay } = settings;
  const shape = start?.options ?? { alphabetSize: SYMBOLS, architecture, layers, hidden, context, chunk };
  const options = { ...shape, rate, leastRate, decay, weights: start?.weights };
  if (settings.trainer === "own") return { trainer: createNeuralTrainer(options), backend: "own kernels" };
  const { createTensorFlowTrainer } = await import("@pith/training");
  const { trainer, backend, reason } = await createTensorFlowTrainer({ ...options, backend: settings.backend });
  if (!settings.quiet && !settings.json) printError(`TensorFlow.js computes on ${backend}: ${reason}`);
  return { trainer, backend: `TensorFlow.js on ${backend}` };
}

async function exportModel(session: Session<TrainSettings>, folder: string, model: NeuralModel): Promise<void> {
  const { toLayersModel } = await import("@pith/training");
  const files = await toLayersModel(model);
  await mkdir(folder, { recursive: true });
  for (const name of ["model.json", "weights.bin"] as const) {
    await writeOutput(session, join(folder, name), files[name]);
  }
}

async function report(
  session: Session<TrainSettings>,
  output: string,
  packed: Uint8Array,
  { options, weights }: NeuralModel,
  result: Outcome | undefined,
): Promise<void> {
  const { networkHash } = await import("@pith/codec");
  const hash = networkHash(packed);
  const { architecture, layers, hidden } = options;
  const best = result?.epochs[result.bestEpoch - 1];
  session.setResult({
    output,
    bytes: packed.length,
    hash,
    ...options,
    weights: weights.length,
    ...(result !== undefined && {
      backend: result.backend,
      epochs: result.epochs,
      bestEpoch: result.bestEpoch,
      end: result.end,
    }),
  });
  const cost =
    result === undefined || best === undefined
      ? ""
      : `; ${(best.validation ?? best.training).toFixed(3)} bits a byte${best.validation === undefined ? "" : " of what was held back"}, ` +
        `after ${result.bestEpoch} of ${result.epochs.length} epochs`;
  await session.print(
    `${output}: ${formatBytes(packed.length)}, hash ${hash}, ${architecture}, ${layers} × ${hidden} units, ${weights.length} weights${cost}\n`,
  );
}
