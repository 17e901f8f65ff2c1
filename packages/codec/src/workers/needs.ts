/** Loads what tasks need that is not carried along. */
import { loadKernel } from "../kernels/load.ts";
import { loadModel } from "../methods/load-models.ts";
import { needsToEncode } from "../plan/kernels.ts";
import { installEnglish } from "../transforms/words/english-dictionary.ts";
import { words } from "../transforms/words/index.ts";
import { need as needOf, type Need } from "@pith/core/workers";
import { modelOf, type Task } from "./tasks.ts";
import type { Installed } from "./install.ts";

/** Loads what a task needs, and installs it in this thread. @throws KernelError */
export async function loadNeeds(task: Task): Promise<readonly Need[]> {
  const { kernels, words: hasWords } = needsOf(task);
  const needs = kernels.map(async (each) => need(each.name, { type: "kernel", kernel: await loadKernel(each) }));
  if (hasWords) needs.push(loadWords());
  const loaded = await Promise.all(needs);
  // Only now, since to find out which model is needed takes kernels.
  const model = modelOf(task);
  if (model !== undefined) loaded.push(need(model.name, { type: "model", model: await loadModel(model) }));
  return loaded;
}

function needsOf(task: Task): ReturnType<typeof needsToEncode> {
  if (task.type === "encode") return needsToEncode(task.settings, task.block.content);
  const { method, parameters, stages } = task.block.header;
  return {
    kernels: task.type === "decode" ? (method.kernels?.(parameters) ?? []) : [],
    words: stages.some(({ transform }) => transform === words),
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
