import type { Pending, Program, Runner, Session } from "../../src/workers/executor.ts";

/** A task of a few steps, whose result is its number. */
export interface NumberedTask {
  readonly number: number;
  readonly steps?: number;
  /** A model that it needs. */
  readonly needs?: string;
}

/** A program that notes which tasks' steps are done on this thread, in turn. */
export function numberedProgram(log: number[] = []): Program<NumberedTask> {
  return {
    async prepare({ needs }) {
      return needs === undefined ? [] : [{ name: needs, message: { model: needs } }];
    },
    *steps({ number, steps = 1 }) {
      for (let i = 0; i < steps; i++) {
        log.push(number);
        yield i;
      }
      return Uint8Array.of(number);
    },
    toMessage: (task) => ({ message: task, transfer: [] }),
  };
}

/** Does tasks when the test says so. */
export class LaterRunner implements Runner<NumberedTask> {
  readonly added: Pending<NumberedTask>[] = [];
  readonly dropped: Session<NumberedTask>[] = [];
  add(_: Session<NumberedTask>, pending: Pending<NumberedTask>): void {
    this.added.push(pending);
    pending.resolve(Uint8Array.of(pending.task.number));
  }
  async drop(session: Session<NumberedTask>): Promise<void> {
    this.dropped.push(session);
  }
}
