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

/**
 * Writes results into a folder, one after the other, never holding one in memory.
 *
 * @returns false if the person changed their mind
 */
export async function saveAll(results: readonly NamedResult[]): Promise<boolean> {
  let folder: FileSystemDirectoryHandle;
  try {
    folder = await (globalThis as unknown as FolderPicker).showDirectoryPicker({ mode: "readwrite", id: "pith" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return false;
    throw error;
  }
  for (const { name, content } of results) {
    const [last = name, ...above] = name.split("/").reverse();
    let place = folder;
    // The browser refuses names that lead out of the folder.
    for (const step of above.reverse()) place = await place.getDirectoryHandle(step, { create: true });
    const file = await place.getFileHandle(last, { create: true });
    const blob = typeof content === "function" ? await content() : content;
    // Closing it puts the whole in place of what was there; an error on the way leaves that untouched.
    await blob.stream().pipeTo(await file.createWritable());
  }
  return true;
}
