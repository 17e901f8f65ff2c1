/** Short texts with one byte of overhead: the letters of codes of 3 or 4 bits, told apart by what is around them. */
import { checkBytes } from "@pith/core";
import { utf8Of } from "../text/utf8.ts";
import type { MessageForm } from "./header.ts";
import { LONGEST_MESSAGE } from "./limits.ts";

/** Options of {@link encodeMessage}. */
export interface MessageOptions {
  /** Bits of a letter's code: in 4, two letters share one; in 3, four or five do. Default 4. */
  readonly bits?: 3 | 4 | undefined;
  /**
   * How the codes are written: "plain", each in its 3 or 4 bits, or "modelled", in as many as a model of English finds
   * them worth. Default: the shorter.
   */
  readonly form?: "plain" | "modelled" | undefined;
  /** Leaves out which letters context gets wrong; the text then may come back with wrong letters. Default false. */
  readonly lossy?: boolean | undefined;
}

const FORMS = ["plain", "modelled"] as const;

/**
 * Writes a short text in as few bytes as it takes: at most one more than the text has. Brings its models, a few hundred
 * kilobytes, the first time.
 *
 * @param text any bytes, up to 16,384; or a string, as UTF-8
 * @throws TypeError, RangeError for wrong options or a longer text; PithError `invalid-field` for a string with half of
 *   a surrogate pair
 * @example
 * const message = await encodeMessage("see you at the station at ten"); // 10 bytes
 * new TextDecoder().decode(await decodeMessage(message));
 */
export async function encodeMessage(
  text: string | Uint8Array,
  { bits = 4, form, lossy = false }: MessageOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof text === "string" ? utf8Of(text) : checkBytes("text", text);
  if ((bits as number) !== 3 && (bits as number) !== 4) throw new RangeError(`bits: expected 3 or 4, got ${bits}`);
  if (form !== undefined && !FORMS.includes(form)) {
    throw new TypeError(`form: expected "plain" or "modelled", got ${JSON.stringify(form)}`);
  }
  if (bytes.length > LONGEST_MESSAGE) {
    throw new RangeError(`text: expected at most ${LONGEST_MESSAGE} bytes, got ${bytes.length}`);
  }
  const { encodeBytes } = await import("./encode.ts");
  const modelled: MessageForm[] = lossy ? ["guessed"] : ["modelled", "doubtful"];
  const forms: MessageForm[] = [
    ...(form === "modelled" ? [] : ["plain" as const]),
    ...(form === "plain" ? [] : modelled),
  ];
  return await encodeBytes(bytes, { bits, forms, exact: !lossy });
}

/**
 * The text of a message, as bytes.
 *
 * @throws PithError if it is none, or one that needs other models than this program has
 */
export async function decodeMessage(message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = checkBytes("message", message);
  const { decodeBytes } = await import("./decode.ts");
  return await decodeBytes(bytes);
}
