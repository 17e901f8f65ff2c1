/** Kinds of content that are taken apart before they are coded: what of them, and how they are put together again. */

import type { SampleShape } from "../bytes/sample-shape.ts";

/** A stream of deflate that was read. */
export interface ReadStream {
  /** Bytes of the stream: up to the end of its last block, or of the last one that is whole. */
  readonly length: number;
  readonly content: Uint8Array;
  /** How its encoder was set. */
  readonly settings: unknown;
}

/** Opens streams of deflate. */
interface StreamOpener {
  /**
   * Reads the stream at a place.
   *
   * @param end of what may belong to it
   * @param room most bytes of content
   * @param windowBits of its encoder, where that is known
   * @returns undefined if there is none, or none that would pay
   */
  read(bytes: Uint8Array, at: number, end: number, room: number, windowBits?: number): ReadStream | undefined;
  /** Codes the choices of a stream's encoder, behind those of the streams before. */
  encode(stream: Uint8Array, contentLength: number, settings: unknown): void;
}

/** Closes streams of deflate, in the order in which their choices were coded. */
interface StreamCloser {
  /** The content of the latest stream, and the bytes of that stream. */
  readonly latest: { readonly content: Uint8Array; readonly streamLength: number } | undefined;
  /** The next stream. @throws PithError `invalid-field` if the choices are none that an encoder makes */
  close(content: Uint8Array): Uint8Array;
}

/** What closing takes beside the content. */
interface ClosingTools {
  readonly deflate: StreamCloser;
  /** What comes before the span in the content that it is part of. */
  readonly before: Uint8Array;
  /** Most bytes that the span can have. */
  readonly most: number;
}

/** What opening takes beside the content. */
export interface OpeningTools {
  readonly deflate: StreamOpener;
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
  /** It is text, in which single bytes may stand for letters of any script. */
  readonly isText?: boolean | undefined;
  /** From there on it is a picture's pixels, and how they stand where that is of use. */
  readonly picture?: { readonly from: number; readonly shape: SampleShape | undefined } | undefined;
}

/** A span that was opened, and where it begins: what is before it stays as it is. */
export interface Found {
  readonly start: number;
  readonly opened: Opened;
}

/** A member of an archive whose header is whole. */
export interface MemberPlace extends Member {
  /** Where the next one begins. */
  readonly next: number;
  /** Its bytes lie there as they are. */
  readonly isStored: boolean;
}

/** A file in an archive that is not compressed: where its bytes are in the content. */
export interface Member {
  readonly dataStart: number;
  readonly dataEnd: number;
}
