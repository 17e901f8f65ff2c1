import { Store } from "../shared/store.ts";
import { compressedName, contentName, freeName, isCompressedContent, isCompressedName } from "./names.ts";
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
  /** Of this attempt; the runner keeps the result under it. */
  readonly run: number;
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
  #lastRun = 0;

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

  /**
   * Does a file once more. What was done stays, to be compared, and this is a job of its own; what was not takes the
   * place of the attempt before it.
   */
  again(job: Job, choices: Choices): void {
    const { file, task, state } = job;
    const next = task.type === "compress" ? { ...task, choices } : task;
    if (state.type === "done") this.#append(file, next);
    else this.#restart(job, next);
    this.#startNext();
  }

  /** Compresses what was found to be a .pith file under another name. */
  compressAnyway(job: Job, choices: Choices): void {
    if (isPending(job)) return;
    this.#restart(job, { type: "compress", choices, anyway: true });
    this.#startNext();
  }

  /** At once, for whoever looks: the runner stops as soon as it can. */
  cancel({ id, run, state }: Job): void {
    if (state.type !== "waiting" && state.type !== "running") return;
    this.#change(id, run, { type: "cancelled" });
    if (state.type === "running") void this.#runner.cancel(run);
    this.#startNext();
  }

  /** Takes a job that has ended off the list; its result is gone. */
  remove(job: Job): void {
    if (isPending(job)) return;
    this.jobs.set(this.jobs.value.filter(({ id }) => id !== job.id));
    void this.#runner.discard(job.run);
  }

  #append(file: File, task: Task): void {
    const resultName = this.#freeName(file, task);
    const job: Job = { id: ++this.#lastId, run: ++this.#lastRun, file, task, resultName, state: { type: "waiting" } };
    this.jobs.set([...this.jobs.value, job]);
  }

  #restart({ id, run, file }: Job, task: Task): void {
    void this.#runner.discard(run);
    this.#update(id, {
      run: ++this.#lastRun,
      task,
      resultName: this.#freeName(file, task, id),
      state: { type: "waiting" },
    });
  }

  /** @param own job whose name may be taken again */
  #freeName(file: File, task: Task, own?: number): string {
    const taken = new Set(this.jobs.value.filter(({ id }) => id !== own).map(({ resultName }) => resultName));
    return freeName(task.type === "compress" ? compressedName(file.name) : contentName(file.name), taken);
  }

  #startNext(): void {
    for (;;) {
      const jobs = this.jobs.value;
      const next = jobs.find(({ state }) => state.type === "waiting");
      if (next === undefined || jobs.filter(({ state }) => state.type === "running").length >= AT_ONCE) return;
      void this.#run(next);
    }
  }

  async #run(job: Job): Promise<void> {
    const { id, run, file } = job;
    const meter = new RateMeter(this.#now());
    const show = (report: Report): void => {
      meter.report(report.done, this.#now());
      this.#change(id, run, {
        ...report,
        type: "running",
        rate: meter.rate,
        secondsLeft: report.total === undefined ? undefined : meter.secondsLeft(report.total),
      });
    };
    show({ done: 0, total: file.size, written: 0, gzipLength: undefined });
    let outcome: Outcome;
    try {
      const task = await this.#taskOf(job);
      if (!this.#isCurrent(id, run)) return;
      outcome = await this.#runner.run(run, file, task, show);
    } catch (error) {
      outcome = { type: "failed", problem: explain(error), partial: undefined };
    }
    if (!this.#change(id, run, outcome)) void this.#runner.discard(run);
    this.#startNext();
  }

  /** What is to be done once the file's first bytes are known: a .pith file may have another name. */
  async #taskOf({ id, run, file, task }: Job): Promise<Task> {
    if (task.type === "decompress" || task.anyway === true || !(await isCompressedContent(file))) return task;
    const found: Task = { type: "decompress", found: true };
    if (this.#isCurrent(id, run)) this.#update(id, { task: found, resultName: this.#freeName(file, found, id) });
    return found;
  }

  #isCurrent(id: number, run: number): boolean {
    return this.jobs.value.some((job) => job.id === id && job.run === run && isPending(job));
  }

  /** @returns whether it was the attempt that is shown, and had not ended */
  #change(id: number, run: number, state: JobState): boolean {
    if (!this.#isCurrent(id, run)) return false;
    this.#update(id, { state });
    return true;
  }

  #update(id: number, change: Partial<Job>): void {
    this.jobs.set(this.jobs.value.map((job) => (job.id === id ? { ...job, ...change } : job)));
  }
}
