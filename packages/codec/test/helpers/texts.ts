/** Texts, and bytes as text. */
import { noise } from "./content.ts";

const WORDS = "предсказание символа это то что прошлое говорит о нём и не больше так модель учится пока читает".split(
  " ",
);

/** Russian words in an order that is hard to predict, some with a capital. */
export function cyrillic(length: number, seed = 1): string {
  const order = noise(length, seed);
  const word = (byte: number): string => {
    const [first, ...rest] = WORDS[byte % WORDS.length];
    return byte > 220 ? `${first.toUpperCase()}${rest.join("")}` : first + rest.join("");
  };
  return Array.from({ length }, (_, i) => word(order[i]))
    .join(" ")
    .slice(0, length);
}

/** Text in UTF-16. */
export function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return bytes;
}

export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Text cut into lines. */
export function inLines(text: string, lineLength: number, ending: string): string {
  return (text.match(new RegExp(`.{1,${lineLength}}`, "gs")) ?? []).join(ending);
}
