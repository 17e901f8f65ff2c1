/** Names that options have for methods and for kinds of content. */
import type { ValueRun } from "../bytes/value-run.ts";
import { METHOD_NAMES, type CodingMethodName } from "../methods/registry.ts";

/** How a number stands. */
type ValueForm = Pick<ValueRun, "bytes" | "isFloat">;

/** How blocks are coded; "auto" decides for each, and "dedupe" too, once what comes again is taken out. */
export type MethodName = "auto" | CodingMethodName | "dedupe";

export const METHOD_CHOICES: readonly MethodName[] = ["auto", ...METHOD_NAMES, "dedupe"];

const CONTENT_KINDS = ["auto", "text", "binary", "dna"] as const;
/** Kinds of bytes. */
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** Arrays of numbers by themselves, without a header, by their type. */
const ARRAYS = {
  "weights:f64": { bytes: 8, isFloat: true },
  "weights:f32": { bytes: 4, isFloat: true },
  "weights:f16": { bytes: 2, isFloat: true },
  "weights:bf16": { bytes: 2, isFloat: true },
  "weights:f8": { bytes: 1, isFloat: false },
  "weights:i8": { bytes: 1, isFloat: false },
} as const satisfies Readonly<Record<string, ValueForm>>;
type ArrayKind = keyof typeof ARRAYS;

/** What the data is; "auto" detects it for each block. */
export type Kind = ContentKind | ArrayKind;
export const KINDS: readonly Kind[] = [...CONTENT_KINDS, ...(Object.keys(ARRAYS) as ArrayKind[])];

/** How the numbers of an array stand; undefined for other kinds. */
export function formOfArray(kind: Kind): ValueForm | undefined {
  return kind in ARRAYS ? ARRAYS[kind as ArrayKind] : undefined;
}

/** The kind of bytes by which what is not coded as numbers is. */
export function contentKind(kind: Kind): ContentKind {
  return CONTENT_KINDS.find((known) => known === kind) ?? "auto";
}
