/**
 * The `dedupe` transform: takes out what was there before, at any distance. What is left are streams of literals, one
 * for each kind of content, and instructions for putting all of it together again.
 *
 * It pays where repeats are further apart than a method can see: versions of a tree in one archive, backups, images of
 * disks. It finds them at a hundred times the speed of coding, so what comes again costs next to nothing, in time too.
 */
import type { Transform } from "../transform.ts";
import { restore } from "./decode.ts";
import { Deduplicator } from "./encode.ts";

export const dedupe = {
  id: 3,
  name: "dedupe",

  forward(input) {
    const deduplicator = new Deduplicator();
    for (let at = 0; at < input.length; at += deduplicator.sliceLength) {
      deduplicator.take(input.subarray(at, at + deduplicator.sliceLength));
    }
    const steps = deduplicator.finish();
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value.output;
    }
  },

  inverse: restore,
} satisfies Transform;
