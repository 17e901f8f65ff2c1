/** What `pith message` and `pith prior train` read. */

import { Prior } from "@pith/priors";

import { Source } from "../../files/source.ts";
import { Failure } from "../../errors.ts";
import { formatBytes } from "../../format.ts";
import { advising, naming } from "../shared/advising.ts";
import type { MessagesSettings } from "./settings.ts";

const LARGEST = 2 ** 28;

/** A whole file, or standard input. */
export async function read(path: string): Promise<Uint8Array> {
  const source = await Source.open(path, { streams: true });
  try {
    const parts: Uint8Array[] = [];
    for await (const chunk of source.chunks()) {
      parts.push(chunk);
      if (source.bytesRead > LARGEST) throw new Failure(`expected at most ${formatBytes(LARGEST)}, got more`);
    }
    return new Uint8Array(Buffer.concat(parts));
  } finally {
    await source.close();
  }
}

/** What the model is to know, as the options say. */
export async function readKnown({ prior, reference }: MessagesSettings): Promise<"auto" | "none" | Prior> {
  if (reference !== undefined) return await naming(reference, async () => Prior.reference(await read(reference)));
  if (prior === "auto" || prior === "none") return prior;
  return await naming(prior, async () => {
    const bytes = await read(prior);
    return await advising("is it a prior that pith prior train wrote?", () => Prior.parse(bytes));
  });
}

const LINE_FEED = 0x0a;

/** Lines that are not empty, without their line feeds. */
export function* linesOf(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_FEED, start);
    const end = found < 0 ? content.length : found;
    if (end > start) yield content.subarray(start, end);
    start = end + 1;
  }
}
