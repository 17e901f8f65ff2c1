import { dna } from "./dna/index.ts";
import { jpeg } from "./jpeg/index.ts";
import { lz } from "./lz/index.ts";
import type { Method } from "./method.ts";
import { mix } from "./mix/index.ts";
import { neural } from "./neural/index.ts";
import { pairs } from "./pairs/index.ts";
import { ppm } from "./ppm/index.ts";
import { samples } from "./samples/index.ts";
import { rank } from "./rank/index.ts";
import { weights } from "./weights/index.ts";
import { stored } from "./stored/index.ts";

const ALL = [stored, mix, dna, pairs, neural, rank, jpeg, lz, ppm, samples, weights] as const;

/** Every method: who adds one adds it here, and nowhere else. */
export const METHODS: readonly Method[] = ALL;

/** Name of a method. */
export type CodingMethodName = (typeof ALL)[number]["name"];

/** Names of all methods. */
export const METHOD_NAMES: readonly CodingMethodName[] = ALL.map(({ name }) => name);

/** The method that a plan names. */
export function methodOf(name: string): Method {
  const method = METHODS.find((known) => known.name === name);
  if (method !== undefined) return method;
  throw new TypeError(`method: expected ${METHOD_NAMES.join(", ")}, got ${name}`);
}
