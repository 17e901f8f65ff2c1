/** What results are called; as the command does it. */
import { isPith } from "@pith/codec";

const SUFFIX = ".pith";
/** More bytes than are looked at. */
const BEGINNING = 16;

/** Whether a file is to be given back, by its name. */
export function isCompressedName(name: string): boolean {
  return name.toLowerCase().endsWith(SUFFIX);
}

/** Whether a file is an archive of a folder, by its name. */
export function isArchiveName(name: string): boolean {
  return name.toLowerCase().endsWith(`.tar${SUFFIX}`);
}

/** Whether a file begins as .pith files do, whatever its name is. One that cannot be read does not. */
export async function isCompressedContent(file: Blob): Promise<boolean> {
  try {
    return isPith(new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer()));
  } catch {
    return false;
  }
}

/** `book.txt` is kept in `book.txt.pith`. */
export function compressedName(name: string): string {
  return name + SUFFIX;
}

/** The content of `book.txt.pith` is `book.txt`; that of a file with another ending has its name. */
export function contentName(name: string): string {
  if (!isCompressedName(name)) return name;
  const bare = name.slice(0, -SUFFIX.length);
  return bare === "" ? "content" : bare;
}

/** A name that is not taken: `book.txt`, `book (2).txt`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const dot = name.indexOf(".", 1);
  const [stem, ending] = dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
  for (let number = 2; ; number++) {
    const candidate = `${stem} (${number})${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}
