/** Where results go while the page is open: to the browser's private disk space, or into a Blob where there is none. */

/** Takes a result, part by part. */
export interface Output {
  write(part: Uint8Array<ArrayBuffer>): void;
  /** Ends it: what was written. It stays until {@link OutputSpace.discard}. */
  finish(): Promise<Blob>;
}

/** Makes outputs. */
export interface OutputSpace {
  open(id: number): Promise<Output>;
  /** Forgets what an output holds, finished or not; nothing happens if there is none. */
  discard(id: number): Promise<void>;
}

/** The files of the private disk space, as far as they are used here; TypeScript has these for workers only. */
interface PrivateFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
}

interface SyncAccessHandle {
  write(part: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  close(): void;
}

const FOLDER = "pith-results";

/**
 * Opens the space for results; in a worker. Every page has a folder of its own and holds a lock while it is open;
 * folders whose lock is free were left behind by pages that were closed, and are removed.
 */
export async function openOutputSpace(): Promise<OutputSpace> {
  try {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
    await removeAbandoned(all);
    const name = crypto.randomUUID();
    await hold(lockOf(name));
    return new DiskSpace(await all.getDirectoryHandle(name, { create: true }));
  } catch {
    // Some browsers have none in private windows.
    return new BlobSpace();
  }
}

const lockOf = (folder: string): string => `${FOLDER}/${folder}`;

/** Takes a lock for as long as this worker lives. */
async function hold(lock: string): Promise<void> {
  await new Promise<void>((taken) => {
    void navigator.locks.request(lock, () => {
      taken();
      return new Promise(() => undefined);
    });
  });
}

async function removeAbandoned(all: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of all.keys()) names.push(name);
  for (const name of names) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (lock !== null) await all.removeEntry(name, { recursive: true });
    });
  }
}

class DiskSpace implements OutputSpace {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #open = new Map<number, SyncAccessHandle>();

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  async open(id: number): Promise<Output> {
    const file = (await this.#folder.getFileHandle(String(id), { create: true })) as PrivateFileHandle;
    const handle = await file.createSyncAccessHandle();
    this.#open.set(id, handle);
    let length = 0;
    return {
      write: (part) => {
        const written = handle.write(part, { at: length });
        if (written < part.length) throw new DOMException("no space is left for the result", "QuotaExceededError");
        length += written;
      },
      finish: async () => {
        this.#close(id);
        return await file.getFile();
      },
    };
  }

  async discard(id: number): Promise<void> {
    this.#close(id);
    await this.#folder.removeEntry(String(id)).catch(() => undefined);
  }

  #close(id: number): void {
    this.#open.get(id)?.close();
    this.#open.delete(id);
  }
}

/** Bytes that are gathered before they go into a Blob, which browsers may keep on the disk. */
const GATHERED = 2 ** 20;

export class BlobSpace implements OutputSpace {
  open(): Promise<Output> {
    const blobs: Blob[] = [];
    let parts: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    const flush = (): void => {
      blobs.push(new Blob(parts));
      parts = [];
      length = 0;
    };
    return Promise.resolve({
      write: (part) => {
        parts.push(part);
        length += part.length;
        if (length >= GATHERED) flush();
      },
      finish: () => {
        flush();
        return Promise.resolve(new Blob(blobs));
      },
    });
  }

  discard(): Promise<void> {
    return Promise.resolve();
  }
}
