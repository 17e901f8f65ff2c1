import { proxy, wrap, type Remote } from "comlink";
import { valueOf } from "../shared/problems.ts";
import type { FilesWorker } from "./files-worker.ts";
import type { ArchiveMember, ArchiveRunner, Outcome, Report, Task } from "./runner.ts";

interface StartedWorker {
  readonly remote: Remote<FilesWorker>;
  /** Rejects when the worker cannot be loaded or stops. */
  readonly failed: Promise<never>;
}

/** An {@link ArchiveRunner} in a worker, which starts when it is first needed. */
export class RemoteRunner implements ArchiveRunner {
  #worker: StartedWorker | undefined;

  async run(id: number, file: File, task: Task, onReport: (report: Report) => void): Promise<Outcome> {
    const { remote, failed } = this.#started();
    let ended = false;
    // A report may still be on its way when the task has ended.
    const report = proxy((progress: Report) => {
      if (!ended) onReport(progress);
    });
    try {
      return await Promise.race([remote.run(id, file, task, report), failed]);
    } finally {
      ended = true;
    }
  }

  async cancel(id: number): Promise<void> {
    await this.#worker?.remote.cancel(id);
  }

  async members(file: File): Promise<readonly ArchiveMember[] | undefined> {
    const { remote, failed } = this.#started();
    return valueOf(await Promise.race([remote.members(file), failed]));
  }

  async extract(id: number, file: File, index: number): Promise<Blob> {
    const { remote, failed } = this.#started();
    return valueOf(await Promise.race([remote.extract(id, file, index), failed]));
  }

  async discard(id: number): Promise<void> {
    await this.#worker?.remote.discard(id);
  }

  #started(): StartedWorker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL("./files-worker.ts", import.meta.url), { type: "module" });
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener("error", (event) => {
        this.#worker = undefined;
        worker.terminate();
        reject(new Error(`the worker that compresses stopped: ${event.message || "it could not be loaded"}`));
      });
    });
    // Nobody may be waiting when it fails.
    failed.catch(() => undefined);
    this.#worker = { remote: wrap<FilesWorker>(worker), failed };
    return this.#worker;
  }
}
