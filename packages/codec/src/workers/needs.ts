/** Loads what tasks need that is not carried along. */
import type { DeferredKernel } from "@pith/core";
import { ALL_FORMATS } from "../format/all.ts";
import { headersOf } from "../block/parts.ts";
import { loadKernel } from "../kernels/load.ts";
import { loadModel } from "../methods/load-models.ts";
import { incompressibleStretches, mayHaveNoise } from "../plan/incompressible.ts";
import { needsToEncode } from "../plan/kernels.ts";
import { trialKernels } from "../plan/kind.ts";
import { mayBeSamples } from "../plan/samples.ts";
import { isTried, kernelsOfValues } from "../plan/weights.ts";
import { samples } from "../methods/samples/index.ts";
import { jpeg } from "../methods/jpeg/index.ts";
import type { BlockSettings } from "../plan/settings.ts";
import { mayOpen } from "../plan/opening.ts";
import { mayHaveSpans } from "../kinds/find.ts";
import { open } from "../transforms/open/index.ts";
import { installEnglish } from "../transforms/words/english-dictionary.ts";
import { words } from "../transforms/words/index.ts";
import { inTurns } from "@pith/core/steps";
import { need as needOf, type Need } from "@pith/core/workers";
import { modelOf, type EncodeTask, type Task } from "./tasks.ts";
import type { Installed } from "./install.ts";

/** Loads what a task needs, and installs it in this thread. @throws KernelError */
export async function loadNeeds(task: Task): Promise<readonly Need[]> {
  const opened =
    task.type === "encode" && (task.block.shape !== undefined || task.block.tensors !== undefined || mayBeOpened(task));
  const mixed = opened || (await isMixed(task));
  const { kernels, words: hasWords } = needsOf(task, mixed, opened);
  const needs = kernels.map(async (each) => need(each.name, { type: "kernel", kernel: await loadKernel(each) }));
  if (hasWords) needs.push(loadWords());
  const loaded = await Promise.all(needs);
  // Only now, since to find out which model is needed takes kernels.
  const model = await inTurns(modelOf(task, mixed));
  if (model !== undefined) loaded.push(need(model.name, { type: "model", model: await loadModel(model) }));
  return loaded;
}

/** Whether a block may be coded in parts for its noise. What these are, as a whole it does not tell. */
async function isMixed(task: Task): Promise<boolean> {
  if (task.type !== "encode" || isSurelyValues(task)) return false;
  if (!mayHaveNoise(task.settings)) return false;
  const stretches = await inTurns(incompressibleStretches(task.block.content));
  return stretches.includes(true) && stretches.includes(false);
}

/** Of methods for what may be found inside, of the level's strength. */
function kernelsOfFound({ level }: BlockSettings): readonly DeferredKernel[] {
  return [jpeg, samples].flatMap((method) => method.kernels?.(method.choose(new Uint8Array(0), level) as never) ?? []);
}

/** Whether a block is coded as values, whatever these are. */
function isSurelyValues({ settings, block: { content, values } }: EncodeTask): boolean {
  return values !== undefined && !isTried(content, values, settings);
}

function mayBeOpened(task: EncodeTask): boolean {
  const { content, members } = task.block;
  const { settings } = task;
  if (!mayOpen(settings) || isSurelyValues(task)) return false;
  return members !== undefined || mayHaveSpans(content) || mayBeSamples(content, settings) !== undefined;
}

function needsOf(task: Task, mixed: boolean, opened: boolean): ReturnType<typeof needsToEncode> {
  if (task.type === "encode") {
    const ofValues = task.block.values === undefined ? [] : kernelsOfValues(task.settings);
    if (isSurelyValues(task)) return { kernels: ofValues, words: false };
    const general = needsToEncode(task.settings, mixed ? undefined : task.block.content);
    const needs = { ...general, kernels: [...general.kernels, ...ofValues] };
    return opened
      ? {
          ...needs,
          kernels: [
            ...needs.kernels,
            ...open.kernels,
            ...trialKernels(),
            ...kernelsOfFound(task.settings),
            ...kernelsOfValues(task.settings),
          ],
        }
      : needs;
  }
  const headers = task.type === "decode" ? headersOf(task.block, ALL_FORMATS) : [task.block.header];
  const ofTransforms = headers.flatMap(({ stages }) => stages.flatMap(({ transform }) => transform.kernels ?? []));
  const ofMethods = headers.flatMap(({ method, parameters }) => method.kernels?.(parameters) ?? []);
  return {
    kernels: task.type === "decode" ? [...ofTransforms, ...ofMethods] : ofTransforms,
    words: headers.some(({ stages }) => stages.some(({ transform }) => transform === words)),
  };
}

async function loadWords(): Promise<Need> {
  const { ENGLISH } = await import("../transforms/words/english.ts");
  installEnglish(ENGLISH);
  return need("words", { type: "words", words: ENGLISH });
}

function need(name: string, installed: Installed): Need {
  return needOf(name, installed);
}
