import {
  CompressStream,
  DecompressStream,
  info,
  sampleRepeats,
  type CompressOptions,
  type FileInfo,
  type RepeatSample,
} from "@pith/codec";
import { PithError } from "@pith/core";
import { measureGzip } from "./measure-gzip.ts";
import { openedIn } from "./opened.ts";
import { openOutputSpace, type Output, type OutputSpace } from "./output.ts";
import { explain } from "../shared/problems.ts";
import type { Choices, Outcome, Report, Runner, Task } from "./runner.ts";

/** Bytes of a file that is done faster here than workers take it over. */
const SMALL = 2 ** 17;
/** Milliseconds between reports. */
const REPORT_EVERY = 100;

/** Runs tasks in a worker, with the codec's own workers under it. */
export class FilesRunner implements Runner {
  readonly #space: Promise<OutputSpace> = openOutputSpace();
  readonly #running = new Map<number, AbortController>();
  /** Two files may be in work at a time. */
  readonly #threads = Math.max(1, Math.ceil(navigator.hardwareConcurrency / 2));

  async run(id: number, file: File, task: Task, onReport: (report: Report) => void): Promise<Outcome> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    const { signal } = controller;
    const space = await this.#space;
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
      const known = task.type === "compress" ? undefined : await infoOf(file);
      const total = task.type === "compress" ? file.size : known?.contentLength;
      let gzip: number | undefined;
      const gzipKnown =
        task.type === "compress" ? measureGzip(file, signal).then((length) => (gzip = length)) : undefined;
      let reported = 0;
      const options: CompressOptions = {
        threads: file.size <= SMALL ? 0 : this.#threads,
        signal,
        onProgress: ({ done }) => {
          if (performance.now() < reported + REPORT_EVERY) return;
          reported = performance.now();
          onReport({ done, total, written, gzipLength: gzip });
        },
      };
      const coder =
        task.type === "compress"
          ? new CompressStream({
              ...options,
              ...task.choices,
              repeats: await lookForRepeats(file, task.choices, signal),
            })
          : new DecompressStream(options);
      const destination = new WritableStream<Uint8Array<ArrayBuffer>>({
        write: (part) => {
          output.write(part);
          written += part.length;
        },
      });
      await file.stream().pipeThrough(coder).pipeTo(destination);
      const seconds = (performance.now() - start) / 1000;
      const result = await output.finish();
      const opened = openedIn(known ?? (await info(task.type === "compress" ? result : file)));
      return { type: "done", result, contentLength: total ?? written, seconds, gzipLength: await gzipKnown, opened };
    } catch (error) {
      if (signal.aborted) return { type: "cancelled" };
      const partial = await output.finish();
      const keeps = task.type === "decompress" && written > 0;
      return { type: "failed", problem: explain(error), partial: keeps ? partial : undefined };
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
async function lookForRepeats(file: File, choices: Choices, signal: AbortSignal): Promise<RepeatSample | undefined> {
  return await sampleRepeats(file, { ...choices, signal });
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
