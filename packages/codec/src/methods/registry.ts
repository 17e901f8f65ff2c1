import { PithError } from "@pith/core";
import { type Method } from "./method.ts";
import { dna } from "./dna/index.ts";
import { mix } from "./mix/index.ts";
import { stored } from "./stored/index.ts";

const methods = new Map<number, Method>();

/** Makes a method known to encoder and decoder. @throws Error if its id is taken */
export function registerMethod(method: Method): void {
  const known = methods.get(method.id);
  if (known !== undefined) throw new Error(`method ${method.id} is ${known.name} already, not ${method.name}`);
  methods.set(method.id, method);
}

for (const method of [stored, mix, dna]) registerMethod(method);

/** @throws PithError `unknown-method` */
export function methodById(id: number, offset: number): Method {
  const method = methods.get(id);
  if (method !== undefined) return method;
  throw new PithError("unknown-method", "this program does not have the block's method", {
    offset,
    expected: `a method of ${[...methods.keys()].join(", ")}`,
    got: `method ${id}`,
  });
}

/** The method of that name, or undefined. */
export function methodByName(name: string): Method | undefined {
  for (const method of methods.values()) if (method.name === name) return method;
  return undefined;
}

/** Names of all methods. */
export function methodNames(): string[] {
  return Array.from(methods.values(), ({ name }) => name);
}
