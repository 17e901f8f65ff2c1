/**
 * The HDF5 library, compiled to WebAssembly (h5wasm). It is loaded when it is first needed: 4 MB, one module for Node
 * and browsers. Its files lie in a file system in memory, through which bytes go in and out.
 */

import type { File } from "h5wasm";

/** What is used of the file system in memory. */
interface FileSystem {
  writeFile(path: string, content: Uint8Array): void;
  readFile(path: string): Uint8Array<ArrayBuffer>;
  unlink(path: string): void;
}

type Opener = (path: string, mode: "r" | "w") => File;

interface Library {
  readonly files: FileSystem;
  readonly open: Opener;
}

/** Checksums of all that is not data, so that damage is found; readable from HDF5 1.10 on (2016). */
const FORMAT_VERSION = "v110";

let library: Promise<Library> | undefined;
let fileNumber = 0;

async function load(): Promise<Library> {
  const { File, ready } = await import("h5wasm");
  const module = await ready;
  // Errors are to be thrown; by default they are printed.
  module.activate_throwing_error_handler();
  return {
    files: (module as unknown as { readonly FS: FileSystem }).FS,
    open: (path, mode) => new File(path, mode, { libver: [FORMAT_VERSION, FORMAT_VERSION] }),
  };
}

function loaded(): Promise<Library> {
  library ??= load().catch((error: unknown) => {
    // A program that was offline may try again.
    library = undefined;
    throw error;
  });
  return library;
}

/** Makes an HDF5 file. */
export async function writeHdf5(fill: (file: File) => void): Promise<Uint8Array<ArrayBuffer>> {
  const { files, open } = await loaded();
  const path = nextPath();
  const file = open(path, "w");
  try {
    fill(file);
  } finally {
    file.close();
  }
  const bytes = files.readFile(path);
  files.unlink(path);
  return bytes;
}

/**
 * Reads an HDF5 file.
 *
 * @throws whatever the library throws, where the bytes are no HDF5 file, or a damaged one. It then may keep the file in its
 *   memory, since it forgets to close what it had open
 */
export async function readHdf5<Result>(bytes: Uint8Array, read: (file: File) => Result): Promise<Result> {
  const { files, open } = await loaded();
  const path = nextPath();
  files.writeFile(path, bytes);
  try {
    const file = open(path, "r");
    try {
      return read(file);
    } finally {
      file.close();
    }
  } finally {
    files.unlink(path);
  }
}

function nextPath(): string {
  fileNumber++;
  return `/statistics-${fileNumber}.h5`;
}
