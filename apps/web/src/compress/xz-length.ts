import type { ArchiveEntryFile } from "libarchive.js";

/**
 * Bytes that xz makes of a file, which browsers can neither write nor read.
 *
 * @returns undefined where the library cannot be brought, as in a page that went offline before it was needed
 */
export async function xzLength(file: File): Promise<number | undefined> {
  try {
    const { Archive, ArchiveCompression, ArchiveFormat } = await import("libarchive.js");
    let stopped: (error: Error) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => (stopped = reject));
    Archive.init({
      getWorker: () => {
        const worker = new Worker(new URL("libarchive.js/dist/worker-bundle.js", import.meta.url), { type: "module" });
        worker.addEventListener("error", ({ message }) => stopped(new Error(message)));
        return worker;
      },
    });
    const written = Archive.write({
      // Its types want an entry where its program takes a file.
      files: [{ file: file as unknown as ArchiveEntryFile, pathname: file.name }],
      outputFileName: `${file.name}.xz`,
      compression: ArchiveCompression.XZ,
      // The file alone, as the command does it.
      format: ArchiveFormat.RAW,
      passphrase: null,
    });
    return (await Promise.race([written, failed])).size;
  } catch {
    return undefined;
  }
}
