import type { DecompressOptions } from "@pith/codec";

import { PithError } from "@pith/core";

import { Failure } from "../../errors.ts";
import { namingFormat } from "../../files/formats.ts";
import { decompressedName, isCompressedName } from "../../files/names.ts";
import type { Source } from "../../files/source.ts";
import type { Target } from "../../files/target.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Session } from "../../session.ts";
import { readHead, SMALL, transfer } from "../../transfer.ts";
import { contentLengthOf } from "./content-length.ts";
import { codeOne, planWork } from "../shared/coding.ts";
import { forEachSource } from "../shared/sources.ts";
import { priorsToDecompress } from "../shared/prior.ts";
import { priorsBeside, type ReferenceMeans, withReferenceFile } from "../shared/reference.ts";
import { readPackedNetworks } from "../shared/networks.ts";
import { Summary } from "../shared/summary.ts";
import type { CodingSettings } from "./settings.ts";

/** What decoding has beside the file. */
type Means = Required<Pick<DecompressOptions, "networks" | "reference" | "prior">>;

export async function run(session: Session<CodingSettings>): Promise<void> {
  const { references, memoryLimit } = session.settings;
  await withReferenceFile(references, memoryLimit, (means) => decompressAll(session, means));
}

async function decompressAll(session: Session<CodingSettings>, { reference, patched }: ReferenceMeans): Promise<void> {
  const { settings } = session;
  const work = await planWork(session, isCompressedName(settings.suffix));
  const code = settings.range === undefined ? decompressTo : decompressRangeTo;
  const means: Means = {
    networks: await readPackedNetworks(settings.networks),
    reference,
    prior: priorsBeside(patched, await priorsToDecompress(settings.prior)),
  };
  const summary = new Summary();
  await forEachSource(session, work.sources, (named) =>
    codeOne(session, work, named, {
      content: "target",
      summary,
      name: (source) => decompressedName(source, settings.suffix),
      code: (source, target) => namingFormat(source, () => code(session, source, target, means)),
    }),
  );
  summary.print(session);
}

/** Milliseconds that a pipe has for what belongs to a short file: what comes later may be of a log that is still written. */
const PATIENCE = 100;

async function decompressTo(
  session: Session<CodingSettings>,
  source: Source,
  target: Target,
  means: Means,
): Promise<void> {
  const { decompress, DecompressStream } = await import("@pith/codec");
  const head = await readHead(source.chunks(), source.size === undefined ? PATIENCE : undefined);
  if (session.settings.force && target.path === "-" && (await isForeign(head.start))) {
    for await (const chunk of head.chunks) await target.write(chunk);
    return;
  }
  const { memoryLimit, maxLength, workerThreads: threads } = session.settings;
  if (head.whole !== undefined && (await isSmall(head.whole))) {
    await target.write(await decompress(head.whole, { memoryLimit, maxLength, ...means, threads: 0 }));
    return;
  }
  const bar = showProgress(session, displayName(source.path), await contentLengthOf(session, source));
  const onProgress = ({ done }: { done: number }): void => bar.update(done);
  const options: DecompressOptions = { threads, memoryLimit, maxLength, ...means, onProgress };
  try {
    await transfer(head.chunks, new DecompressStream(options), (chunk) => target.write(chunk));
  } finally {
    bar.stop();
  }
}

/** Whether content is no `.pith` file at all, by its start: with -dcf it is given out as it is, as gzip and its kin do. */
async function isForeign(start: Uint8Array): Promise<boolean> {
  if (start.length === 0) return true;
  const { decompress } = await import("@pith/codec");
  // Of a file of ours, two bytes are too few; of another, they are enough to say so.
  const problem: unknown = await decompress(start.subarray(0, 2), { threads: 0 }).catch((error: unknown) => error);
  return problem instanceof PithError && problem.code === "not-pith";
}

/** Whether a file is decoded at once. Several blocks are not: those before a damaged one are to come out. */
async function isSmall(file: Uint8Array): Promise<boolean> {
  const { info } = await import("@pith/codec");
  try {
    const { contentLength, frames } = await info(file);
    return contentLength <= SMALL && frames.length === 1 && frames[0].blocks.length === 1;
  } catch {
    return false; // Damaged: the decoder says so, after the blocks before that place.
  }
}

/** Decodes the blocks in which the range lies, as many at once as there are threads, and keeps no more than those. */
async function decompressRangeTo(
  session: Session<CodingSettings>,
  source: Source,
  target: Target,
  means: Means,
): Promise<void> {
  const { openFile } = await import("@pith/codec");
  const { threads, memoryLimit, maxLength, range } = session.settings;
  const file = await openFile(source.randomAccess());
  const { contentLength } = file;
  const start = range?.start ?? 0;
  const end = range?.end ?? contentLength;
  if (start > contentLength || end > contentLength) {
    throw new Failure(
      `--range: expected START and END from 0 to ${contentLength}, the length of the content, got ${start}:${end}`,
    );
  }
  if (maxLength !== undefined && end - start > maxLength) {
    throw new Failure(`--range: expected at most ${maxLength} bytes, as --max-output says, got ${end - start}`);
  }
  const inside = file.blockEnds.filter((edge) => edge > start && edge < end);
  const cuts = [...inside.filter((_, i) => i % threads === threads - 1), end];
  let from = start;
  for (const to of cuts) {
    const options = { threads: session.settings.workerThreads, memoryLimit, ...means };
    await target.write(await file.range(from, to, options));
    from = to;
  }
}
