/** Names of objects in a store. */

import { UsageError } from "../errors.ts";

const SCHEME = "s3://";

export function isObject(name: string): boolean {
  return name.startsWith(SCHEME);
}

/** @throws UsageError if it names no object */
export function partsOf(name: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(name) ?? [];
  if (key === "" || key.endsWith("/")) throw new UsageError(`expected ${SCHEME}BUCKET/KEY, got ${name}`);
  return { bucket, key };
}
