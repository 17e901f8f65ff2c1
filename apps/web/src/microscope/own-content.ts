import { charactersOf, charactersOfBytes, clip, type Characters } from "../shared/characters.ts";
import { formatBytes } from "../shared/format.ts";
import { Store } from "../shared/store.ts";

/** Most bytes that are measured. */
export const MOST_BYTES = 100_000;

/** What a person brings, instead of a sample. */
export type OwnContent =
  | {
      readonly type: "text";
      readonly text: string;
      /** It is being written: more is likely to follow at once. */
      readonly isTyped?: boolean;
    }
  /** A file that is no text. */
  | { readonly type: "bytes"; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** Of the text in the storage of this tab. */
const KEY = "pith-text";

/** Stays while other views are shown; a text also when the page is loaded again. */
export const ownContent = new Store<OwnContent | undefined>(keptText());

function keptText(): OwnContent | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    return text === null ? undefined : { type: "text", text };
  } catch {
    // Storage is blocked.
    return undefined;
  }
}

ownContent.subscribe(() => {
  if (ownContent.value?.type !== "text") return;
  try {
    sessionStorage.setItem(KEY, ownContent.value.text);
  } catch {
    // As above: the text stays while the page is open.
  }
});

/** Takes a text, as much of it as is measured. @returns what has to be said of that */
export function takeText(whole: string, from: string, isTyped = false): string | undefined {
  const text = clip(whole, MOST_BYTES);
  ownContent.set({ type: "text", text, isTyped });
  return text.length < whole.length ? tooLong(from) : undefined;
}

/** Takes a file, as text or as bytes. @returns what has to be said of it */
export async function takeFile(file: File): Promise<string | undefined> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    // One character more than fits, so that it is seen to be too long.
    bytes = new Uint8Array(await file.slice(0, MOST_BYTES + 4).arrayBuffer());
  } catch {
    return `${file.name} cannot be read. Choose it again.`;
  }
  const text = textOf(bytes, file.size > bytes.length);
  if (text !== undefined) return takeText(text, file.name);
  ownContent.set({ type: "bytes", name: file.name, bytes: bytes.slice(0, MOST_BYTES) });
  return file.size > MOST_BYTES ? tooLong(file.name) : undefined;
}

function tooLong(name: string): string {
  return `${name} is longer than ${formatBytes(MOST_BYTES)}: this is its beginning.`;
}

/** Undefined for what is no text in UTF-8. @param isCut its last character may be incomplete */
function textOf(bytes: Uint8Array, isCut: boolean): string | undefined {
  // No text has these, and nearly everything else does.
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

/** What is measured of it. @param asBytes a text, too */
export function charactersOfContent(content: OwnContent, asBytes: boolean): Characters {
  if (content.type === "bytes") return charactersOfBytes(content.bytes);
  return asBytes ? charactersOfBytes(new TextEncoder().encode(content.text)) : charactersOf(content.text);
}
