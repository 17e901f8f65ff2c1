/** What a job says of its work: where plan, units and output are. Never what is in them. */

import { createHash } from "node:crypto";

/** All paths are absolute, and the same on all machines; or they are names of objects: `s3://BUCKET/KEY`. */
export interface Reference {
  readonly plan: string;
  /** SHA-256 of the plan. */
  readonly hash: string;
  /** Folder of units. */
  readonly shards: string;
  readonly output: string;
  /** Whether a file that is there may be overwritten. */
  readonly force: boolean;
}

/** @returns undefined if it is none: somebody else has put it into the queue */
export function readReference(value: unknown): Reference | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { plan, hash, shards, output, force } = value as Partial<Record<keyof Reference, unknown>>;
  const areTexts = [plan, hash, shards, output].every((each) => typeof each === "string" && each !== "");
  return areTexts && typeof force === "boolean" ? (value as Reference) : undefined;
}

/** The name of a flow: the same plan, to the same place, is the same flow. */
export function flowOf({ hash, shards, output }: Reference): string {
  return createHash("sha256")
    .update(JSON.stringify([hash, shards, output]))
    .digest("hex")
    .slice(0, 16);
}
