import type { CompressOptions, PriorCoder, RandomAccessSource, RepeatSample } from "@pith/codec";
import { PithError } from "@pith/core";

import { Skipped, UsageError } from "../../errors.ts";
import { formatOf } from "../../files/formats.ts";
import { compressedName, isCompressedName } from "../../files/names.ts";
import { Source } from "../../files/source.ts";
import { refuseTerminal, type Target } from "../../files/target.ts";
import { formatBytes } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Session } from "../../session.ts";
import { flushing, readHead, transfer } from "../../transfer.ts";
import { codeOne, goesToStandardOutput, planWork } from "../shared/coding.ts";
import { forEachSource } from "../shared/sources.ts";
import { priorToCompress } from "../shared/prior.ts";
import { type ReferenceMeans, withReferenceFile } from "../shared/reference.ts";
import { readPackedNetworks } from "../shared/networks.ts";
import { Summary } from "../shared/summary.ts";
import { isArchive, packFolders } from "./pack.ts";
import { compressOptions } from "./codec-options.ts";
import { lessThanAsked } from "./memory-fit.ts";
import { DEFAULTS } from "./options.ts";
import type { CodingSettings } from "./settings.ts";

/** What coding has beside the file, where there is any. */
interface Means {
  readonly networks: readonly Uint8Array[];
  /** What is coded is the difference to it. */
  readonly reference: RandomAccessSource | undefined;
  readonly prior: PriorCoder | undefined;
}

export async function run(session: Session<CodingSettings>): Promise<void> {
  const { settings } = session;
  if (settings.networks.length > 1) {
    throw new UsageError(`--network: expected one file to compress with, got ${settings.networks.length}`);
  }
  if (settings.prior !== DEFAULTS.prior && settings.method !== DEFAULTS.method) {
    throw new UsageError(`--prior: expected no --method beside it, got ${settings.method}`);
  }
  if (await isArchive(session)) {
    if (settings.prior !== DEFAULTS.prior) throw new UsageError("--prior: expected files, got what becomes an archive");
    await packFolders(session);
    return;
  }
  await withReferenceFile(settings.references, settings.memoryLimit, (means) => compressAll(session, means));
}

async function compressAll(session: Session<CodingSettings>, { reference, patched }: ReferenceMeans): Promise<void> {
  const { settings } = session;
  if (patched !== undefined && settings.prior !== DEFAULTS.prior) {
    throw new UsageError("--prior: expected no --reference beside it, got one");
  }
  const isCompressed = isCompressedName(settings.suffix);
  const work = await planWork(session, (name) => !isCompressed(name));
  const networks = await readPackedNetworks(settings.networks);
  const means: Means = { networks, reference, prior: patched ?? (await priorToCompress(settings.prior)) };
  const summary = new Summary();
  await forEachSource(session, work.sources, async (named) => {
    if (goesToStandardOutput(session, named)) refuseTerminal(settings.force);
    return codeOne(session, work, named, {
      content: "source",
      summary,
      ...(settings.excludeCompressed && { refuse: refuseCompressed }),
      name: (source) => compressedName(source, settings),
      code: (source, target) => compressTo(session, source, target, means),
      check: (output) => check(session, named.path, output, means),
    });
  });
  summary.print(session);
}

/** @throws Skipped if a file is compressed already, of whatever format */
async function refuseCompressed(source: Source): Promise<void> {
  const format = formatOf(await source.beginning());
  if (format !== undefined) throw new Skipped(`is compressed already: ${format.name}`, { asked: true });
}

async function compressTo(
  session: Session<CodingSettings>,
  source: Source,
  target: Target,
  { networks, reference, prior }: Means,
): Promise<void> {
  const { compress, CompressStream } = await import("@pith/codec");
  const { flush } = session.settings;
  const head = await readHead(source.chunks(), flush === undefined ? undefined : 1000 * flush);
  const asked = await compressOptions(session, head.whole?.length ?? source.size, networks.at(0));
  let verified = 0;
  const onVerified = (length: number): void => void (verified += length);
  const options: CompressOptions = { ...asked, reference, prior, onVerified };
  const noteVerified = (): void => {
    if (verified > 0) session.note(`${displayName(source.path)}: ${formatBytes(verified)} decoded again, the same`);
  };
  if (head.whole !== undefined) {
    await target.write(await compress(head.whole, { ...options, threads: 0 }));
    noteVerified();
    await warnOfLess(session, source, head.whole.length, options);
    return;
  }
  const repeats = flush === undefined ? await lookForRepeats(session, source, options) : undefined;
  const bar = showProgress(session, displayName(source.path), source.size);
  let done = 0;
  let ratio: number | undefined;
  const onProgress = (progress: { done: number }): void => {
    done = progress.done;
    bar.update(done, ratio);
  };
  try {
    const stream = new CompressStream({ ...options, repeats, onProgress });
    const chunks = flush === undefined ? head.chunks : flushing(head.chunks, flush, () => stream.flush());
    await transfer(chunks, stream, async (chunk) => {
      await target.write(chunk);
      // Known now and then: output comes block by block.
      if (done > 0) ratio = target.bytesWritten / done;
    });
  } finally {
    bar.stop();
  }
  noteVerified();
  await warnOfLess(session, source, done, options);
}

/** A regular file is looked through beforehand, for what comes again further apart than a stream can hold back. */
async function lookForRepeats(
  session: Session<CodingSettings>,
  source: Source,
  options: CompressOptions,
): Promise<RepeatSample | undefined> {
  if (source.size === undefined) return undefined;
  const { sampleRepeats } = await import("@pith/codec");
  const bar = showProgress(session, `${displayName(source.path)}, looking for repeats`, source.size);
  try {
    return await sampleRepeats(source.randomAccess(), {
      ...options,
      onProgress: ({ done }) => bar.update(done),
    });
  } catch (error) {
    // The file has shrunk meanwhile. When it is read to its end, that is noticed and told.
    if (error instanceof PithError) return undefined;
    throw error;
  } finally {
    bar.stop();
  }
}

/** Decodes the output again, so that a source is deleted only once its content is known to come back. */
async function check(session: Session<CodingSettings>, path: string, output: string, means: Means): Promise<void> {
  const { verify } = await import("@pith/codec");
  const { memoryLimit, workerThreads: threads } = session.settings;
  const written = await Source.open(output, { streams: false });
  const file = written.randomAccess();
  const bar = showProgress(session, `checking ${path}`, undefined);
  try {
    await verify(file, { threads, memoryLimit, ...means, onProgress: ({ done }) => bar.update(done) });
  } finally {
    bar.stop();
    await written.close();
  }
}

/** Says so where memory did not suffice for what was asked. @param length bytes of content that came */
async function warnOfLess(
  session: Session<CodingSettings>,
  source: Source,
  length: number,
  options: CompressOptions,
): Promise<void> {
  const { level, memoryLimit, blockSize } = session.settings;
  const less = await lessThanAsked({ ...options, level, memoryLimit }, length, blockSize !== undefined);
  if (less !== undefined) session.warn(source.path, less);
}
