import { PithError } from "@pith/core";
import { dna } from "./dna/index.ts";
import type { Method } from "./method.ts";
import { mix } from "./mix/index.ts";
import { stored } from "./stored/index.ts";

const METHODS: readonly Method[] = [stored, mix, dna];

/** Names of all methods. */
export const METHOD_NAMES: readonly string[] = METHODS.map(({ name }) => name);

/**
 * @param offset of the id in the file
 * @throws PithError `unknown-method`
 */
export function methodById(id: number, offset: number): Method {
  const method = METHODS.find((known) => known.id === id);
  if (method !== undefined) return method;
  throw new PithError("unknown-method", "this program does not have the block's method", {
    offset,
    expected: `a method of ${METHODS.map((known) => known.id).join(", ")}`,
    got: `method ${id}`,
  });
}

/** The method of that name, or undefined. */
export function methodByName(name: string): Method | undefined {
  return METHODS.find((known) => known.name === name);
}
