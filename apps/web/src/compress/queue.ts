import { Store } from "../shared/store.ts";
import { compressedName, contentName, freeName, isCompressedName } from "./names.ts";
import type { Opened } from "./opened.ts";
import { explain, type Problem } from "../shared/problems.ts";
import { RateMeter } from "./rate.ts";
import type { Choices, Outcome, Report, Runner, Task } from "./runner.ts";

/** Files in work at a time. */
const AT_ONCE = 2;

/** Where a job stands. Lengths are in bytes. */
export type JobState =
  | { readonly type: "waiting" }
  | (Report & {
      readonly type: "running";
      /** Bytes of content a second; 0 while that is not known. */
      readonly rate: number;
      readonly secondsLeft: number | undefined;
    })
  | {
      readonly type: "done";
      readonly result: Blob;
      readonly contentLength: number;
      readonly gzipLength: number | undefined;
      readonly seconds: number;
      readonly opened: Opened;
    }
  | { readonly type: "failed"; readonly problem: Problem; readonly partial: Blob | undefined }
  | { readonly type: "cancelled" };

/** A file and what is done with it. */
export interface Job {
  readonly id: number;
  readonly file: File;
  readonly task: Task;
  /** What the result is called. */
  readonly resultName: string;
  readonly state: JobState;
}

/** Whether a job waits or runs. */
export function isPending({ state }: Job): boolean {
  return state.type === "waiting" || state.type === "running";
}

/** The files of the page: a list in the order in which they came, two of them in work at a time. */
export class JobQueue {
  readonly jobs = new Store<readonly Job[]>([]);
  readonly #runner: Runner;
  readonly #now: () => number;
  #lastId = 0;

  /** @param now seconds */
  constructor(runner: Runner, now = (): number => performance.now() / 1000) {
    this.#runner = runner;
    this.#now = now;
  }

  /** Adds files: those that end in .pith are to be given back, the others compressed. */
  add(files: readonly File[], choices: Choices): void {
    for (const file of files) {
      this.#append(file, isCompressedName(file.name) ? { type: "decompress" } : { type: "compress", choices });
    }
    this.#startNext();
  }

  /** Does a file once more, as a job of its own. */
  again({ file, task }: Job, choices: Choices): void {
    this.#append(file, task.type === "compress" ? { type: "compress", choices } : task);
    this.#startNext();
  }

  cancel({ id, state }: Job): void {
    if (state.type === "waiting") this.#change(id, { type: "cancelled" });
    else if (state.type === "running") void this.#runner.cancel(id);
  }

  /** Takes a job that has ended off the list; its result is gone. */
  remove(job: Job): void {
    if (isPending(job)) return;
    this.jobs.set(this.jobs.value.filter(({ id }) => id !== job.id));
    void this.#runner.discard(job.id);
  }

  #append(file: File, task: Task): void {
    const taken = new Set(this.jobs.value.map(({ resultName }) => resultName));
    const name = task.type === "compress" ? compressedName(file.name) : contentName(file.name);
    const job: Job = { id: ++this.#lastId, file, task, resultName: freeName(name, taken), state: { type: "waiting" } };
    this.jobs.set([...this.jobs.value, job]);
  }

  #startNext(): void {
    for (;;) {
      const jobs = this.jobs.value;
      const next = jobs.find(({ state }) => state.type === "waiting");
      if (next === undefined || jobs.filter(({ state }) => state.type === "running").length >= AT_ONCE) return;
      void this.#run(next);
    }
  }

  async #run({ id, file, task }: Job): Promise<void> {
    const meter = new RateMeter(this.#now());
    const show = (report: Report): void => {
      meter.report(report.done, this.#now());
      this.#change(id, {
        ...report,
        type: "running",
        rate: meter.rate,
        secondsLeft: report.total === undefined ? undefined : meter.secondsLeft(report.total),
      });
    };
    show({ done: 0, total: file.size, written: 0, gzipLength: undefined });
    let outcome: Outcome;
    try {
      outcome = await this.#runner.run(id, file, task, show);
    } catch (error) {
      outcome = { type: "failed", problem: explain(error), partial: undefined };
    }
    this.#change(id, outcome);
    this.#startNext();
  }

  #change(id: number, state: JobState): void {
    this.jobs.set(this.jobs.value.map((job) => (job.id === id ? { ...job, state } : job)));
  }
}
