/** What a decoder made of the letters that were coded. */

/** A stretch of the text as it was read. */
export type Stretch =
  /** It was written as it is, or under a code that only it has. */
  | { readonly type: "known"; readonly text: string }
  /** One letter of several that share its code. */
  | { readonly type: "right"; readonly text: string }
  | { readonly type: "wrong"; readonly text: string; readonly meant: string };

/** How much of a text came back. */
export interface Accuracy {
  /** Characters of which the code alone does not say which they are. */
  readonly ambiguous: number;
  readonly wrong: number;
  /** Bytes of the text. */
  readonly all: number;
}

/**
 * @param ambiguous places in the text, ascending
 * @param decoded as long as `original`
 */
export function stretchesOf(original: Uint8Array, decoded: Uint8Array, ambiguous: Iterable<number>): Stretch[] {
  const stretches: Stretch[] = [];
  const utf8 = new TextDecoder();
  let at = 0;
  const known = (end: number): void => {
    if (end > at) stretches.push({ type: "known", text: utf8.decode(decoded.subarray(at, end)) });
    at = end;
  };
  for (const place of ambiguous) {
    known(place);
    const [text, meant] = [decoded[place], original[place]].map((byte) => String.fromCharCode(byte));
    stretches.push(text === meant ? { type: "right", text } : { type: "wrong", text, meant });
    at = place + 1;
  }
  known(decoded.length);
  return stretches;
}

export function accuracyOf(stretches: readonly Stretch[], all: number): Accuracy {
  const wrong = stretches.filter(({ type }) => type === "wrong").length;
  return { ambiguous: wrong + stretches.filter(({ type }) => type === "right").length, wrong, all };
}
