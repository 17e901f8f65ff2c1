/** Names that options have for methods and for kinds of content. */
import { METHOD_NAMES, type CodingMethodName } from "../methods/registry.ts";

/** How blocks are coded; "auto" decides for each, and "dedupe" too, once what comes again is taken out. */
export type MethodName = "auto" | CodingMethodName | "dedupe";

export const METHOD_CHOICES: readonly MethodName[] = ["auto", ...METHOD_NAMES, "dedupe"];

export const KINDS = ["auto", "text", "binary", "dna"] as const;
/** What the data is; "auto" detects it for each block. */
export type Kind = (typeof KINDS)[number];
