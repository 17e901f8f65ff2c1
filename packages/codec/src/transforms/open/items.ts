import type { Kind } from "../../kinds/kind.ts";

/** A piece of content: bytes as they are, or a span that was taken apart. */
export type Item = Literal | Span;

export interface Literal {
  readonly bytes: Uint8Array;
  readonly stream: Stream;
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

/** Where a literal goes, so that what is alike is coded together. */
export type Stream = "glue" | "prose" | "text" | "binary" | "noise" | "own";

/**
 * Streams in the order in which they follow each other: what lies between spans; text in words; other text; anything else;
 * what no method makes smaller; and behind these, streams that have one literal each.
 */
export const STREAMS: readonly Stream[] = ["glue", "prose", "text", "binary", "noise", "own"];

/** Streams with several literals. */
export const SHARED = STREAMS.length - 1;

export function isSpan(item: Item): item is Span {
  return "kind" in item;
}

/** Spans within spans: no deeper. */
export const MOST_DEPTH = 6;
