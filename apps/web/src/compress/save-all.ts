/** Saving into a folder that the person chooses, where the browser can do that. */

interface FolderPicker {
  showDirectoryPicker(options: { readonly mode: "readwrite"; readonly id: string }): Promise<FileSystemDirectoryHandle>;
}

export interface NamedResult {
  /** With the folders on the way to it. */
  readonly name: string;
  /** Made when its turn comes, where it is not there yet. */
  readonly content: Blob | (() => Promise<Blob>);
}

export function canSaveAll(): boolean {
  return "showDirectoryPicker" in globalThis;
}

/** What came of saving: undefined if the person changed their mind. */
export type Saved = { readonly leftOut: readonly string[] } | undefined;

/**
 * Writes results into a folder, one after the other, never holding one in memory. Those whose names lead out of it are
 * left out: whoever made an archive chose them.
 *
 * @returns their names
 */
export async function saveAll(results: readonly NamedResult[]): Promise<Saved> {
  let folder: FileSystemDirectoryHandle;
  try {
    folder = await (globalThis as unknown as FolderPicker).showDirectoryPicker({ mode: "readwrite", id: "pith" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
  const leftOut: string[] = [];
  for (const { name, content } of results) {
    const file = await placeIn(folder, name);
    if (file === undefined) {
      leftOut.push(name);
      continue;
    }
    const blob = typeof content === "function" ? await content() : content;
    // Closing it puts the whole in place of what was there; an error on the way leaves that untouched.
    await blob.stream().pipeTo(await file.createWritable());
  }
  return { leftOut };
}

/** The file of a name in a folder; undefined where there can be none. */
async function placeIn(folder: FileSystemDirectoryHandle, name: string): Promise<FileSystemFileHandle | undefined> {
  const steps = stepsOf(name);
  const last = steps?.pop();
  if (steps === undefined || last === undefined) return undefined;
  try {
    let place = folder;
    for (const step of steps) place = await place.getDirectoryHandle(step, { create: true });
    return await place.getFileHandle(last, { create: true });
  } catch (error) {
    // What browsers say of names that the system has another use for.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * The folders on the way to a file, and its name.
 *
 * @returns undefined where they lead out of the folder in which they begin, here or on another system
 */
export function stepsOf(name: string): string[] | undefined {
  if (name.startsWith("/") || /[\\\0]/.test(name)) return undefined;
  const steps = name.split("/").filter((step) => step !== "" && step !== ".");
  return steps.length === 0 || steps.includes("..") ? undefined : steps;
}
