/** What `pith stats` reads. */

import { open, readFile } from "node:fs/promises";
import { systemPath } from "../../files/system-path.ts";

import { advising, naming } from "../shared/advising.ts";
import { refuseLarger } from "../shared/inputs.ts";

/** Texts that are measured or learned are held in memory. */
const LARGEST_TEXT = 2 ** 30;

/** Reads a whole text, and refuses what is none. */
export async function readText(path: string): Promise<Uint8Array> {
  await refuseLarger(path, LARGEST_TEXT);
  return requireText(new Uint8Array(await readFile(systemPath(path))));
}

/** Reads texts and joins them: of each, the first `sample` bytes, up to the last whole character. */
export async function readTexts(paths: readonly string[], sample: number | undefined): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const path of paths) {
    await naming(path, async () =>
      parts.push(sample === undefined ? await readText(path) : await readHead(path, sample)),
    );
  }
  return Buffer.concat(parts);
}

async function readHead(path: string, length: number): Promise<Uint8Array> {
  await refuseLarger(path, Infinity);
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    let end = bytesRead;
    // A character that goes on beyond the sample is left out.
    if (bytesRead === length) {
      while (end > 0 && (buffer[end - 1] & 0xc0) === 0x80) end--;
      if (end > 0 && buffer[end - 1] >= 0xc0) end--;
      else end = bytesRead;
    }
    return await requireText(buffer.subarray(0, end));
  } finally {
    await file.close();
  }
}

async function requireText(bytes: Uint8Array): Promise<Uint8Array> {
  const { encodeFraming } = await import("@pith/framing");
  await advising("convert it to UTF-8 first", () => encodeFraming(bytes));
  return bytes;
}
