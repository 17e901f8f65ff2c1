/** Folders that are dropped, or chosen. */

/** A folder that was dropped; what is in it is read when it is wanted. */
export interface DroppedFolder {
  readonly name: string;
  read(): Promise<FolderContent>;
}

/** What is in a folder. */
export interface FolderContent {
  readonly name: string;
  /** Folders before what is in them. */
  readonly entries: readonly FolderEntry[];
}

interface FolderEntry {
  /** From the folder on, its name included: `notes/2031/march.txt`. */
  readonly path: string;
  /** Undefined for a folder. */
  readonly file: File | undefined;
}

export function droppedFolder(entry: FileSystemDirectoryEntry): DroppedFolder {
  return {
    name: entry.name,
    async read() {
      const entries: FolderEntry[] = [];
      await collect(entry, entry.name, entries);
      return { name: entry.name, entries };
    },
  };
}

async function collect(folder: FileSystemDirectoryEntry, path: string, entries: FolderEntry[]): Promise<void> {
  entries.push({ path, file: undefined });
  const reader = folder.createReader();
  for (;;) {
    // Some at a time, until there are no more.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const entry of some.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory) await collect(entry as FileSystemDirectoryEntry, below, entries);
      else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        entries.push({ path: below, file });
      }
    }
  }
}

/** A folder that was chosen: browsers give its files alone, each with its path. */
export function chosenFolder(files: readonly File[]): FolderContent | undefined {
  const entries = files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const name = entries.at(0)?.path.split("/", 1)[0];
  return name === undefined ? undefined : { name, entries };
}
