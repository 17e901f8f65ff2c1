import type { SampleShape } from "../bytes/sample-shape.ts";
import type { FoundTensor } from "../kinds/weights/found-tensors.ts";
import type { ValueRun } from "../bytes/value-run.ts";
import type { Member } from "../kinds/kind.ts";
import type { BlockPlan } from "../plan/block-plan.ts";
import type { BlockSettings } from "../plan/settings.ts";
import { ALL_FORMATS } from "../format/all.ts";
import { readBlockHeader } from "../format/block-header.ts";
import { ByteReader, isWhole, takeSpare } from "@pith/core/bytes";
import type { Task } from "./tasks.ts";

/** A task as it goes to a worker: plain data. */
export type TaskMessage =
  | {
      readonly type: "encode";
      readonly content: Uint8Array<ArrayBuffer>;
      readonly number: number;
      readonly last: boolean;
      readonly shape: SampleShape | undefined;
      readonly values: readonly ValueRun[] | undefined;
      readonly tensors: readonly FoundTensor[] | undefined;
      readonly base: number | undefined;
      readonly members: readonly Member[] | undefined;
      readonly baseBytes: Uint8Array | undefined;
      readonly settings: BlockSettings;
      readonly plan: BlockPlan | undefined;
    }
  | {
      readonly type: "decode";
      readonly headerBytes: Uint8Array;
      /** Of the header, with a network that it only names. */
      readonly parameters: unknown;
      readonly number: number;
      readonly offset: number;
      readonly payload: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly type: "restore";
      readonly headerBytes: Uint8Array;
      readonly number: number;
      readonly offset: number;
      readonly input: Uint8Array;
    };

/** The message, and the buffers that go with it: copies, where the originals are the caller's. */
export function toMessage(task: Task): { message: TaskMessage; transfer: ArrayBuffer[] } {
  if (task.type === "encode") {
    const { number, last, shape, values, tensors, base, baseBytes, members, isOwn } = task.block;
    const content = isOwn === true ? (task.block.content as Uint8Array<ArrayBuffer>) : copyOf(task.block.content);
    return {
      message: {
        type: "encode",
        content,
        number,
        last,
        shape,
        values,
        tensors,
        base,
        members,
        // A view would take along all that it is a view of.
        baseBytes: baseBytes?.slice(),
        settings: task.settings,
        plan: task.plan,
      },
      transfer: [content.buffer],
    };
  }
  const { headerBytes, header, offset } = task.block;
  const place = { headerBytes, number: header.number, offset };
  if (task.type === "restore") {
    // What parts were put together in is nobody else's.
    const input = isWhole(task.input) ? task.input : task.input.slice();
    return { message: { type: "restore", ...place, input }, transfer: [input.buffer] };
  }
  const payload = copyOf(task.block.payload);
  return { message: { type: "decode", ...place, parameters: header.parameters, payload }, transfer: [payload.buffer] };
}

/** A copy that goes away with its memory, and comes back to be used again. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = takeSpare(bytes.length);
  copy.set(bytes);
  return copy;
}

/** What a task was given that is of no more use once it is done. */
export function spentBy(message: TaskMessage): readonly Uint8Array<ArrayBuffer>[] {
  if (message.type === "encode") return [message.content];
  return message.type === "decode" ? [message.payload] : [];
}

/** Undoes {@link toMessage}. */
export function fromMessage(message: TaskMessage): Task {
  if (message.type === "encode") {
    const { content, number, last, shape, values, tensors, base, baseBytes, members, settings, plan } = message;
    const block = { content, number, last, shape, values, tensors, base, baseBytes, members };
    return { type: "encode", block, settings, plan };
  }
  const { headerBytes, number, offset } = message;
  const header = readBlockHeader(new ByteReader(headerBytes, offset), number, ALL_FORMATS);
  const block = { header, headerBytes, offset, payloadOffset: offset + headerBytes.length };
  if (message.type === "restore") return { type: "restore", block, input: message.input };
  const { parameters, payload } = message;
  return { type: "decode", block: { ...block, header: { ...header, parameters }, payload } };
}
