/** In which order members lie in an archive. */

import { basename, extname } from "node:path";

import type { FoundMember } from "./tree.ts";

/** kind: what is alike lies together; as-is: as it was named and found. */
export const ORDERS = ["kind", "as-is"] as const;
export type Order = (typeof ORDERS)[number];

/** Text, other files, and what is no file. */
type Rank = 0 | 1 | 2;

/**
 * Members in an order. By kind, text comes first, by its paths: files of one folder know of each other, and blocks sort what is
 * in them. Other files follow, by the ends of their names. All else comes last, each folder before what is in it: programs that
 * unpack from start to end give a folder its time and rights when they leave it, and then all its files are there.
 */
export function ordered(members: readonly FoundMember[], order: Order): readonly FoundMember[] {
  if (order === "as-is") return members;
  const keyed = members.map((member) => {
    const rank = rankOf(member);
    const extension = rank === 1 ? extname(basename(member.name)).toLowerCase() : "";
    // No other order than by names has all of a folder in a row, and a `-` comes before `/`.
    return { member, rank, extension, path: member.name.replaceAll("/", "\0") };
  });
  keyed.sort((a, b) => a.rank - b.rank || compare(a.extension, b.extension) || compare(a.path, b.path));
  return keyed.map(({ member }) => member);
}

function rankOf({ type, isText = false }: FoundMember): Rank {
  if (type !== "file") return 2;
  return isText ? 0 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
