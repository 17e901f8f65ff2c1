/** Compresses and decompresses a model in streams, as whoever has more of it than memory does. */
import { compress, CompressStream, decompress, DecompressStream } from "@pith/codec";
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { Readable } from "node:stream";
import { generateModel } from "./generate.ts";
import type { ModelTensor } from "./model.ts";
import type { InMemory, Pass } from "./results.ts";

/** How a model is coded. */
export interface Coding {
  readonly level: number;
  readonly threads: number;
  /** Is told of bytes done. */
  readonly onDone: (bytes: number) => void;
}

function streamOf(chunks: Iterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** @param path where what comes out goes; undefined: it is only counted */
export async function compressModel(
  tensors: readonly ModelTensor[],
  { level, threads, onDone }: Coding,
  path?: string,
): Promise<{ readonly pass: Pass; readonly compressedLength: number }> {
  const descriptor = path === undefined ? undefined : openSync(path, "w");
  let length = 0;
  let compressedLength = 0;
  const counted = function* (): Generator<Uint8Array> {
    for (const chunk of generateModel(tensors)) {
      length += chunk.length;
      onDone(length);
      yield chunk;
    }
  };
  try {
    const pass = await timed(async () => {
      const parts = streamOf(counted()).pipeThrough(new CompressStream({ level, threads }));
      for await (const part of parts) {
        compressedLength += part.length;
        if (descriptor !== undefined) writeSync(descriptor, part);
      }
      return length;
    });
    return { pass, compressedLength };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Decompresses a file. Every block is compared with its checksum on the way. */
export async function decompressModel(path: string, { threads, onDone }: Omit<Coding, "level">): Promise<Pass> {
  return await timed(async () => {
    const file = Readable.toWeb(createReadStream(path, { highWaterMark: 2 ** 20 })) as ReadableStream<Uint8Array>;
    let length = 0;
    for await (const part of file.pipeThrough(new DecompressStream({ threads }))) {
      length += part.length;
      onDone(length);
    }
    return length;
  });
}

/** Rounds in which all numbers of threads have their turn: of each the quickest pass counts. */
const ROUNDS = 3;

/** Compresses and decompresses an array, on this thread alone and on one and two others. */
export async function measureInMemory(content: Uint8Array, level: number): Promise<InMemory[]> {
  const best = new Map<number, InMemory>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const threads of [0, 1, 2]) {
      let file = new Uint8Array(0);
      const there = await timed(async () => {
        file = await compress(content, { level, threads });
        return content.length;
      });
      const back = await timed(async () => (await decompress(file, { threads })).length);
      const before = best.get(threads);
      best.set(threads, {
        threads,
        compress: quicker(before?.compress, there),
        decompress: quicker(before?.decompress, back),
      });
    }
  }
  return [...best.values()];
}

function quicker(one: Pass | undefined, other: Pass): Pass {
  return one !== undefined && one.seconds < other.seconds ? one : other;
}

/** @param work returns bytes of content */
async function timed(work: () => Promise<number>): Promise<Pass> {
  const start = performance.now();
  const before = process.cpuUsage();
  const length = await work();
  const { user, system } = process.cpuUsage(before);
  return { length, seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}

/** Seconds that making the content takes by itself. */
export function generationTime(tensors: readonly ModelTensor[]): number {
  const start = performance.now();
  for (const chunk of generateModel(tensors)) if (chunk.length === 0) throw new Error("a chunk is empty");
  return (performance.now() - start) / 1000;
}
