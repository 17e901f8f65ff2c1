import { decodeBlock, type CodedBlock } from "../block/decode.ts";
import { encodeBlock, type Block } from "../block/encode.ts";
import type { BlockSettings } from "../block/settings.ts";

/** Codes one block. */
export interface EncodeTask {
  readonly type: "encode";
  readonly block: Block;
  readonly settings: BlockSettings;
}

/** Decodes one block. */
export interface DecodeTask {
  readonly type: "decode";
  readonly block: CodedBlock & { readonly headerBytes: Uint8Array };
}

export type Task = EncodeTask | DecodeTask;

/** Bytes of content of the task that are done, never fewer than the time before. */
export type OnDone = (done: number) => void;

/** Runs tasks somewhere. */
export interface Executor {
  /** Several may run at a time; the caller bounds how many. */
  run(task: Task, onDone: OnDone): Promise<Uint8Array>;
  /** Stops what runs: its promises reject with `reason`. */
  close(reason: unknown): Promise<void>;
}

/** The work of a task, in steps. */
export function stepsOf(task: Task): Generator<number, Uint8Array> {
  return task.type === "encode" ? encodeBlock(task.block, task.settings) : decodeBlock(task.block);
}

/** Does all the steps at once. */
export function finish(steps: Generator<number, Uint8Array>, onDone: OnDone): Uint8Array {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    onDone(value);
  }
}
