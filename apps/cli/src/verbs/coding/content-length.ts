import type { Source } from "../../files/source.ts";
import { showsProgress } from "../../progress.ts";
import type { Session } from "../../session.ts";

/** Bytes of content in a compressed file, for a progress bar; undefined if it is not known or nobody watches. */
export async function contentLengthOf(session: Session, source: Source): Promise<number | undefined> {
  if (!showsProgress(session) || source.size === undefined) return undefined;
  const { info } = await import("@pith/codec");
  try {
    return (await info(source.randomAccess())).contentLength;
  } catch {
    return undefined; // Damaged: decoding comes to the place and says so.
  }
}
