/** In which order members lie in an archive. */

import { basename, extname } from "node:path";

import type { PackedMember } from "@pith/archive";

/** kind: what is alike lies together; as-is: as it was named and found. */
export const ORDERS = ["kind", "as-is"] as const;
export type Order = (typeof ORDERS)[number];

/**
 * Members in an order. By kind, files lie by the ends of their names, then by their paths: what is alike so shares a model, and
 * what is of one folder knows of each other. All else follows, each folder before what is in it: programs that unpack from
 * start to end give a folder its time and rights when they leave it, and then all its files are there.
 */
export function ordered(members: readonly PackedMember[], order: Order): readonly PackedMember[] {
  if (order === "as-is") return members;
  const keyed = members.map((member) => ({
    member,
    // No other order than by names has all of a folder in a row, and a `-` comes before `/`.
    path: member.name.replaceAll("/", "\0"),
    isFile: member.type === "file",
    extension: member.type === "file" ? extname(basename(member.name)).toLowerCase() : "",
  }));
  keyed.sort(
    (a, b) => Number(b.isFile) - Number(a.isFile) || compare(a.extension, b.extension) || compare(a.path, b.path),
  );
  return keyed.map(({ member }) => member);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
