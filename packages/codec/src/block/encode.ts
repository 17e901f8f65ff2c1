import { giveSpare } from "@pith/core/bytes";
import type { SampleShape } from "../bytes/sample-shape.ts";
import type { ValueRun } from "../bytes/value-run.ts";
import type { Member } from "../kinds/kind.ts";
import { writeBlockHeader, type Stage } from "../format/block-header.ts";
import { checksumSteps } from "../bytes/checksum.ts";
import { MAX_LENGTH } from "../format/constants.ts";
import { stored } from "../methods/stored/index.ts";
import type { Method } from "../methods/method.ts";
import { methodOf } from "../methods/registry.ts";
import { transformOf } from "../transforms/registry.ts";
import type { BlockPlan } from "../plan/block-plan.ts";
import { planBlock } from "../plan/plan.ts";
import { scaled, standing } from "@pith/core/steps";
import type { BlockSettings } from "../plan/settings.ts";
import type { FoundTensor } from "../kinds/weights/found-tensors.ts";

/** A block of content and its place. */
export interface Block {
  readonly content: Uint8Array;
  /** In its frame, from 0. */
  readonly number: number;
  /** The last of its frame. */
  readonly last: boolean;
  /** How the samples stand that began in a block before, and go on in this one. */
  readonly shape?: SampleShape | undefined;
  /** Which values of tensors it consists of. */
  readonly values?: readonly ValueRun[] | undefined;
  /** Tensors that are a part of it, in order, where they are known. */
  readonly tensors?: readonly FoundTensor[] | undefined;
  /** Where what they differ from begins in the reference, and those bytes, once they are read. */
  readonly base?: number | undefined;
  readonly baseBytes?: Uint8Array | undefined;
  /** Where members of an archive lie in it, of which parts may be missing: what is between them are headers. */
  readonly members?: readonly Member[] | undefined;
  /** The memory that its content lies in is the block's alone, and nobody's once it is coded. */
  readonly isOwn?: boolean | undefined;
  /** Nothing before it may wait for what follows: somebody wants to read it now. */
  readonly flushed?: boolean | undefined;
}

/**
 * Codes a block; stores it if it does not shrink. A pure function of its arguments, so that blocks can be coded
 * anywhere, in any order.
 *
 * @param made the block's plan, where it was made before
 * @yields bytes of content done so far
 * @returns the block's header and payload
 */
export function* encodeBlock(block: Block, settings: BlockSettings, made?: BlockPlan): Generator<number, Uint8Array> {
  const { content, number, last } = block;
  const check = yield* standing(checksumSteps(content, number));
  yield 0;
  const common = { number, last, contentLength: content.length, checksum: check };
  const plain = writeBlockHeader({
    ...common,
    stages: [],
    method: stored,
    parameters: null,
    payloadLength: content.length,
  });
  const plan = content.length === 0 ? undefined : (made ?? (yield* planBlock(content, settings)));
  const staged = plan && (yield* standing(applyTransforms(content, plan)));
  if (plan !== undefined && plan.method !== stored.name && staged !== undefined) {
    const method = methodOf(plan.method);
    const { input, stages } = staged;
    const { parameters, payload } = yield* scaled(
      encodeInput(input, method, plan, settings),
      content.length / input.length,
    );
    if (payload.length < content.length) {
      const header = writeBlockHeader({ ...common, stages, method, parameters, payloadLength: payload.length });
      if (header.length + payload.length < plain.length + content.length) {
        const joined = join(header, payload);
        if (method.inSpare === true) giveSpare(payload);
        return joined;
      }
    }
  }
  yield content.length;
  return join(plain, content);
}

/** What the method makes of its input, and with which of the plan's parameters. */
function* encodeInput(
  input: Uint8Array,
  method: Method,
  { parameters, lesser }: BlockPlan,
  { hasThread }: BlockSettings,
): Generator<number, { parameters: unknown; payload: Uint8Array }> {
  if (method.encodeBest === undefined) return { parameters, payload: yield* method.encodeBlock(input, parameters) };
  return yield* method.encodeBest(input, [parameters, ...lesser], hasThread);
}

/** The method's input; undefined if a transform gives more or less than the format can say. */
function* applyTransforms(
  content: Uint8Array,
  { transforms }: BlockPlan,
): Generator<number, { input: Uint8Array; stages: Stage[] } | undefined> {
  let input = content;
  const stages: Stage[] = [];
  for (const transform of transforms.map(transformOf)) {
    input = transform.steps === undefined ? transform.forward(input) : yield* transform.steps(input);
    yield 0;
    if (input.length === 0 || input.length > MAX_LENGTH) return undefined;
    stages.push({ transform, length: input.length });
  }
  return { input, stages };
}

function join(header: Uint8Array, payload: Uint8Array): Uint8Array {
  const joined = new Uint8Array(header.length + payload.length);
  joined.set(header);
  joined.set(payload, header.length);
  return joined;
}
