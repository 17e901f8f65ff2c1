/** `pith weights`: the tensors of a model, compressed or not yet, and what each takes. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { OpenFile, RandomAccessSource } from "@pith/codec";
import { PithError } from "@pith/core";
import type { ShardIndex } from "@pith/tensors";

import { BadFile, Failure } from "../../errors.ts";
import { randomAccessTo, Source } from "../../files/source.ts";
import { closeQuietly, createTemporary, removeTemporary } from "../../files/temporary.ts";
import { writeAll } from "../../files/write-all.ts";
import { SUFFIX } from "../../files/names.ts";
import { formatBytes, formatRatio, formatTable, type Column } from "../../format.ts";
import { showProgress, type ProgressBar } from "../../progress.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import { transfer } from "../../transfer.ts";
import { formatOf } from "../../files/formats.ts";
import { withReferenceFile } from "../shared/reference.ts";
import { analyzeOnnx, contentOf, type Model } from "./onnx.ts";
import type { WeightsSettings } from "./settings.ts";

const ADVICE = "name a safetensors file or an ONNX model that is whole, or what Pith made of one";

const COLUMNS: readonly Column[] = [
  { title: "type", align: "left" },
  { title: "shape", align: "left" },
  { title: "bytes", align: "right" },
  { title: "order 0", align: "right" },
  { title: "takes", align: "right" },
  { title: "ratio", align: "right" },
  { title: "tensor", align: "left" },
];

const BASE_ADVICE = "name the model that it was compressed as the difference to with --reference";

/** Bytes that tell what a file is. */
const BEGINNING = 16;

/** How the names of indexes end, of models in several files. */
const INDEX_SUFFIX = ".index.json";

export async function run(session: Session<WeightsSettings>): Promise<void> {
  const { references, memoryLimit } = session.settings;
  await withReferenceFile(references, memoryLimit, async ({ reference, patched }) => {
    if (patched !== undefined) {
      throw new Failure(`${displayName(references[0])}: expected a safetensors file as --reference, got another kind`);
    }
    await session.forEach(session.operands, async (path): Promise<Facts> => {
      if (path.endsWith(INDEX_SUFFIX)) return await lookAtShards(session, path, reference);
      return factsOf(await show(session, path, { advice: ADVICE, reference }));
    });
  });
}

/** What looking at a file takes beside it. */
interface Means {
  /** What to do about one that is no model. */
  readonly advice: string;
  /** The model that it is the difference to, or may be. */
  readonly reference: RandomAccessSource | undefined;
}

/** {@link WeightsSettings}, with the reference opened. */
type Opened = WeightsSettings & Pick<Means, "reference">;

/** Looks at a file and prints its table. */
async function show(session: Session<WeightsSettings>, path: string, { advice, reference }: Means): Promise<Found> {
  const source = await Source.open(path, { streams: false });
  const bar = showProgress(session, displayName(path), source.size);
  try {
    const found = await look(source, { ...session.settings, reference }, bar);
    bar.stop();
    await session.print(`${displayName(path)}:\n${tableOf(found)}`);
    return found;
  } catch (error) {
    if (error instanceof PithError) throw new BadFile(error, isMissingBase(error, reference) ? BASE_ADVICE : advice);
    throw error;
  } finally {
    bar.stop();
    await source.close();
  }
}

/** A model in several files, as its index names them: each is looked at, and must have what the index places in it. */
async function lookAtShards(
  session: Session<WeightsSettings>,
  path: string,
  reference: Means["reference"],
): Promise<Facts> {
  const { parseShardIndex } = await import("@pith/tensors");
  let index: ShardIndex;
  try {
    index = parseShardIndex(await readFile(path));
  } catch (error) {
    if (error instanceof PithError) throw new BadFile(error, "name the index of a model, as safetensors files have it");
    throw error;
  }
  const shards: Facts[] = [];
  let [contentLength, fileLength, orderZero] = [0, 0, 0];
  for (const file of index.files) {
    const place = placeOf(path, file);
    const found = await show(session, place, { advice: `the index names ${displayName(file)}: ${ADVICE}`, reference });
    checkShard(index, file, found);
    contentLength += found.analysis.fileLength;
    fileLength += found.fileLength;
    orderZero += found.analysis.orderZero;
    shards.push({ name: file, ...factsOf(found) });
  }
  const tensors = shards.flatMap((shard) => shard["tensors"] as readonly Facts[]);
  await session.print(
    `${displayName(path)}: ${shards.length} files, ${tensors.length} tensors\n` +
      `${formatBytes(contentLength)}, compressed ${formatBytes(fileLength, contentLength)}, order 0 ${formatBytes(orderZero, contentLength)}\n`,
  );
  return { contentLength, fileLength, orderZero, shards, tensors };
}

/** The file beside the index, or what Pith made of it. @throws BadFile if neither is there */
function placeOf(index: string, file: string): string {
  const beside = join(dirname(index), file);
  const places = [beside, `${beside}${SUFFIX}`];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  const error = new PithError("invalid-field", "a file that the index names is missing", {
    expected: places.map(displayName).join(" or "),
  });
  throw new BadFile(error, "put all files of the model beside its index");
}

/** @throws BadFile if a tensor is not in the file that the index places it in */
function checkShard({ fileOf }: ShardIndex, file: string, { analysis }: Found): void {
  const there = new Set(analysis.tensors.map(({ name }) => name));
  for (const [tensor, place] of fileOf) {
    if (place !== file || there.has(tensor)) continue;
    const error = new PithError("invalid-field", "a tensor is not in the file that the index places it in", {
      expected: `${displayName(tensor)} in ${displayName(file)}`,
      got: `${there.size} other tensors`,
    });
    throw new BadFile(error, "see that index and files are of the same model");
  }
}

/** What is known of a file of weights. */
interface Found {
  readonly analysis: Model;
  /** Its blocks are found: what tensors take is asked of them, and nothing else is read. */
  readonly file: Pick<OpenFile, "codedLength">;
  /** Bytes of what is compressed. */
  readonly fileLength: number;
}

async function look(source: Source, settings: Opened, bar: ProgressBar): Promise<Found> {
  const isCompressed = formatOf(await source.beginning())?.name === "Pith";
  return isCompressed ? await lookInto(source, settings, bar) : await compressed(source, settings, bar);
}

/** A file that is compressed already: its content goes by once, for what is to be known of it. */
async function lookInto(source: Source, settings: Opened, bar: ProgressBar): Promise<Found> {
  const [{ openFile, openWeights }, { SafetensorsAnalyzer }] = await Promise.all([
    import("@pith/codec"),
    import("@pith/analyzer"),
  ]);
  const { workerThreads: threads, memoryLimit, reference } = settings;
  const random = source.randomAccess();
  const options = { threads, memoryLimit, reference };
  const file = await openFile(random);
  const content = contentOf(file, options);
  if (await isOnnx(content)) {
    return {
      analysis: await analyzeOnnx(content, meterOf(bar, random.size / content.size)),
      file,
      fileLength: file.fileLength,
    };
  }
  // Its header, and the errors of one that is none.
  await openWeights(random, options);
  const analyzer = new SafetensorsAnalyzer(file.contentLength);
  let start = 0;
  for (const end of file.blockEnds) {
    analyzer.push(await file.range(start, end, options));
    bar.update((random.size * end) / file.contentLength);
    start = end;
  }
  return { analysis: analyzer.finish(), file, fileLength: file.fileLength };
}

/** A file that is not: what comes of it goes to a temporary file. */
async function compressed(source: Source, settings: Opened, bar: ProgressBar): Promise<Found> {
  const [{ CompressStream, openFile }, { SafetensorsAnalyzer }] = await Promise.all([
    import("@pith/codec"),
    import("@pith/analyzer"),
  ]);
  const { level, workerThreads: threads, memoryLimit, reference } = settings;
  const { path, descriptor } = createTemporary(join(tmpdir(), "weights"), 0o600);
  try {
    const random = source.randomAccess();
    const onnx = (await isOnnx(random)) ? await analyzeOnnx(random, () => undefined) : undefined;
    const analyzer = new SafetensorsAnalyzer(source.size);
    const chunks = async function* (): AsyncGenerator<Uint8Array, void> {
      for await (const chunk of source.chunks()) {
        if (onnx === undefined) analyzer.push(chunk);
        bar.update(source.bytesRead);
        yield chunk;
      }
    };
    let fileLength = 0;
    await transfer(chunks(), new CompressStream({ level, threads, memoryLimit, reference }), async (part) => {
      await writeAll(descriptor, part);
      fileLength += part.length;
    });
    const file = await openFile(randomAccessTo(descriptor, fileLength));
    return { analysis: onnx ?? analyzer.finish(), file, fileLength };
  } finally {
    closeQuietly(descriptor);
    removeTemporary(path);
  }
}

/** Whether content begins as an ONNX model does. */
async function isOnnx(content: RandomAccessSource): Promise<boolean> {
  const { looksLikeOnnx, looksLikeSafetensors } = await import("@pith/tensors");
  const start = await content.read(0, Math.min(BEGINNING, content.size));
  return looksLikeOnnx(start) && !looksLikeSafetensors(start);
}

/** Moves the bar on by what was read. @param share of it that one byte is */
function meterOf(bar: ProgressBar, share: number): (length: number) => void {
  let read = 0;
  return (length) => {
    read += length;
    bar.update(read * share);
  };
}

/** Whether decoding failed for want of the model that a file is the difference to. */
function isMissingBase({ code }: PithError, reference: Means["reference"]): boolean {
  return code === "unknown-method" && reference === undefined;
}

function tableOf({ analysis, file, fileLength }: Found): string {
  const rows = analysis.tensors.map(({ name, type, shape, offset, length, orderZero }) => {
    const takes = file.codedLength(offset, offset + length);
    return [
      type,
      shape.length === 0 ? "–" : shape.join("×"),
      `${length}`,
      `${Math.ceil(orderZero)}`,
      `${takes}`,
      formatRatio(takes, length),
      name === "" ? "–" : displayName(name),
    ];
  });
  const { orderZero, fileLength: size } = analysis;
  const total = ["", "", `${size}`, `${orderZero}`, `${fileLength}`, formatRatio(fileLength, size), "with all else"];
  const summary = `${formatBytes(size)}, compressed ${formatBytes(fileLength, size)}, order 0 ${formatBytes(orderZero, size)}\n`;
  return `${formatTable(COLUMNS, [...rows, total])}${summary}`;
}

function factsOf({ analysis, file, fileLength }: Found): Facts {
  return {
    contentLength: analysis.fileLength,
    fileLength,
    orderZero: analysis.orderZero,
    tensors: analysis.tensors.map(({ name, type, shape, offset, length, orderZero }) => ({
      name,
      type,
      shape,
      length,
      orderZero: Math.ceil(orderZero),
      codedLength: file.codedLength(offset, offset + length),
    })),
  };
}
