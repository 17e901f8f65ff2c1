import { LEVELS, type MethodName } from "@pith/codec";
import type { Settings } from "../shared/routes.ts";
import type { Choices, PriorName } from "./runner.ts";

export const DEFAULT_CHOICES: Choices = { level: 5, method: "auto", prior: "none" };

const METHOD_TITLES: Readonly<Record<MethodName, string>> = {
  auto: "automatic: as the content needs",
  mix: "context mixing",
  ppm: "the longest context",
  dna: "nucleotides",
  pairs: "letter pairs",
  neural: "a network",
  rank: "ranks of a network",
  jpeg: "JPEG pictures",
  lz: "copies, quick to decode",
  samples: "pictures and sound",
  weights: "model weights",
  dedupe: "repeats left out",
  stored: "store only",
};

/** Methods, and what they are called here. */
export const METHODS = Object.entries(METHOD_TITLES).map(([name, title]) => ({ name: name as MethodName, title }));

/** What short files may be coded with, and what it is called here. */
export const PRIORS: readonly { readonly name: PriorName; readonly title: string }[] = [
  { name: "none", title: "nothing" },
  { name: "auto", title: "messages, logs, JSON and code" },
];

/** Choices as they stand in the address; what it does not say, or says wrong, has its default. */
export function choicesOf(settings: Settings): Choices {
  const level = Number(settings["level"]);
  const method = METHODS.find(({ name }) => name === settings["method"])?.name ?? DEFAULT_CHOICES.method;
  return {
    level: Number.isInteger(level) && level >= 1 && level <= LEVELS.length ? level : DEFAULT_CHOICES.level,
    method,
    // It is a method by itself.
    prior: method === "auto" && settings["prior"] === "auto" ? "auto" : DEFAULT_CHOICES.prior,
  };
}
