/**
 * The `dedupe` transform: takes out what was there before, at any distance. What is left are streams of literals, one
 * for each kind of content, and instructions for putting all of it together again.
 *
 * It pays where repeats are further apart than a method can see: versions of a tree in one archive, backups, images of
 * disks. It finds them at a hundred times the speed of coding, so what comes again costs next to nothing, in time too.
 */
import type { Transform } from "../transform.ts";
import { restore } from "./decode.ts";

/** Undoing it is all that a transform owes: it is done while content comes, by a `Deduplicator`. */
export const dedupe = { id: 3, name: "dedupe", inverse: restore } satisfies Transform;
