import { concatenate } from "@pith/core/bytes";
import { type FileSource, openSource } from "./source.ts";
import { walkSource } from "./walk.ts";

/**
 * Tells a file from others: SHA-256 of the headers of all its blocks, one behind the other. Each has a checksum of its content, so
 * files with the same fingerprint decode to the same; nothing is decoded, and of payloads nothing is read.
 *
 * @returns 64 hexadecimal digits
 * @throws PithError if headers or indexes are damaged
 * @example
 * const name = await fingerprint(blob);
 */
export async function fingerprint(source: FileSource): Promise<string> {
  const headers: Uint8Array[] = [];
  for await (const { headerBytes } of walkSource(openSource(source))) headers.push(headerBytes);
  const digest = await crypto.subtle.digest("SHA-256", concatenate(headers));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
