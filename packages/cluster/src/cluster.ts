/** Submits flows of units, tells how far they are, and takes them back. */

import { FlowProducer, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { checkInteger } from "./check.ts";
import { connect, type ConnectionSettings, explained, placeOf, PREFIX, queueName } from "./connection.ts";
import { ClusterError } from "./errors.ts";
import { cancelledKey, type FlowJob, type JobData, MERGE, mergeId, UNIT, unitId } from "./jobs.ts";
import { flowsIn, type FlowStatus, snapshotOf, statusOf } from "./status.ts";

/** Work in units, and what joins them. */
export interface Flow {
  /** Tells flows apart, and is the same for the same work: 1 to 64 letters, digits, `-` and `_`. */
  readonly id: string;
  /** 1 to 1,000,000; units are numbered from 0 on. */
  readonly units: number;
  /** What the work is, for those who do it: names of files, settings. At most 64 KiB as JSON, since each unit carries it. */
  readonly reference: unknown;
  /** Bytes of memory that a unit takes; only workers that allow as much do it. */
  readonly memory?: number;
  /** How often a unit is tried before it has failed; 3 if absent. */
  readonly attempts?: number;
}

/** A queue. */
export interface Cluster {
  /**
   * Puts a flow into the queue. One that is there goes on: what has failed is tried again, and one that is done begins anew.
   *
   * @throws ClusterError if another flow has its name, or Redis refuses it
   */
  submit(flow: Flow): Promise<FlowStatus>;
  /** @returns undefined if there is no such flow */
  status(id: string): Promise<FlowStatus | undefined>;
  /** All flows that the queue knows. Those that are done are forgotten after a week. */
  flows(): Promise<readonly FlowStatus[]>;
  /** How many workers are connected. */
  workers(): Promise<number>;
  /**
   * Takes a flow out of the queue: what waits is not begun, and what is in work is stopped. What units have left behind stays.
   *
   * @param patience seconds to wait for workers that do not stop
   * @returns false if there is no such flow
   * @throws ClusterError if a worker still holds a unit of it; call it again once that is gone
   */
  cancel(id: string, patience?: number): Promise<boolean>;
  close(): Promise<void>;
}

const MOST_UNITS = 1_000_000;
const MOST_REFERENCE = 65_536;
const ATTEMPTS = 3;
/** Milliseconds before the second attempt; doubled before each further one. */
const BACKOFF = 1000;
/** Seconds for which a flow that is done is remembered, and for which one is known as cancelled. */
const REMEMBERED = 7 * 24 * 3600;
/** Milliseconds between looks at workers that shall stop. */
const LOOK = 100;

/**
 * Connects to a queue.
 *
 * @throws ClusterError if Redis cannot be reached, or may lose what it is given
 * @example
 * const cluster = await openCluster({ url: "redis://127.0.0.1:6379" });
 * await cluster.submit({ id: "logs-2031", units: 100, reference: { plan: "/shared/logs.json" } });
 */
export async function openCluster(settings: ConnectionSettings): Promise<Cluster> {
  const name = queueName(settings);
  const redis = await connect(settings, false);
  return new RedisCluster(redis, name, placeOf(settings.url));
}

class RedisCluster implements Cluster {
  readonly #redis: Redis;
  readonly #name: string;
  readonly #place: string;
  readonly #queue: Queue<JobData>;
  readonly #producer: FlowProducer;

  constructor(redis: Redis, name: string, place: string) {
    this.#redis = redis;
    this.#name = name;
    this.#place = place;
    const options = { connection: redis, prefix: PREFIX };
    this.#queue = new Queue<JobData>(name, options);
    this.#producer = new FlowProducer(options);
    // What fails is told by what was asked for.
    this.#queue.on("error", () => undefined);
    this.#producer.on("error", () => undefined);
  }

  async submit(flow: Flow): Promise<FlowStatus> {
    checkFlow(flow);
    return await this.#asking(async () => {
      const there: FlowJob | undefined = await this.#queue.getJob(mergeId(flow.id));
      if (there === undefined) await this.#add(flow);
      else await this.#goOn(flow, there);
      const status = await statusOf(this.#queue, flow.id, await snapshotOf(this.#queue));
      if (status === undefined) throw new ClusterError(`the flow ${flow.id} was cancelled meanwhile`);
      return status;
    });
  }

  async status(id: string): Promise<FlowStatus | undefined> {
    return await this.#asking(async () => await statusOf(this.#queue, id, await snapshotOf(this.#queue)));
  }

  async flows(): Promise<readonly FlowStatus[]> {
    return await this.#asking(async () => {
      const snapshot = await snapshotOf(this.#queue);
      const all: FlowStatus[] = [];
      for (const id of await flowsIn(this.#queue)) {
        const status = await statusOf(this.#queue, id, snapshot);
        if (status !== undefined) all.push(status);
      }
      return all;
    });
  }

  async workers(): Promise<number> {
    return await this.#asking(() => this.#queue.getWorkersCount());
  }

  async cancel(id: string, patience = 60): Promise<boolean> {
    return await this.#asking(async () => {
      const job: FlowJob | undefined = await this.#queue.getJob(mergeId(id));
      if (job === undefined) return false;
      const key = cancelledKey(this.#name, PREFIX, id);
      await this.#redis.set(key, "1", "EX", REMEMBERED);
      await job.removeUnprocessedChildren();
      for (const start = performance.now(); ;) {
        try {
          await job.remove({ removeChildren: true });
          break;
        } catch (error) {
          // It is locked, or one of its units is: a worker has not yet heard of it.
          if (!(error instanceof Error) || !/locked/i.test(error.message)) throw error;
          if (performance.now() - start > patience * 1000) {
            throw new ClusterError(`a worker still holds a unit of the flow ${id}; cancel it again once that is gone`);
          }
          await new Promise((resolve) => setTimeout(resolve, LOOK));
        }
      }
      await this.#redis.del(key);
      return true;
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#queue.close(), this.#producer.close()]);
    this.#redis.disconnect();
  }

  async #add({ id, units, reference, memory = 0, attempts = ATTEMPTS }: Flow): Promise<void> {
    await this.#redis.del(cancelledKey(this.#name, PREFIX, id));
    const data: JobData = { flow: id, units, memory, reference };
    const options = { attempts, backoff: { type: "exponential", delay: BACKOFF } };
    await this.#producer.add({
      name: MERGE,
      queueName: this.#name,
      data: { ...data, memory: 0 },
      opts: { ...options, jobId: mergeId(id), removeOnComplete: { age: REMEMBERED } },
      children: Array.from({ length: units }, (_, unit) => ({
        name: UNIT,
        queueName: this.#name,
        data: { ...data, unit },
        opts: { ...options, jobId: unitId(id, unit), removeOnComplete: true },
      })),
    });
  }

  /** A flow that is there already. */
  async #goOn(flow: Flow, there: FlowJob): Promise<void> {
    const { units, reference } = there.data;
    if (units !== flow.units || JSON.stringify(reference) !== JSON.stringify(flow.reference)) {
      throw new ClusterError(`another flow is called ${flow.id}; cancel it, or choose another name`);
    }
    const state = await there.getState();
    if (state === "completed") {
      await there.remove({ removeChildren: true });
      await this.#add(flow);
      return;
    }
    for (const job of await this.#queue.getFailed()) {
      if ((job as FlowJob).data.flow === flow.id) await job.retry("failed", { resetAttemptsMade: true });
    }
  }

  /** Says of what Redis answers what can be done about it. */
  async #asking<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      throw explained(error, this.#place) as Error;
    }
  }
}

/** @throws ClusterError */
function checkFlow({ id, units, reference, memory = 0, attempts = ATTEMPTS }: Flow): void {
  if (!/^[\w-]{1,64}$/.test(id))
    throw new ClusterError(`id: expected up to 64 letters, digits, - and _, got ${id.slice(0, 80)}`);
  checkInteger("units", units, 1, MOST_UNITS);
  checkInteger("memory", memory, 0, Number.MAX_SAFE_INTEGER);
  checkInteger("attempts", attempts, 1, 1000);
  const length = Buffer.byteLength(JSON.stringify(reference ?? null));
  if (length <= MOST_REFERENCE) return;
  throw new ClusterError(
    `reference: expected at most ${MOST_REFERENCE} bytes of JSON, got ${length}; name a file instead of its content`,
  );
}
