/** Kinds of content that are taken apart before they are coded: what of them, and how they are put together again. */
import type { DeflateCloser } from "./deflate/close.ts";
import type { DeflateOpener } from "./deflate/open.ts";

/** What closing takes beside the content. */
interface ClosingTools {
  readonly deflate: DeflateCloser;
  /** What comes before the span in the content that it is part of. */
  readonly before: Uint8Array;
}

/** What opening takes beside the content. */
export interface OpeningTools {
  readonly deflate: DeflateOpener;
  /** Most bytes that the inside of a span may have. */
  readonly room: number;
}

/**
 * A kind of content that has something else inside. What is found inside is looked through in turn.
 *
 * To add one: a folder with it, a line in `registry.ts`, and a section in docs/format.md.
 */
export interface Kind<Fields = unknown, Name extends string = string> {
  /** 1 to 31, in what opened blocks say of themselves. */
  readonly id: number;
  /** For people, too. */
  readonly name: Name;
  /** Numbers that say how the inside is closed, 0 to 2^30 each. */
  toNumbers(fields: Fields): readonly number[];
  /**
   * Undoes {@link Kind.toNumbers}.
   *
   * @param next gives the next number
   * @throws PithError `invalid-field` on values that no encoder writes
   */
  fromNumbers(next: () => number): Fields;
  /**
   * Puts a span of content together.
   *
   * @param inside what was found in it
   * @returns the span, byte for byte
   * @throws PithError `invalid-field` for what no encoder gives out
   */
  close(inside: Uint8Array, fields: Fields, tools: ClosingTools): Uint8Array;
}

/** A span of content that was taken apart. */
export interface Opened<Fields = unknown> {
  readonly kind: Kind<Fields>;
  readonly fields: Fields;
  /** Bytes of content. */
  readonly length: number;
  readonly inside: Uint8Array;
  /** What is known of the inside. */
  readonly hint?: Hint | undefined;
  /** How the choices of an encoder are coded that closing repeats. Called once all that lies inside has been coded. */
  readonly encode?: (() => void) | undefined;
}

/** What is known of content before one looks at it. */
export interface Hint {
  /** Opens what is in it; nothing else is looked for. */
  readonly opens?: ((content: Uint8Array, tools: OpeningTools) => Found | undefined) | undefined;
  /** What is in it, where that was opened already. */
  readonly found?: Found | undefined;
  /** From there on it is a picture's pixels. */
  readonly pictureFrom?: number | undefined;
}

/** A span that was opened, and where it begins: what is before it stays as it is. */
export interface Found {
  readonly start: number;
  readonly opened: Opened;
}
