/** Where a member of an archive may lie: nobody who wrote it can reach what is outside of the folder. */

import { Failure } from "../../errors.ts";

/** What Windows takes for something else than a name. */
const WINDOWS = /[\\:*?"<>|]|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The folders and the name that a member's name is made of; none for the folder itself.
 *
 * @throws Failure if it leads elsewhere
 */
export function placeOf(name: string): readonly string[] {
  if (name.startsWith("/")) throw new Failure("not extracted: its name is an absolute path");
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw new Failure("not extracted: its name leads out of its folder by ..");
  if (process.platform === "win32" && parts.some((part) => WINDOWS.test(part))) {
    throw new Failure("not extracted: Windows has no such name");
  }
  return parts;
}

/**
 * Whether a symbolic link leads to something in the folder, whatever other links are there: it may go up first, as far as it
 * lies deep, and then only down. Up again behind a name could be up from wherever that leads to.
 *
 * @param depth of the folder that the link lies in; 0 for the outermost
 */
export function leadsInside(link: string, depth: number): boolean {
  if (link.startsWith("/") || (process.platform === "win32" && /[\\:]/.test(link))) return false;
  const parts = link.split("/").filter((part) => part !== "" && part !== ".");
  const firstName = parts.findIndex((part) => part !== "..");
  const ups = firstName < 0 ? parts.length : firstName;
  return ups <= depth && !parts.slice(ups).includes("..");
}
