/** Which model knows what: one instance serves all messages of a thread, and goes from one prior to another. */
import { Model, type Knowledge } from "./model.ts";
import type { Base, PriorText } from "./prior-file.ts";
import { type BuiltIn, unpackBuiltIn } from "./unpack.ts";

let unpacked: BuiltIn | undefined;
let shared: Model | undefined;
/** What the model knows where it is marked. */
let current: Base | PriorText | undefined;
/** What it knew before, of what takes long to learn. The built-in prior is under its name. */
let builtIn: Knowledge | undefined;
const known = new WeakMap<PriorText, Knowledge>();

/** The built-in prior, which is unpacked once. */
export async function builtInParts(): Promise<BuiltIn> {
  unpacked ??= await unpackBuiltIn();
  return unpacked;
}

/** The hash of the built-in prior. */
export async function builtInHash(): Promise<number> {
  return (await builtInParts()).hash;
}

/**
 * The model, knowing a base or a prior. It is the next caller's, too: nothing may be waited for while it is in use.
 *
 * @param what a base, or a prior, which is learnt once
 */
export async function modelWith(what: Base | PriorText): Promise<Model> {
  const base = typeof what === "string" ? what : what.base;
  if (base === "auto") unpacked ??= await unpackBuiltIn();
  shared ??= new Model();
  if (current === what) {
    shared.back();
    return shared;
  }
  leave(shared);
  const knowledge = typeof what === "string" ? undefined : known.get(what);
  if (knowledge !== undefined) shared.recall(knowledge);
  else {
    learnBase(shared, base);
    if (typeof what !== "string") {
      if (base === "auto") builtIn ??= shared.keep();
      shared.learn(what.text);
    }
  }
  shared.mark();
  current = what;
  return shared;
}

/**
 * Has the model know a base, learn a prior on it, and stand where {@link modelWith} of that prior would: it is not learnt twice.
 *
 * @param learn learns all of the prior's text, by coding it, and gives the prior back
 */
export async function learning(base: Base, learn: (model: Model) => PriorText): Promise<PriorText> {
  const model = await modelWith(base);
  leave(model);
  const prior = learn(model);
  model.mark();
  current = prior;
  return prior;
}

/** Keeps what took long to learn, before something else is wanted. */
function leave(model: Model): void {
  model.back();
  model.unmark();
  if (current === "auto") builtIn ??= model.keep();
  else if (typeof current === "object" && !known.has(current)) known.set(current, model.keep());
  current = undefined;
}

function learnBase(model: Model, base: Base): void {
  if (base === "auto" && builtIn !== undefined) {
    model.recall(builtIn);
    return;
  }
  model.start();
  if (base === "none" || unpacked === undefined) return;
  model.primeFirst(unpacked.text);
  model.takeNetwork(unpacked.network);
  model.takeParameters(unpacked.parameters);
}
