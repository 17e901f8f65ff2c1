import type { DecompressOptions } from "@pith/codec";

import { namingFormat } from "../../files/formats.ts";
import { isCompressedName } from "../../files/names.ts";
import { Source } from "../../files/source.ts";
import { formatBytes, formatRate } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import { transfer } from "../../transfer.ts";
import { contentLengthOf } from "./content-length.ts";
import { forEachSource, sourcesOf } from "../shared/sources.ts";
import { priorsToDecompress } from "../shared/prior.ts";
import { priorsBeside, withReferenceFile } from "../shared/reference.ts";
import { readPackedNetworks } from "../shared/networks.ts";
import type { CodingSettings } from "./settings.ts";

export async function run(session: Session<CodingSettings>): Promise<void> {
  const sources = await sourcesOf(session, isCompressedName(session.settings.suffix));
  const { networks: paths, references, memoryLimit } = session.settings;
  const networks = await readPackedNetworks(paths);
  const find = await priorsToDecompress(session.settings.prior);
  await withReferenceFile(references, memoryLimit, ({ reference, patched }) =>
    forEachSource(session, sources, async ({ path }) => {
      const source = await Source.open(path, { streams: true, recursive: true });
      try {
        return await namingFormat(source, () =>
          test(session, source, { networks, reference, prior: priorsBeside(patched, find) }),
        );
      } finally {
        await source.close();
      }
    }),
  );
}

/** What decoding has beside the file. */
type Means = Pick<DecompressOptions, "networks" | "reference" | "prior">;

async function test(session: Session<CodingSettings>, source: Source, means: Means): Promise<Facts> {
  const started = performance.now();
  const { contentLength, fileLength, blocks } = await decode(session, source, means);
  const seconds = (performance.now() - started) / 1000;
  if (!session.settings.quiet) {
    const details = session.settings.verbose ? `, ${formatRate(contentLength, seconds)}` : "";
    const count = blocks === undefined ? "" : ` in ${blocks} ${blocks === 1 ? "block" : "blocks"}`;
    await session.print(`${displayName(source.path)}: whole, ${formatBytes(contentLength)}${count}${details}\n`);
  }
  return { contentLength, fileLength, ...(blocks !== undefined && { blocks }), seconds };
}

async function decode(
  session: Session<CodingSettings>,
  source: Source,
  means: Means,
): Promise<{ contentLength: number; fileLength: number; blocks?: number }> {
  const { DecompressStream, verify } = await import("@pith/codec");
  const { memoryLimit, maxLength, workerThreads: threads } = session.settings;
  const bar = showProgress(session, `testing ${displayName(source.path)}`, await contentLengthOf(session, source));
  try {
    if (source.size !== undefined) {
      const onProgress = ({ done }: { done: number }): void => bar.update(done);
      return await verify(source.randomAccess(), { threads, memoryLimit, maxLength, ...means, onProgress });
    }
    let contentLength = 0;
    const stream = new DecompressStream({ threads, memoryLimit, maxLength, ...means });
    await transfer(source.chunks(), stream, (chunk) => {
      contentLength += chunk.length;
      bar.update(contentLength);
      return Promise.resolve();
    });
    return { contentLength, fileLength: source.bytesRead };
  } finally {
    bar.stop();
  }
}
