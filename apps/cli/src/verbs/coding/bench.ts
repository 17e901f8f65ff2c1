import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import zlib from "node:zlib";

import type { CompressOptions } from "@pith/codec";

import { Failure, Skipped, UsageError } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { bitsPerCharacter, formatBytes, formatMemory, formatTable, type Column } from "../../format.ts";
import { flagOfLevel } from "../../interface/values.ts";
import { showProgress, type ProgressBar } from "../../progress.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import type { CodingSettings } from "./settings.ts";

/** Content above this is not read into memory. */
const LARGEST = 2 ** 30;
const GZIP_LEVELS = [1, 6, 9];
const BROTLI_LEVELS = [5, 9, 11];
/** 2^24 bytes, the most that every brotli decoder takes; its default is 2^22. */
const BROTLI_WINDOW_BITS = 24;

const nextTurn = promisify(setImmediate);

/** Times of levels 1 to 10 on text, as multiples of level 1: good enough for a bar. */
const EFFORTS = [1, 1.2, 1.4, 1.5, 1.8, 2.2, 2.8, 4, 7, 13];

type OnProgress = (progress: { readonly done: number }) => void;

/** A compressor at one setting. */
interface Contender {
  readonly name: string;
  /** How long it takes, as a multiple of level 1, so that the bar can say how much time is left. */
  readonly effort: number;
  /** Bytes of memory that a block takes at most, as the level says; undefined where nothing is stated. */
  readonly memory: number | undefined;
  compress(content: Uint8Array, onProgress: OnProgress): Uint8Array;
  decompress(file: Uint8Array, onProgress: OnProgress): Uint8Array;
}

/** What one contender did with one file. */
interface Result {
  readonly name: string;
  readonly fileLength: number;
  readonly ratio: number | null;
  readonly bitsPerCharacter: number | null;
  /** Medians over the rounds, in 10^6 bytes of content a second. */
  readonly compressMegabytesPerSecond: number;
  readonly decompressMegabytesPerSecond: number;
  readonly memory: number | null;
}

export async function run(session: Session<CodingSettings>): Promise<void> {
  if (session.operands.includes("-")) throw new UsageError("bench: expected FILE, got standard input");
  const contenders = await contendersFor(session);
  await session.forEach(session.operands, async (path) => {
    const content = await read(path);
    const effort = contenders.reduce((sum, contender) => sum + contender.effort, 0);
    const bar = showProgress(session, displayName(path), content.length * effort * session.settings.rounds, {
      rate: false,
    });
    let results: Result[];
    try {
      results = await measure(contenders, content, session.settings.rounds, bar);
    } finally {
      bar.stop();
    }
    await session.print(describe(displayName(path), content.length, session.settings.rounds, results));
    return { contentLength: content.length, rounds: session.settings.rounds, results } satisfies Facts;
  });
}

async function contendersFor({ settings }: Session<CodingSettings>): Promise<Contender[]> {
  const { compressSync, decompressSync, LEVELS, loadKernels, loadModels } = await import("@pith/codec");
  const { method, kind, open, blockSize, neural } = settings;
  await Promise.all([loadKernels(), loadModels()]);
  const pith = LEVELS.filter(({ level }) => settings.levels.includes(level)).map(({ level, memory }): Contender => {
    const options: CompressOptions = {
      level,
      method,
      kind,
      open,
      neural,
      ...(blockSize !== undefined && { blockSize }),
    };
    return {
      name: `pith ${flagOfLevel(level)}`,
      effort: EFFORTS[level - 1],
      memory,
      compress: (content, onProgress) => compressSync(content, { ...options, onProgress }),
      decompress: (file, onProgress) => decompressSync(file, { onProgress }),
    };
  });
  const gzip = GZIP_LEVELS.map((level): Contender => ({
    name: `gzip -${level} (window 32 KiB)`,
    effort: 0.1,
    memory: undefined,
    compress: (content) => bytes(zlib.gzipSync(content, { level })),
    decompress: (file) => bytes(zlib.gunzipSync(file)),
  }));
  const brotli = BROTLI_LEVELS.map((level): Contender => ({
    name: `brotli -q ${level} (window ${2 ** (BROTLI_WINDOW_BITS - 20)} MiB)`,
    effort: level === 11 ? 1 : 0.2,
    memory: undefined,
    compress: (content) =>
      bytes(
        zlib.brotliCompressSync(content, {
          params: {
            [zlib.constants.BROTLI_PARAM_QUALITY]: level,
            [zlib.constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW_BITS,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
          },
        }),
      ),
    decompress: (file) => bytes(zlib.brotliDecompressSync(file)),
  }));
  return [...pith, ...gzip, ...brotli];
}

async function read(path: string): Promise<Uint8Array> {
  const stats = await stat(systemPath(path));
  if (stats.isDirectory()) throw new Skipped("is a directory; name the files in it");
  if (!stats.isFile()) throw new Skipped("is not a regular file");
  if (stats.size > LARGEST) {
    throw new Failure(
      `is measured in memory: expected at most ${formatBytes(LARGEST)}, got ${formatBytes(stats.size)}`,
    );
  }
  return bytes(await readFile(systemPath(path)));
}

/** A buffer as what the codec takes, without a copy. */
function bytes({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** All contenders in turn, round by round, so that a machine that slows down slows all of them. */
async function measure(
  contenders: readonly Contender[],
  content: Uint8Array,
  rounds: number,
  bar: ProgressBar,
): Promise<Result[]> {
  const measured = contenders.map((contender) => ({
    contender,
    fileLength: 0,
    compress: [] as number[],
    decompress: [] as number[],
  }));
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const entry of measured) {
      const { contender } = entry;
      // Half of it for each direction.
      const show = ({ done: bytes }: { readonly done: number }, direction: 0 | 1): void => {
        bar.update(done + (contender.effort * (bytes + direction * content.length)) / 2);
      };
      const start = performance.now();
      const file = contender.compress(content, (progress) => show(progress, 0));
      const middle = performance.now();
      const back = contender.decompress(file, (progress) => show(progress, 1));
      const end = performance.now();
      if (Buffer.compare(back, content) !== 0) throw new Failure(`${contender.name} did not give the content back`);
      entry.fileLength = file.length;
      entry.compress.push(middle - start);
      entry.decompress.push(end - middle);
      done += contender.effort * content.length;
      bar.update(done);
      await nextTurn(); // The bar is drawn.
    }
  }
  const speed = (milliseconds: readonly number[]): number =>
    content.length / 1000 / Math.max(median(milliseconds), 1e-3);
  return measured.map(({ contender, fileLength, compress, decompress }) => ({
    name: contender.name,
    fileLength,
    ratio: content.length === 0 ? null : fileLength / content.length,
    bitsPerCharacter: bitsPerCharacter(fileLength, content.length),
    compressMegabytesPerSecond: speed(compress),
    decompressMegabytesPerSecond: speed(decompress),
    memory: contender.memory ?? null,
  }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const COLUMNS: readonly Column[] = [
  { title: "", align: "left" },
  { title: "size", align: "right" },
  { title: "ratio", align: "right" },
  { title: "bpc", align: "right" },
  { title: "compress MB/s", align: "right" },
  { title: "decompress MB/s", align: "right" },
  { title: "memory", align: "right" },
];

function describe(path: string, length: number, rounds: number, results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    formatBytes(result.fileLength, length),
    result.ratio === null ? "–" : `${(100 * result.ratio).toFixed(2)} %`,
    result.bitsPerCharacter === null ? "–" : result.bitsPerCharacter.toFixed(3),
    result.compressMegabytesPerSecond.toFixed(2),
    result.decompressMegabytesPerSecond.toFixed(2),
    result.memory === null ? "–" : formatMemory(result.memory),
  ]);
  const title = `${path}: ${formatBytes(length)}, one thread, median of ${rounds} ${rounds === 1 ? "round" : "rounds"}\n`;
  return title + formatTable(COLUMNS, rows);
}
