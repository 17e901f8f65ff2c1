import type { Pending, Program, Runner, Session } from "./executor.ts";
import { FairQueue } from "./fair-queue.ts";
import { LostWorkerError } from "./lost-worker.ts";
import { Member } from "./member.ts";
import type { WorkerPort } from "./port.ts";

/** How a pool is made. */
export interface PoolOptions<Task> {
  readonly program: Program<Task>;
  /** Does tasks where workers do not start. */
  readonly otherwise: Runner<Task>;
  /** Starts a worker of the host; throws where there are none. */
  readonly startWorker: () => WorkerPort;
  /** Most workers. */
  readonly size: number;
}

/** A worker ends when nothing was to be done for so long: it keeps the memory that its last task took. */
const IDLE_MILLISECONDS = 5000;
/** After a worker did not start, none is started for so long. */
const RETRY_MILLISECONDS = 10_000;

/**
 * Workers that all calls and streams share. They start as they are needed, and end when they have not been for a while.
 * Where none can start, tasks are done on this thread.
 */
export class WorkerPool<Task> implements Runner<Task> {
  readonly #options: PoolOptions<Task>;
  readonly #queue = new FairQueue<Session<Task>, Pending<Task>>();
  /** All that there are, with those that end. */
  readonly #members = new Set<Member<Task>>();
  readonly #starting = new Set<Member<Task>>();
  /** Each with the timer at whose end it ends; the one that worked last is the last. */
  readonly #idle = new Map<Member<Task>, unknown>();
  readonly #busy = new Map<Member<Task>, Session<Task>>();
  #refusedUntil = 0;

  constructor(options: PoolOptions<Task>) {
    this.#options = options;
  }

  add(session: Session<Task>, pending: Pending<Task>): void {
    this.#queue.add(session, pending);
    this.#dispatch();
  }

  async drop(session: Session<Task>, reason: unknown): Promise<void> {
    for (const { reject } of this.#queue.remove(session)) reject(reason);
    const own = [...this.#busy].filter(([, owner]) => owner === session).map(([member]) => member);
    this.#dispatch();
    await Promise.all([
      this.#options.otherwise.drop(session, reason),
      // A worker answers to nothing before its task is done, so it is ended, and another may start.
      ...own.map((member) => this.#end(member, reason)),
    ]);
  }

  #dispatch(): void {
    for (const [member, timer] of [...this.#idle].reverse()) {
      const next = this.#queue.take();
      if (next === undefined) break;
      clearTimeout(timer as number);
      this.#idle.delete(member);
      void this.#run(member, next.owner, next.thing);
    }
    while (this.#starting.size < this.#queue.length && this.#members.size < this.#options.size) {
      if (performance.now() < this.#refusedUntil) break;
      this.#start();
    }
    // Those that are to start, or end before they are replaced, come back here.
    if (this.#members.size === 0) {
      for (let next = this.#queue.take(); next !== undefined; next = this.#queue.take()) {
        this.#options.otherwise.add(next.owner, next.thing);
      }
    }
    for (const member of this.#starting) member.keepAlive(this.#queue.length > 0);
  }

  async #run(
    member: Member<Task>,
    session: Session<Task>,
    { task, onDone, resolve, reject }: Pending<Task>,
  ): Promise<void> {
    this.#busy.set(member, session);
    try {
      resolve(await member.run(task, this.#options.program, onDone));
    } catch (error) {
      reject(error);
    }
    this.#busy.delete(member);
    if (member.isFree) this.#rest(member);
    else await this.#end(member, new Error("the worker's task has failed"));
  }

  #start(): void {
    let member: Member<Task>;
    try {
      member = new Member<Task>(this.#options.startWorker(), (error) => {
        if (error instanceof LostWorkerError) this.#reject(error);
        else if (this.#starting.has(member)) this.#pause();
        void this.#end(member, undefined);
      });
    } catch {
      this.#pause();
      return;
    }
    this.#members.add(member);
    this.#starting.add(member);
    void this.#become(member);
  }

  async #become(member: Member<Task>): Promise<void> {
    await member.ready().catch(() => undefined);
    this.#starting.delete(member);
    if (member.isFree) this.#rest(member);
    else await this.#end(member, undefined);
  }

  /** Rejects what waits: a bundle that lacks the workers' program is to be mended, and not to be slow. */
  #reject(error: LostWorkerError): void {
    for (let next = this.#queue.take(); next !== undefined; next = this.#queue.take()) next.thing.reject(error);
  }

  /** Starts no worker for a while. */
  #pause(): void {
    this.#refusedUntil = performance.now() + RETRY_MILLISECONDS;
  }

  /** Lets a worker wait for a task. */
  #rest(member: Member<Task>): void {
    const end = (): void => void this.#end(member, undefined);
    const timer: unknown = setTimeout(end, IDLE_MILLISECONDS);
    // Of Node, where a timer keeps the process alive.
    (timer as { unref?(): void }).unref?.();
    this.#idle.set(member, timer);
    this.#dispatch();
  }

  async #end(member: Member<Task>, reason: unknown): Promise<void> {
    clearTimeout(this.#idle.get(member) as number | undefined);
    this.#idle.delete(member);
    await member.end(reason);
    this.#members.delete(member);
    this.#dispatch();
  }
}
