import {
  CompressStream,
  DecompressStream,
  info,
  sampleRepeats,
  type CompressOptions,
  type FileInfo,
  type PriorCoder,
  type RepeatSample,
} from "@pith/codec";
import { openArchive, packArchive, tarLength, type PackedMember } from "@pith/archive";
import { PithError } from "@pith/core";
import { measureGzip } from "./measure-gzip.ts";
import { HEAD } from "./file-types.ts";
import { foundIn } from "./found.ts";
import { BlobSpace, openOutputSpace, type Output, type OutputSpace } from "./output.ts";
import { explain } from "../shared/problems.ts";
import {
  SMALL,
  type ArchiveMember,
  type ArchiveRunner,
  type Choices,
  type Outcome,
  type PackMember,
  type Report,
  type Task,
} from "./runner.ts";

/** Milliseconds between reports. */
const REPORT_EVERY = 100;

/** Runs tasks in a worker, with the codec's own workers under it. */
export class FilesRunner implements ArchiveRunner {
  readonly #space: Promise<OutputSpace> = openOutputSpace();
  readonly #blobs = new BlobSpace();
  readonly #running = new Map<number, AbortController>();
  /** Two files may be in work at a time. */
  readonly #threads = Math.max(1, Math.ceil(navigator.hardwareConcurrency / 2));

  async run(id: number, file: File, task: Task, onReport: (report: Report) => void): Promise<Outcome> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    const { signal } = controller;
    // What becomes of little is little: it costs more to open a file for it.
    const space = task.type === "decompress" || file.size > SMALL ? await this.#space : this.#blobs;
    try {
      return await this.#work(await space.open(id), file, task, signal, onReport);
    } catch (error) {
      // No place for the result can be opened, or be closed.
      return { type: "failed", problem: explain(error), partial: undefined };
    } finally {
      this.#running.delete(id);
      if (signal.aborted) await space.discard(id);
    }
  }

  async #work(
    output: Output,
    file: File,
    task: Task,
    signal: AbortSignal,
    onReport: (report: Report) => void,
  ): Promise<Outcome> {
    const start = performance.now();
    let written = 0;
    try {
      const isCompressed = task.type !== "decompress";
      const known = isCompressed ? undefined : await infoOf(file);
      const members = task.type === "pack" ? membersOf(file, task.members) : [];
      const length = task.type === "pack" ? tarLength(members) : file.size;
      const total = isCompressed ? length : known?.contentLength;
      let gzip: number | undefined;
      const gzipKnown = isCompressed ? measureGzip(file, signal).then((bytes) => (gzip = bytes)) : undefined;
      let reported = 0;
      const options: Pick<CompressOptions, "threads" | "signal" | "onProgress"> = {
        threads: file.size <= SMALL ? 0 : this.#threads,
        signal,
        onProgress: ({ done }) => {
          if (performance.now() < reported + REPORT_EVERY) return;
          reported = performance.now();
          onReport({ done, total, written, gzipLength: gzip });
        },
      };
      const write = (part: Uint8Array<ArrayBuffer>): void => {
        output.write(part);
        written += part.length;
      };
      if (task.type === "pack") {
        const { level, method } = task.choices;
        for await (const part of packArchive(members, { ...options, level, method })) {
          signal.throwIfAborted();
          write(part);
        }
      } else {
        const coder =
          task.type === "compress"
            ? new CompressStream({
                ...options,
                level: task.choices.level,
                method: task.choices.method,
                prior: task.choices.prior === "auto" ? await builtInPrior() : undefined,
                repeats: await lookForRepeats(file, task.choices, signal),
              })
            : new DecompressStream({ ...options, prior: findPrior });
        await file.stream().pipeThrough(coder).pipeTo(new WritableStream<Uint8Array<ArrayBuffer>>({ write }));
      }
      const seconds = (performance.now() - start) / 1000;
      const result = await output.finish();
      // A folder is not what its first file is.
      const content = task.type === "pack" ? new Blob([]) : isCompressed ? file : result;
      const head = new Uint8Array(await content.slice(0, HEAD).arrayBuffer());
      const found = foundIn(known ?? (await info(isCompressed ? result : file)), head);
      return { type: "done", result, contentLength: total ?? written, seconds, gzipLength: await gzipKnown, found };
    } catch (error) {
      if (signal.aborted) return { type: "cancelled" };
      const partial = await output.finish();
      const keeps = task.type === "decompress" && written > 0;
      return { type: "failed", problem: explain(error), partial: keeps ? partial : undefined };
    }
  }

  async members(file: File): Promise<readonly ArchiveMember[] | undefined> {
    const archive = await openArchive(file);
    return archive?.members.map(({ name, type, size }) => ({ name, type, size }));
  }

  async extract(id: number, file: File, index: number): Promise<Blob> {
    const archive = await openArchive(file, { threads: this.#threads });
    const space = await this.#space;
    const output = await space.open(id);
    try {
      for await (const { content } of archive?.entries(archive.members.slice(index, index + 1)) ?? []) {
        for await (const part of content) output.write(Uint8Array.from(part));
      }
      return await output.finish();
    } catch (error) {
      await space.discard(id);
      throw error;
    }
  }

  cancel(id: number): Promise<void> {
    this.#running.get(id)?.abort();
    return Promise.resolve();
  }

  async discard(id: number): Promise<void> {
    await (await this.#space).discard(id);
  }
}

/** What the command does with a file, too, so that both write the same bytes. */
async function lookForRepeats(
  file: File,
  { level, method }: Choices,
  signal: AbortSignal,
): Promise<RepeatSample | undefined> {
  return await sampleRepeats(file, { level, method, signal });
}

/** Loaded when the first file needs it. */
async function builtInPrior(): Promise<PriorCoder> {
  const { Prior } = await import("@pith/priors");
  return await Prior.builtIn();
}

/** The prior that a file names, where the page has it. */
async function findPrior(hash: string): Promise<PriorCoder | undefined> {
  const prior = await builtInPrior();
  return prior.hash === hash ? prior : undefined;
}

/** Members for the archive, each with its stretch of the file. */
function membersOf(file: File, members: readonly PackMember[]): PackedMember[] {
  return members.map(({ name, type, start, size, modified }) => ({
    name,
    type,
    size,
    mode: type === "folder" ? 0o755 : 0o644,
    modified: BigInt(Math.round(modified)) * 1_000_000n,
    link: "",
    owner: 0,
    group: 0,
    content: type === "file" ? () => chunksOf(file.slice(start, start + size)) : undefined,
  }));
}

async function* chunksOf(content: Blob): AsyncGenerator<Uint8Array> {
  const reader = content.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** What a .pith file is made of; undefined if it is damaged, which decoding will find, with what comes before. */
async function infoOf(file: File): Promise<FileInfo | undefined> {
  try {
    return await info(file);
  } catch (error) {
    if (error instanceof PithError) return undefined;
    throw error;
  }
}
