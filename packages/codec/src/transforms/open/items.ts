import type { SampleShape } from "../../bytes/sample-shape.ts";
import type { ValueRun } from "../../bytes/value-run.ts";
import type { CodingMethodName } from "../../methods/registry.ts";
import type { Kind } from "../../kinds/kind.ts";

/** A piece of content: bytes as they are, or a span that was taken apart. */
export type Item = Literal | Span;

export interface Literal {
  readonly bytes: Uint8Array;
  /** Of a literal that has its stream to itself, or shares it with those of the same method: the method that knows what it is. */
  readonly method?: CodingMethodName | undefined;
  /** Of the method `samples`: how they stand. */
  readonly shape?: SampleShape | undefined;
  /** Of the method `weights`: what stands where. */
  readonly values?: readonly ValueRun[] | undefined;
  /** Where it goes, so that what is alike is coded together. */
  readonly stream: number;
}

export interface Span {
  readonly kind: Kind;
  readonly fields: unknown;
  /** Bytes of content. */
  readonly length: number;
  readonly insideLength: number;
  readonly inside: readonly Item[];
  /** Codes what closing takes beside, once what is inside has been coded. */
  readonly encode?: (() => void) | undefined;
}

/** The stream of what lies between spans, and of headers. */
export const GLUE = 0;
/** The stream of what no method makes smaller. */
export const NOISE = 1;
/** The first stream of what is alike. */
export const FIRST_GROUP = 2;
/** Most streams. */
export const MOST_STREAMS = 256;

export function isSpan(item: Item): item is Span {
  return "kind" in item;
}

/** Spans within spans: no deeper. */
export const MOST_DEPTH = 8;
