/** What is in archives. */

import type { Member } from "@pith/archive";

import { namingFormat } from "../../files/formats.ts";
import { Source } from "../../files/source.ts";
import { printableName } from "../../files/system-path.ts";
import type { Facts, Session } from "../../session.ts";
import { type Chain, withChain } from "../shared/chain.ts";
import { forEachSource } from "../shared/sources.ts";
import type { Named } from "../../files/operands.ts";
import type { CodingSettings } from "./settings.ts";

/** Members of which lines are printed at once. */
const LINES = 1000;

export async function listFiles(session: Session<CodingSettings>, sources: readonly Named[]): Promise<void> {
  await forEachSource(session, sources, async ({ path }): Promise<Facts> => {
    const source = await Source.open(path, { streams: true, recursive: true });
    try {
      const { members, references } = await namingFormat(source, () => membersOf(source, session.settings.references));
      for (const { name, fingerprint, members: all, kept } of references) {
        session.note(
          `builds on ${printableName(name)}, ${fingerprint}: ${kept.length} of its ${all} members are as they were`,
        );
      }
      for (let at = 0; at < members.length; at += LINES) {
        await session.print(
          members
            .slice(at, at + LINES)
            .map(lineOf(session.settings.verbose))
            .join(""),
        );
      }
      // As many objects again as there are members, for JSON alone.
      if (!session.settings.json) return {};
      const chain = references.map(({ name, fingerprint, members: all, kept }) => ({
        name,
        fingerprint,
        members: all,
        kept: kept.length,
      }));
      return { members: members.map(factsOf), ...(chain.length > 0 && { references: chain }) };
    } finally {
      await source.close();
    }
  });
}

/** What there is, and what it builds on. */
interface Listed {
  readonly members: readonly Member[];
  readonly references: Chain["references"];
}

async function membersOf(source: Source, named: readonly string[]): Promise<Listed> {
  if (source.size === undefined) return { members: await readThrough(source), references: [] };
  return await withChain(source, named, {}, async ({ archive, references }) => ({
    members: archive?.members ?? (await readThrough(source)),
    references,
  }));
}

async function readThrough(source: Source): Promise<readonly Member[]> {
  const { readArchive } = await import("@pith/archive");
  const members: Member[] = [];
  for await (const { member } of readArchive(source.chunks())) members.push(member);
  return members;
}

function lineOf(verbose: boolean): (member: Member) => string {
  return verbose ? longLine : ({ name }) => `${printableName(name)}\n`;
}

const LETTERS: Readonly<Record<Member["type"], string>> = {
  file: "-",
  "hard link": "h",
  "symbolic link": "l",
  "character device": "c",
  "block device": "b",
  folder: "d",
  fifo: "p",
  other: "?",
};

/** `-rw-r--r--      1200 2023-11-14 22:13:20 folder/name -> link` */
function longLine({ type, mode, size, modified, name, link }: Member): string {
  const rights = Array.from("rwxrwxrwx", (letter, i) => ((mode >> (8 - i)) & 1 ? letter : "-")).join("");
  const target =
    type === "symbolic link" ? ` -> ${printableName(link)}` : type === "hard link" ? ` = ${printableName(link)}` : "";
  const size12 = `${size}`.padStart(12);
  return `${LETTERS[type]}${rights} ${size12} ${timeOf(modified)} ${printableName(name)}${target}\n`;
}

/** In UTC, to the second. */
function timeOf(nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  return Number.isNaN(date.getTime())
    ? `${nanoseconds / 1_000_000_000n} s`.padEnd(19)
    : date.toISOString().slice(0, 19).replace("T", " ");
}

/** As JSON has it: nanoseconds are more than its numbers hold, and names may have bytes that are no text. */
function factsOf({ name, modified, ...rest }: Member): Facts {
  return { name: printableName(name), modified: `${modified}`, ...rest };
}
