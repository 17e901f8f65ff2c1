import type { BlockInfo, FileInfo } from "@pith/codec";

import { isCompressedName } from "../../files/names.ts";
import { Source } from "../../files/source.ts";
import { formatBytes, formatMemory, formatRatio, formatTable, type Column } from "../../format.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import { forEachSource, sourcesOf } from "../shared/sources.ts";
import type { CodingSettings } from "./settings.ts";

export async function run(session: Session<CodingSettings>): Promise<void> {
  const sources = await sourcesOf(session, isCompressedName(session.settings.suffix));
  const { info } = await import("@pith/codec");
  const rows: string[][] = [];
  const tables: string[] = [];
  await forEachSource(session, sources, async ({ path }): Promise<Facts> => {
    const source = await Source.open(path, { streams: false, recursive: true });
    try {
      const facts = await info(source.randomAccess());
      rows.push(summary(displayName(path), facts));
      if (session.settings.verbose) tables.push(`\n${displayName(path)}:\n${blockTable(facts)}`);
      return { ...facts };
    } finally {
      await source.close();
    }
  });
  if (rows.length > 0) await session.print(formatTable(COLUMNS, rows) + tables.join(""));
}

const COLUMNS: readonly Column[] = [
  { title: "frames", align: "right" },
  { title: "blocks", align: "right" },
  { title: "file", align: "right" },
  { title: "content", align: "right" },
  { title: "ratio", align: "right" },
  { title: "memory", align: "right" },
  { title: "methods", align: "left" },
  { title: "transforms", align: "left" },
  { title: "name", align: "left" },
];

function summary(name: string, { frames, contentLength, fileLength, memory }: FileInfo): string[] {
  const blocks = frames.flatMap((frame) => frame.blocks);
  return [
    `${frames.length}`,
    `${blocks.length}`,
    formatBytes(fileLength),
    formatBytes(contentLength),
    formatRatio(fileLength, contentLength),
    formatMemory(memory),
    distinct(blocks.map(methodOf)),
    distinct(blocks.flatMap(({ transforms }) => transforms)),
    name,
  ];
}

/** Names without doubles, in the order in which they first come. */
function distinct(names: readonly string[]): string {
  return names.length === 0 ? "–" : [...new Set(names)].join(", ");
}

/** The method, and what the encoder took the data for where that says more. */
function methodOf({ method, kind }: BlockInfo): string {
  return kind === undefined || kind === method ? method : `${method} ${kind}`;
}

const BLOCK_COLUMNS: readonly Column[] = [
  { title: "  frame", align: "right" },
  { title: "block", align: "right" },
  { title: "offset", align: "right" },
  { title: "length", align: "right" },
  { title: "content offset", align: "right" },
  { title: "content length", align: "right" },
  { title: "ratio", align: "right" },
  { title: "memory", align: "right" },
  { title: "checksum", align: "left" },
  { title: "method", align: "left" },
  { title: "learnt", align: "right" },
  { title: "transforms", align: "left" },
];

/** A row a block; offsets and lengths in bytes. */
function blockTable({ frames }: FileInfo): string {
  const rows = frames.flatMap(({ blocks }, frame) =>
    blocks.map((block, number) => [
      `${frame}`,
      `${number}`,
      `${block.offset}`,
      `${block.length}`,
      `${block.contentOffset}`,
      `${block.contentLength}`,
      formatRatio(block.length, block.contentLength),
      formatMemory(block.memory),
      block.checksum,
      methodOf(block),
      block.learntLength === 0 ? "–" : formatBytes(block.learntLength),
      distinct(block.transforms),
    ]),
  );
  return formatTable(BLOCK_COLUMNS, rows);
}
