import type { FolderContent } from "../shared/folders.ts";
import { Store } from "../shared/store.ts";
import { compressedName, contentName, freeName, isCompressedContent, isCompressedName } from "./names.ts";
import { learnSpeed } from "./estimate.ts";
import type { Found } from "./found.ts";
import { explain, type Problem } from "../shared/problems.ts";
import { RateMeter } from "./rate.ts";
import { SMALL, type Choices, type Outcome, type PackMember, type Report, type Runner, type Task } from "./runner.ts";

/** Files in work at a time; of small ones more, so that none waits for messages about another. */
const AT_ONCE = 2;
const SMALL_AT_ONCE = 8;

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
      readonly found: Found;
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

/** The files of the page, those that came last first; two of them in work at a time, in the order in which they came. */
export class JobQueue {
  readonly jobs = new Store<readonly Job[]>([]);
  readonly #runner: Runner;
  readonly #now: () => number;
  #lastId = 0;
  #lastRun = 0;
  /** Of folders, browsers do not tell when they were changed. */
  readonly #today = Date.now();

  /** @param now seconds */
  constructor(runner: Runner, now = (): number => performance.now() / 1000) {
    this.#runner = runner;
    this.#now = now;
  }

  /** Adds files: those that end in .pith are to be given back, the others compressed. */
  add(files: readonly File[], choices: Choices): void {
    const added: Job[] = [];
    for (const file of files) {
      const task: Task = isCompressedName(file.name) ? { type: "decompress" } : { type: "compress", choices };
      added.push(this.#newJob(file, task, added));
    }
    this.#prepend(added);
  }

  /** Adds a folder, which becomes one archive. */
  addFolder({ name, entries }: FolderContent, choices: Choices): void {
    const members: PackMember[] = [];
    let start = 0;
    for (const { path, file } of entries) {
      const size = file?.size ?? 0;
      const type = file === undefined ? "folder" : "file";
      members.push({ name: path, type, start, size, modified: file?.lastModified ?? this.#today });
      start += size;
    }
    // All of it as one file, of which nothing is read before it is wanted.
    const contents = new File(
      entries.flatMap(({ file }) => file ?? []),
      name,
    );
    this.#prepend([this.#newJob(contents, { type: "pack", choices, members })]);
  }

  /**
   * Does a file once more. What was done stays, to be compared, and this is a job of its own; what was not takes the
   * place of the attempt before it.
   */
  again(job: Job, choices: Choices): void {
    const { file, task, state } = job;
    const next = task.type === "decompress" ? task : { ...task, choices };
    if (state.type === "done") {
      this.#prepend([this.#newJob(file, next)]);
      return;
    }
    this.#restart(job, next);
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

  /** @param beside jobs that will stand in the list as well */
  #newJob(file: File, task: Task, beside: readonly Job[] = []): Job {
    const resultName = this.#freeName(file, task, undefined, beside);
    return { id: ++this.#lastId, run: ++this.#lastRun, file, task, resultName, state: { type: "waiting" } };
  }

  /** What came last is what people look for. */
  #prepend(jobs: readonly Job[]): void {
    this.jobs.set([...jobs, ...this.jobs.value]);
    this.#startNext();
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
  #freeName(file: File, task: Task, own?: number, beside: readonly Job[] = []): string {
    const others = [...beside, ...this.jobs.value].filter(({ id }) => id !== own);
    const taken = new Set(others.map(({ resultName }) => resultName));
    return freeName(nameOfResult(file, task), taken);
  }

  #startNext(): void {
    for (;;) {
      const jobs = this.jobs.value;
      const waiting = jobs.filter(({ state }) => state.type === "waiting");
      const next = waiting.sort((a, b) => a.run - b.run).at(0);
      const running = jobs.filter(({ state }) => state.type === "running");
      if (next === undefined || [next, ...running].reduce((sum, job) => sum + loadOf(job), 0) > 1) return;
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
    if (
      outcome.type === "done" &&
      job.task.type !== "decompress" &&
      job.task.choices.method === "auto" &&
      job.task.choices.prior === "none"
    ) {
      learnSpeed(outcome.contentLength, job.task.choices.level, outcome.seconds);
    }
    if (!this.#change(id, run, outcome)) void this.#runner.discard(run);
    this.#startNext();
  }

  /** What is to be done once the file's first bytes are known: a .pith file may have another name. */
  async #taskOf({ id, run, file, task }: Job): Promise<Task> {
    if (task.type !== "compress" || task.anyway === true || !(await isCompressedContent(file))) return task;
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

function nameOfResult({ name }: File, task: Task): string {
  switch (task.type) {
    case "compress":
      return compressedName(name);
    case "pack":
      return compressedName(`${name}.tar`);
    case "decompress":
      return contentName(name);
  }
}

/** How much of what can be in work a file takes. */
function loadOf({ file }: Job): number {
  return 1 / (file.size <= SMALL ? SMALL_AT_ONCE : AT_ONCE);
}
