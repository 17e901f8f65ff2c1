/** The first byte of a message: which models it needs, and what follows. */
import { PithError } from "@pith/core";

/** What a message holds behind its first byte. */
export type MessageForm =
  /** The text as it is. */
  | "stored"
  /** Units, packed: codes of letters, and escapes. */
  | "plain"
  /** Units under the model of units, then what the resolver gets wrong. */
  | "modelled"
  /** The same, where letters that no English has are expected. */
  | "doubtful"
  /** Units under the model; of the letters only the codes. */
  | "guessed";

/** What a message's first byte says. */
export interface MessageHeader {
  readonly form: MessageForm;
  /** Bits of a code. */
  readonly bits: 3 | 4;
  /** Capitals stand for small letters, and small letters for capitals. */
  readonly swapped: boolean;
}

/** Changes with the models: what each of them reads is for ever. */
const GENERATION = 0;
const GENERATION_SHIFT = 5;
const FORMS: readonly MessageForm[] = ["stored", "plain", "modelled", "doubtful", "guessed"];
const FORM_MASK = 7;
const THREE_BITS = 8;
const SWAPPED = 16;

/** The first byte of a message. */
export function writeHeader({ form, bits, swapped }: MessageHeader): number {
  return (
    (GENERATION << GENERATION_SHIFT) |
    FORMS.indexOf(form) |
    (bits === 3 && form !== "stored" ? THREE_BITS : 0) |
    (swapped && form !== "stored" ? SWAPPED : 0)
  );
}

/** @throws PithError `truncated` without a byte, `unsupported-version` for other models, `invalid-field` */
export function readHeader(message: Uint8Array): MessageHeader {
  if (message.length === 0) {
    throw new PithError("truncated", "a message is empty", { offset: 0, expected: "at least 1 byte", got: 0 });
  }
  const byte = message[0];
  const generation = byte >> GENERATION_SHIFT;
  if (generation !== GENERATION) {
    throw new PithError("unsupported-version", "a message needs models of another version", {
      offset: 0,
      expected: GENERATION,
      got: generation,
    });
  }
  const form = FORMS.at(byte & FORM_MASK);
  if (form === undefined) {
    throw new PithError("invalid-field", "a message has no such form", {
      offset: 0,
      expected: `at most ${FORMS.length - 1}`,
      got: byte & FORM_MASK,
    });
  }
  if (form === "stored" && byte !== 0) {
    throw new PithError("invalid-field", "a stored message has flags", { offset: 0, expected: 0, got: byte });
  }
  return { form, bits: (byte & THREE_BITS) === 0 ? 4 : 3, swapped: (byte & SWAPPED) !== 0 };
}
