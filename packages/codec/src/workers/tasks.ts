import type { Model } from "@pith/core/models";
import type { CodedBlock } from "../block/coded-block.ts";
import { decodeBlock, restoreContent } from "../block/decode.ts";
import { encodeUnit } from "../block/encode-unit.ts";
import type { Block } from "../block/encode.ts";
import type { DecodeMeans } from "../format/decode-means.ts";
import { ALL_FORMATS } from "../format/all.ts";
import { headersOf } from "../block/parts.ts";
import { modelOfNetwork } from "../methods/mix/networks.ts";
import type { BlockPlan } from "../plan/block-plan.ts";
import { mayNeedModel, modelOfPlan, planBlock } from "../plan/plan.ts";
import type { BlockSettings } from "../plan/settings.ts";

/** Codes one block. */
export interface EncodeTask {
  readonly type: "encode";
  readonly block: Block;
  readonly settings: BlockSettings;
  /** How, where that may need a model; made once, with what is loaded for it. */
  plan?: BlockPlan | undefined;
}

/** Decodes one block. */
export interface DecodeTask {
  readonly type: "decode";
  readonly block: CodedBlock & { readonly headerBytes: Uint8Array };
}

/** The second half of decoding a block of parts, after the parts. */
interface RestoreTask {
  readonly type: "restore";
  readonly block: Omit<DecodeTask["block"], "payload">;
  /** The contents of the parts, in turn. */
  readonly input: Uint8Array;
}

export type Task = EncodeTask | DecodeTask | RestoreTask;

/** Blocks were admitted before they became tasks. */
const UNBOUNDED: DecodeMeans = { memoryLimit: Infinity, networks: new Map(), formats: ALL_FORMATS };

/** The work of a task, in steps. */
export function stepsOf(task: Task): Generator<number, Uint8Array> {
  switch (task.type) {
    case "encode":
      return encodeUnit(task.block, task.settings, task.plan);
    case "decode":
      return decodeBlock(task.block, UNBOUNDED);
    case "restore":
      return restoreContent(task.block, task.input);
  }
}

/**
 * The model that must be loaded before the steps of a task; undefined for most. Plans a block that may need one.
 *
 * @param mixed whether a block to be encoded is noise in part: what is left of it without may be English
 * @yields something, every few milliseconds
 */
export function* modelOf(task: Task, mixed: boolean): Generator<number, Model | undefined> {
  switch (task.type) {
    case "encode": {
      const { block, settings } = task;
      if (block.content.length === 0 || !mayNeedModel(settings)) return undefined;
      if (mixed) return modelOfNetwork("english");
      task.plan ??= yield* planBlock(block.content, settings);
      return modelOfPlan(task.plan);
    }
    case "decode": {
      const names = headersOf(task.block, ALL_FORMATS).map(({ method, parameters }) => method.model?.(parameters));
      return names.find((name) => name !== undefined);
    }
    case "restore":
      return undefined;
  }
}
