import type { BlockInfo, FileInfo, PartInfo } from "@pith/codec";

import { namingFormat } from "../../files/formats.ts";
import { isCompressedName } from "../../files/names.ts";
import { Source } from "../../files/source.ts";
import { spooled } from "../../files/spool.ts";
import { formatBytes, formatMemory, formatRatio, formatTable, type Column } from "../../format.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import { forEachSource, sourcesOf } from "../shared/sources.ts";
import { listFiles } from "./list-files.ts";
import type { CodingSettings } from "./settings.ts";

export async function run(session: Session<CodingSettings>): Promise<void> {
  const sources = await sourcesOf(session, isCompressedName(session.settings.suffix));
  if (session.settings.files) {
    await listFiles(session, sources);
    return;
  }
  const { info } = await import("@pith/codec");
  const listed: { readonly name: string; readonly facts: FileInfo }[] = [];
  await forEachSource(session, sources, async ({ path }): Promise<Facts> => {
    const source = await Source.open(path, { streams: true, recursive: true });
    try {
      const facts = await namingFormat(source, () =>
        source.size === undefined ? spooled(source, (file) => info(file)) : info(source.randomAccess()),
      );
      listed.push({ name: displayName(path), facts });
      return { ...facts };
    } finally {
      await source.close();
    }
  });
  if (listed.length === 0) return;
  const rows = listed.map(({ name, facts }) => summary(name, facts));
  if (listed.length > 1) rows.push(total(listed.map(({ facts }) => facts)));
  const tables = session.settings.verbose
    ? listed
        .map(({ name, facts }) => `\n${name}:\n${blockTable(facts)}${partTable(facts)}${openedTable(facts)}`)
        .join("")
    : "";
  await session.print(formatTable(COLUMNS, rows) + tables);
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

type Summed = Pick<FileInfo, "frames" | "contentLength" | "fileLength" | "memory">;

function summary(name: string, { frames, contentLength, fileLength, memory }: Summed): string[] {
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

/** All files together; the memory is what one of them takes at most. */
function total(files: readonly FileInfo[]): string[] {
  const sum = (of: (file: FileInfo) => number): number => files.reduce((all, file) => all + of(file), 0);
  return summary(`${files.length} files`, {
    frames: files.flatMap(({ frames }) => frames),
    fileLength: sum(({ fileLength }) => fileLength),
    contentLength: sum(({ contentLength }) => contentLength),
    memory: Math.max(...files.map(({ memory }) => memory)),
  });
}

/** Names without doubles, in the order in which they first come. */
function distinct(names: readonly string[]): string {
  return names.length === 0 ? "–" : [...new Set(names)].join(", ");
}

/** The method, and what the encoder took the data for where that says more. */
function methodOf({ method, kind }: Pick<BlockInfo, "method" | "kind">): string {
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

const PART_COLUMNS: readonly Column[] = [
  { title: "  frame", align: "right" },
  { title: "block", align: "right" },
  { title: "part", align: "right" },
  { title: "length", align: "right" },
  { title: "content", align: "right" },
  { title: "ratio", align: "right" },
  { title: "method", align: "left" },
  { title: "transforms", align: "left" },
];

/** Parts and, behind each that has some, its own: the first of the third is 2.0. */
function withInner(parts: readonly PartInfo[], before = ""): { readonly name: string; readonly part: PartInfo }[] {
  return parts.flatMap((part, i) => [{ name: `${before}${i}`, part }, ...withInner(part.parts, `${before}${i}.`)]);
}

/** A row a part, of blocks that have parts; lengths in bytes. */
function partTable({ frames }: FileInfo): string {
  const rows = frames.flatMap(({ blocks }, frame) =>
    blocks.flatMap(({ parts }, number) =>
      withInner(parts).map(({ name, part }) => [
        `${frame}`,
        `${number}`,
        name,
        `${part.payloadLength}`,
        `${part.contentLength}`,
        formatRatio(part.payloadLength, part.contentLength),
        methodOf(part),
        distinct(part.transforms),
      ]),
    ),
  );
  return rows.length === 0 ? "" : `\n${formatTable(PART_COLUMNS, rows)}`;
}

const OPENED_COLUMNS: readonly Column[] = [
  { title: "  opened", align: "left" },
  { title: "count", align: "right" },
  { title: "length", align: "right" },
  { title: "inside", align: "right" },
];

/** What was taken apart, a row a kind; nothing if nothing was. */
function openedTable({ opened }: FileInfo): string {
  if (opened.length === 0) return "";
  const rows = opened.map(({ kind, count, length, insideLength }) => [
    `  ${kind}`,
    `${count}`,
    formatBytes(length),
    formatBytes(insideLength),
  ]);
  return `\n${formatTable(OPENED_COLUMNS, rows)}`;
}

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
