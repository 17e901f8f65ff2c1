import type { DecompressOptions } from "@pith/codec";

import { Failure } from "../../errors.ts";
import { decompressedName } from "../../files/names.ts";
import type { Source } from "../../files/source.ts";
import type { Target } from "../../files/target.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Session } from "../../session.ts";
import { readHead, SMALL, transfer } from "../../transfer.ts";
import { contentLengthOf } from "./content-length.ts";
import { codeOne, goesToStandardOutput, refuseTyping, sourcesOf } from "../shared/coding.ts";
import { readPackedNetworks } from "../shared/networks.ts";
import type { CodingSettings } from "./settings.ts";

export async function run(session: Session<CodingSettings>): Promise<void> {
  const sources = sourcesOf(session);
  refuseTyping(session, sources);
  session.dataOnStandardOutput = sources.some((source) => goesToStandardOutput(session, source));
  const code = session.settings.range === undefined ? decompressTo : decompressRangeTo;
  const networks = await readPackedNetworks(session.settings.networks);
  await session.forEach(sources, (path) =>
    codeOne(session, path, {
      content: "target",
      name: decompressedName,
      code: (source, target) => code(session, source, target, networks),
    }),
  );
}

async function decompressTo(
  session: Session<CodingSettings>,
  source: Source,
  target: Target,
  networks: readonly Uint8Array[],
): Promise<void> {
  const { decompress, DecompressStream } = await import("@pith/codec");
  const head = await readHead(source.chunks());
  const { memoryLimit, workerThreads: threads } = session.settings;
  if (head.whole !== undefined && (await isSmall(head.whole))) {
    await target.write(await decompress(head.whole, { memoryLimit, networks, threads: 0 }));
    return;
  }
  const bar = showProgress(session, displayName(source.path), await contentLengthOf(session, source));
  const options: DecompressOptions = { threads, memoryLimit, networks, onProgress: ({ done }) => bar.update(done) };
  try {
    await transfer(head.chunks, new DecompressStream(options), (chunk) => target.write(chunk));
  } finally {
    bar.stop();
  }
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
  networks: readonly Uint8Array[],
): Promise<void> {
  const { decompressRange, info } = await import("@pith/codec");
  const { threads, memoryLimit, range } = session.settings;
  const file = source.randomAccess();
  const { contentLength, frames } = await info(file);
  const start = range?.start ?? 0;
  const end = range?.end ?? contentLength;
  if (start > contentLength || end > contentLength) {
    throw new Failure(
      `--range: expected START and END from 0 to ${contentLength}, the length of the content, got ${start}:${end}`,
    );
  }
  const edges = frames.flatMap(({ blocks }) => blocks.map((block) => block.contentOffset + block.contentLength));
  const inside = edges.filter((edge) => edge > start && edge < end);
  const cuts = [...inside.filter((_, i) => i % threads === threads - 1), end];
  let from = start;
  for (const to of cuts) {
    await target.write(
      await decompressRange(file, from, to, { threads: session.settings.workerThreads, memoryLimit, networks }),
    );
    from = to;
  }
}
