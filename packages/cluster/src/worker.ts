/** Does what is in the queue, a unit at a time or several. */

import { DelayedError, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { checkInteger } from "./check.ts";
import { connect, type ConnectionSettings, PREFIX, queueName } from "./connection.ts";
import { FinalError } from "./errors.ts";
import { cancelledKey, type FlowJob, type JobData, type JobProgress } from "./jobs.ts";

/** What is to be done, and what it can hear and say meanwhile. */
export interface Task {
  readonly flow: string;
  /** How many units the flow has. */
  readonly units: number;
  /** As it was submitted. */
  readonly reference: unknown;
  /** Aborts when the flow is cancelled. */
  readonly signal: AbortSignal;
  /** How far it is; told to the queue once a second. */
  readonly progress: (done: number, total: number) => void;
}

export interface WorkerSettings extends ConnectionSettings {
  /** What the worker is called where one looks who does what. */
  readonly name: string;
  /**
   * Does a unit. It may be done twice, by several at once, so what it leaves behind must be the same each time and appear as a whole.
   * What takes processor time must run in a thread or process of its own: whoever keeps this thread from its timers for longer
   * than the lease is taken for dead. What it throws has it tried again; a {@link FinalError} does not.
   */
  readonly run: (unit: number, task: Task) => Promise<void>;
  /** Joins what came of all units. May be done twice, too. */
  readonly merge: (task: Task) => Promise<void>;
  /** Units at once; 1 if absent. */
  readonly jobs?: number;
  /** Bytes of memory that one unit may take; any if absent. Units that take more are left to other workers. */
  readonly memoryLimit?: number;
  /** Seconds without a sign of life after which others take over what a worker does; 30 if absent. The same for all workers. */
  readonly lease?: number;
  /** Seconds without work after which it ends; never if absent. */
  readonly idle?: number;
  /** Hears of what was done, or has failed. */
  readonly report?: (event: WorkerEvent) => void;
}

/** What a worker has to say. */
export type WorkerEvent =
  | { readonly kind: "done" | "begun"; readonly flow: string; readonly unit: number | undefined }
  | { readonly kind: "failed"; readonly flow: string; readonly unit: number | undefined; readonly reason: string }
  /** Of the connection; it goes on by itself. */
  | { readonly kind: "trouble"; readonly reason: string };

export interface WorkerHandle {
  /** Resolves when it has ended, by itself or by {@link WorkerHandle.close}. */
  readonly ended: Promise<void>;
  /** Finishes what is in work, and ends. */
  close(): Promise<void>;
}

const LEASE = 30;
/** How often a unit is taken over from dead workers before it counts as what kills them. */
const MOST_TAKEOVERS = 10;
/** Milliseconds. */
const SECOND = 1000;
/** For which a unit is put off that takes too much memory. */
const PUT_OFF = 10_000;
/** After which an answer to Redis is tried again. */
const RETRY = 1000;

/**
 * Starts to work.
 *
 * @throws ClusterError if Redis cannot be reached at first; later it is waited for
 * @example
 * const worker = await startWorker({ url, name: "here", run: async (unit, { reference }) => …, merge: async () => … });
 * await worker.ended;
 */
export async function startWorker(settings: WorkerSettings): Promise<WorkerHandle> {
  const { name, jobs = 1, lease = LEASE, idle, report } = settings;
  checkInteger("jobs", jobs, 1, 1024);
  checkInteger("lease", lease, 1, 86_400);
  const queue = queueName(settings);
  const redis = await connect(settings, true);
  const activity = new Activity();
  const worker = new Worker<JobData>(
    queue,
    async (job: FlowJob, token?: string) => {
      activity.begin();
      try {
        await new Work(job, redis, queue, settings).run(token);
      } finally {
        activity.end();
      }
    },
    {
      connection: redis,
      prefix: PREFIX,
      name,
      concurrency: jobs,
      lockDuration: lease * SECOND,
      stalledInterval: (lease * SECOND) / 2,
      maxStalledCount: MOST_TAKEOVERS,
      runRetryDelay: RETRY,
    },
  );
  // While Redis is away, the same comes again and again.
  let trouble = "";
  worker.on("error", ({ message }) => {
    if (message !== trouble) report?.({ kind: "trouble", reason: message });
    trouble = message;
  });
  redis.on("ready", () => (trouble = ""));
  worker.on("active", ({ data: { flow, unit } }) => report?.({ kind: "begun", flow, unit }));
  worker.on("completed", ({ data: { flow, unit } }) => report?.({ kind: "done", flow, unit }));
  worker.on("failed", (job, { message }) => {
    if (job !== undefined) report?.({ kind: "failed", flow: job.data.flow, unit: job.data.unit, reason: message });
  });

  let ending: Promise<void> | undefined;
  let resolveEnded: () => void;
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));
  const close = (): Promise<void> => {
    ending ??= (async () => {
      clearInterval(watch);
      await worker.close();
      redis.disconnect();
      resolveEnded();
    })();
    return ending;
  };
  const watch = setInterval(
    () => {
      if (idle !== undefined && activity.idleFor() >= idle * SECOND) void close();
    },
    Math.min(SECOND, ((idle ?? 1) * SECOND) / 4 + 1),
  );
  return { ended, close };
}

/** When there was work last. */
class Activity {
  #running = 0;
  #last = performance.now();

  begin(): void {
    this.#running++;
  }

  end(): void {
    this.#running--;
    this.#last = performance.now();
  }

  /** Milliseconds. */
  idleFor(): number {
    return this.#running > 0 ? 0 : performance.now() - this.#last;
  }
}

/** One job in work. */
class Work {
  readonly #job: FlowJob;
  readonly #redis: Redis;
  readonly #settings: WorkerSettings;
  readonly #key: string;
  readonly #stop = new AbortController();
  #said: JobProgress | undefined;
  #progress: JobProgress | undefined;
  #isAsking = false;

  constructor(job: FlowJob, redis: Redis, queue: string, settings: WorkerSettings) {
    this.#job = job;
    this.#redis = redis;
    this.#settings = settings;
    this.#key = cancelledKey(queue, PREFIX, job.data.flow);
  }

  async run(token: string | undefined): Promise<void> {
    const { unit } = this.#job.data;
    await this.#refuseLarge(token);
    if (unit === undefined) await this.#look();
    const timer = setInterval(() => void this.#look().catch(() => undefined), SECOND);
    try {
      this.#stop.signal.throwIfAborted();
      if (unit === undefined) await this.#settings.merge(this.#task());
      else await this.#settings.run(unit, this.#task());
    } catch (error) {
      if (this.#stop.signal.aborted) throw new UnrecoverableError("cancelled");
      if (error instanceof FinalError) throw new UnrecoverableError(error.message);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  #task(): Task {
    const { flow, units, reference } = this.#job.data;
    const progress = (done: number, total: number): void => {
      this.#progress = { done, total };
    };
    return { flow, units, reference, signal: this.#stop.signal, progress };
  }

  /** Puts a unit off that takes more memory than there is here. */
  async #refuseLarge(token: string | undefined): Promise<void> {
    const { memory: needs } = this.#job.data;
    const { memoryLimit: allowed = Infinity } = this.#settings;
    if (needs <= allowed) return;
    await this.#job.updateProgress({ needs, allowed });
    await this.#job.moveToDelayed(Date.now() + PUT_OFF, token);
    throw new DelayedError();
  }

  /** Tells how far it is, and asks whether it is still wanted. While Redis is away, it goes on. */
  async #look(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      if ((await this.#redis.exists(this.#key)) > 0) this.#stop.abort();
      if (this.#progress !== this.#said && this.#progress !== undefined) {
        this.#said = this.#progress;
        await this.#job.updateProgress(this.#said);
      }
    } finally {
      this.#isAsking = false;
    }
  }
}
