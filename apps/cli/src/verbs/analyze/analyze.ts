import { stat } from "node:fs/promises";

import type { Analysis, PithFigure, Report, SafetensorsAnalysis } from "@pith/analyzer";
import { PithError } from "@pith/core";

import { asker } from "../../ask.ts";
import { BadFile, Skipped, UsageError } from "../../errors.ts";
import { Source } from "../../files/source.ts";
import { systemPath } from "../../files/system-path.ts";
import { openTarget } from "../../files/target.ts";
import { encode, formatDuration, formatRate } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import type { AnalyzeSettings } from "./settings.ts";
import { compressSample, Sampler, type Sample } from "./sample.ts";
import { warningOf } from "./weights.ts";
import { refuseTyping } from "../shared/sources.ts";

const TOO_SHORT = "choose a smaller --block-size, down to 100; a file below that has no patterns of three sizes";
const CHANGED = "wait until nobody writes it any more, or analyse a copy";

export async function run(session: Session<AnalyzeSettings>): Promise<void> {
  const { settings, operands } = session;
  if (settings.refutedSize !== undefined || settings.largestRow !== undefined) {
    await runWithoutFiles(session);
    return;
  }
  const sources = operands.length === 0 ? ["-"] : operands;
  if (settings.html !== undefined && sources.length > 1) {
    throw new UsageError(`--html: expected one file, got ${sources.length}`);
  }
  if (operands.length === 0) refuseTyping();
  if (settings.tensors) {
    await (await import("./tensors.ts")).run(session, sources);
    return;
  }
  session.dataOnStandardOutput = settings.html === "-";
  await session.forEach(sources, (path) => analyzeOne(session, path));
}

/** What needs no files: it makes its own data. */
async function runWithoutFiles(session: Session<AnalyzeSettings>): Promise<void> {
  const { largestRow } = session.settings;
  if (session.operands.length > 0) {
    throw new UsageError(`--refute and --table: expected no FILE, got ${session.operands[0]}`);
  }
  if (largestRow === undefined) await (await import("./refute.ts")).run(session);
  else await (await import("./table.ts")).run(session, largestRow);
}

async function analyzeOne(session: Session<AnalyzeSettings>, path: string): Promise<Facts> {
  const { settings } = session;
  const started = performance.now();
  const read = await readSource(session, path);
  const pith = read.sample === undefined ? null : await compressSample(session, displayName(path), read.sample);
  const report: Report = {
    name: displayName(path),
    analysis: withPith(read.analysis, pith),
    pith,
    safetensors: read.safetensors,
  };
  await show(session, path, report);
  const seconds = (performance.now() - started) / 1000;
  const { size } = read.analysis;
  session.note(
    `${displayName(path)}: analysed in ${formatDuration(read.seconds)}, ${formatRate(size, read.seconds)}` +
      (pith === null ? "" : `; ${formatDuration(seconds - read.seconds)} with the compression`),
  );
  return {
    contentLength: size,
    ...(settings.html !== undefined && { output: settings.html }),
    seconds,
    analysis: report.analysis,
    pith,
    safetensors: report.safetensors,
  };
}

/** An analysis has room for what all of the content came to; what a sample came to is beside it. */
function withPith(analysis: Analysis, pith: PithFigure | null): Analysis {
  if (pith?.contentLength !== analysis.size) return analysis;
  const { size, level } = pith;
  return { ...analysis, achievable: { ...analysis.achievable, pith: { size, level } } };
}

/** What one pass over a source gives. */
interface Read {
  readonly analysis: Analysis;
  readonly safetensors: SafetensorsAnalysis | null;
  /** To compress; undefined if nothing is to be. */
  readonly sample: Sample | undefined;
  readonly seconds: number;
}

async function readSource(session: Session<AnalyzeSettings>, path: string): Promise<Read> {
  const { analyzeStream, SafetensorsWatcher } = await import("@pith/analyzer");
  const { patternSize: blockSize, signature, region, memoryLimit, sampleSize } = session.settings;
  await refuseFolder(path);
  const source = await Source.open(path, { streams: true });
  const bar = showProgress(session, displayName(path), source.size);
  try {
    const started = performance.now();
    const sampler = new Sampler(sampleSize, source.size);
    const weights = new SafetensorsWatcher(path, source.size);
    const chunks = async function* (): AsyncGenerator<Uint8Array, void> {
      for await (const chunk of source.chunks()) {
        sampler.push(chunk);
        weights.push(chunk);
        warningOf(weights);
        bar.update(source.bytesRead);
        yield chunk;
      }
    };
    // Standard input may have been read in part before it came here.
    const size = path === "-" ? undefined : source.size;
    const options = { blockSize, signature, region, memoryLimit, size };
    const analysis = await analyzeStream(chunks(), options).catch((error: unknown) => {
      if (!(error instanceof PithError)) throw error;
      throw new BadFile(error, source.bytesRead < blockSize ? TOO_SHORT : CHANGED);
    });
    const safetensors = weights.finish() ?? null;
    const warning = warningOf(weights);
    if (warning !== undefined) session.warn(path, warning);
    const change = await source.change();
    if (change !== undefined) session.warn(path, change);
    return { analysis, safetensors, sample: sampler.take(), seconds: (performance.now() - started) / 1000 };
  } finally {
    bar.stop();
    await source.close();
  }
}

async function refuseFolder(path: string): Promise<void> {
  if (path !== "-" && (await stat(systemPath(path))).isDirectory()) {
    throw new Skipped("is a directory; name the files in it, or pack it: tar -c FOLDER | pith analyze");
  }
}

/** Gives the report out as it was asked for; JSON comes at the end, of all files together. */
async function show(session: Session<AnalyzeSettings>, path: string, report: Report): Promise<void> {
  const { html, force, quiet, verbose, json } = session.settings;
  const { renderHtml, renderText } = await import("@pith/analyzer");
  if (html !== undefined) {
    const target = await openTarget(html, {
      force,
      transient: true,
      mode: 0o666,
      source: path === "-" ? undefined : await stat(systemPath(path), { bigint: true }),
      ask: path === "-" ? undefined : asker(quiet),
    });
    try {
      await target.write(encode(renderHtml(report)));
      await target.commit(undefined);
    } finally {
      target.discard();
    }
  } else if (!json) {
    await session.print(renderText(report, { width: process.stdout.columns, full: verbose }));
  }
}
