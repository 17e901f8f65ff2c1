import type { MemberType } from "../member.ts";

/** The letter that a header has for each type. */
const LETTERS: Readonly<Record<Exclude<MemberType, "other">, string>> = {
  file: "0",
  "hard link": "1",
  "symbolic link": "2",
  "character device": "3",
  "block device": "4",
  folder: "5",
  fifo: "6",
};

const TYPES = new Map(Object.entries(LETTERS).map(([type, letter]) => [letter, type as MemberType]));
/** Older programs write a zero byte, and 7 for a file that shall lie in one piece on the disk. */
TYPES.set("\0", "file").set("7", "file");

/** Anything that no letter stands for. */
const OTHER = "S";

export function letterOf(type: MemberType): string {
  return type === "other" ? OTHER : LETTERS[type];
}

export function typeOf(letter: string): MemberType {
  return TYPES.get(letter) ?? "other";
}

export function isLink(type: MemberType): boolean {
  return type === "hard link" || type === "symbolic link";
}

export function isDevice(type: MemberType): boolean {
  return type === "character device" || type === "block device";
}
