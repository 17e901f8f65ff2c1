/** Which model knows what: one instance serves all messages of a thread, and goes from one prior to another. */
import { Model, type Knowledge } from "./model.ts";
import { type Base, type PriorText, readHead, readText } from "./prior-file.ts";

let shared: Model | undefined;
let builtIn: Knowledge | undefined;
const known = new WeakMap<PriorText, Knowledge>();

/** The text of the built-in prior, which is imported when it is used first. */
async function importBuiltIn(): Promise<Uint8Array> {
  const { packed } = await import("./built-in.ts");
  return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
}

/**
 * The model, knowing a base or a prior. It is the next caller's, too: nothing may be waited for while it is in use.
 *
 * @param what a base, or a prior, which is learnt once
 */
export async function modelWith(what: Base | PriorText): Promise<Model> {
  const base = typeof what === "string" ? what : what.base;
  const packed = base === "auto" && builtIn === undefined ? await importBuiltIn() : undefined;
  shared ??= new Model();
  if (typeof what === "string") return withBase(shared, what, packed);
  const knowledge = known.get(what);
  if (knowledge !== undefined) shared.recall(knowledge);
  else {
    withBase(shared, base, packed).learn(what.text);
    known.set(what, shared.keep());
  }
  return shared;
}

function withBase(model: Model, base: Base, packed: Uint8Array | undefined): Model {
  if (base === "none") model.start();
  else if (builtIn !== undefined) model.recall(builtIn);
  else if (packed !== undefined) {
    model.start();
    readText(model, packed, readHead(packed, packed.length * 100));
    builtIn = model.keep();
  }
  return model;
}
