import { PithError } from "@pith/core";
import { dna } from "./dna/index.ts";
import type { Method, PayloadFormat } from "./method.ts";
import { mix } from "./mix/index.ts";
import { neural } from "./neural/index.ts";
import { pairs } from "./pairs/index.ts";
import { rank } from "./rank/index.ts";
import { split } from "./split/index.ts";
import { stored } from "./stored/index.ts";

const METHODS: readonly Method[] = [stored, mix, dna, pairs, neural, rank];

/** All that a block's payload can be. */
const FORMATS: readonly PayloadFormat[] = [...METHODS, split];

/** Names of all methods. */
export const METHOD_NAMES: readonly string[] = METHODS.map(({ name }) => name);

/**
 * @param offset of the id in the file
 * @throws PithError `unknown-method`
 */
export function formatById(id: number, offset: number): PayloadFormat {
  const format = FORMATS.find((known) => known.id === id);
  if (format !== undefined) return format;
  throw new PithError("unknown-method", "this program does not have the block's method", {
    offset,
    expected: `a method of ${FORMATS.map((known) => known.id).join(", ")}`,
    got: `method ${id}`,
  });
}

/** The method of that name, or undefined. */
export function methodByName(name: string): Method | undefined {
  return METHODS.find((known) => known.name === name);
}
