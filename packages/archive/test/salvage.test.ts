import { salvage } from "@pith/codec";
import { describe, expect, test } from "@jest/globals";

import { packArchive, type PackedMember, salvageIndex, salvageMembers, type TarRange } from "../src/index.ts";
import { file, joined, special } from "./helpers/members.ts";

const LONG = `a/${"long name ".repeat(20)}`;
const MEMBERS: readonly PackedMember[] = [
  special("a", "folder"),
  ...Array.from({ length: 40 }, (_, i) => file(`a/${i}`, `${i} and more. `.repeat(150), { modified: BigInt(i) })),
  file(LONG, "named by an extended header"),
  file("a/large", "large ".repeat(3000)),
  ...Array.from({ length: 5 }, (_, i) => file(`b/${i}`, `${i} at last. `.repeat(50))),
];
const CONTENTS = new Map<string, string>();
for (const { name, content } of MEMBERS) {
  CONTENTS.set(name, content === undefined ? "" : Buffer.from(await joined(content())).toString());
}
const archive = await joined(packArchive(MEMBERS, { level: 1, threads: 0, blockSize: 4096 }));

interface Found {
  readonly whole: string[];
  readonly lost: string[];
  readonly missing: TarRange[][];
  readonly unknown: number;
}

/** Salvages what there is; fails if a member comes out that was not packed so. */
async function salvaged(damaged: Uint8Array): Promise<Found> {
  const index = await salvageIndex(damaged, { threads: 0 });
  const known: TarRange[] = [];
  const breaks: number[] = [];
  const parts: Uint8Array[] = [];
  let at = 0;
  for await (const piece of salvage(damaged.subarray(0, index?.tarFrames), { threads: 0 })) {
    const length = "content" in piece ? piece.content.length : (piece.contentLength ?? 0);
    if ("content" in piece) known.push({ start: at, end: at + length });
    else if (piece.contentLength === undefined) breaks.push(at);
    parts.push("content" in piece ? piece.content : new Uint8Array(length));
    at += length;
  }
  const bytes = Buffer.concat(parts);
  const tar = {
    size: bytes.length,
    read: (offset: number, length: number) => Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length))),
  };
  const members = breaks.length === 0 ? index?.members : undefined;
  const found: Found & { unknown: number } = { whole: [], lost: [], missing: [], unknown: 0 };
  for await (const each of salvageMembers({ tar, known, breaks, members })) {
    if ("unknown" in each) found.unknown++;
    else if ("lost" in each) {
      found.lost.push(each.lost.member.name);
      found.missing.push([...each.lost.missing]);
    } else {
      const { member, content } = each.entry;
      expect(Buffer.from(await joined(content)).toString()).toBe(CONTENTS.get(member.name));
      expect(member.modified).toBe(MEMBERS.find(({ name }) => name === member.name)?.modified);
      found.whole.push(member.name);
    }
  }
  return found;
}

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 0x20 : byte));

describe("of an archive", () => {
  test("that is whole, all members come back", async () => {
    expect(await salvaged(archive)).toEqual({
      whole: MEMBERS.map(({ name }) => name),
      lost: [],
      missing: [],
      unknown: 0,
    });
  });

  test("with its index, a byte that is changed costs the members of its block, and these are named with what is missing of them", async () => {
    for (let at = 3; at < archive.length - 600; at += 797) {
      const { whole, lost, unknown } = await salvaged(flipped(archive, at));
      expect([...whole, ...lost].length).toBe(MEMBERS.length);
      expect([lost.length < 8, unknown]).toEqual([true, 0]);
    }
    const { whole, lost, missing } = await salvaged(flipped(archive, 40));
    expect(lost.slice(0, 2)).toEqual(["a", "a/0"]);
    expect(missing[1]).toEqual([{ start: 0, end: CONTENTS.get("a/0")!.length }]);
    expect(whole.at(-1)).toBe("b/4");
  });

  test("without its index, members are found by their headers, and none comes back with a name that is not its own", async () => {
    const cut = archive.subarray(0, archive.length - 10);
    expect((await salvaged(cut)).whole).toEqual(MEMBERS.map(({ name }) => name));
    for (let at = 3; at < cut.length - 600; at += 611) {
      const { whole } = await salvaged(flipped(cut, at));
      expect(whole.length).toBeGreaterThan(MEMBERS.length - 10);
    }
  });

  test("that ends early, all members before come back", async () => {
    let before = 0;
    for (let length = 0; length < archive.length; length += 1597) {
      const { whole } = await salvaged(archive.subarray(0, length));
      expect(whole).toEqual(MEMBERS.slice(0, whole.length).map(({ name }) => name));
      expect(whole.length).toBeGreaterThanOrEqual(before);
      before = whole.length;
    }
    expect(before).toBeGreaterThan(MEMBERS.length - 10);
  });

  test("in which bytes were lost, members before and behind come back, under their own names", async () => {
    for (let at = 100; at < archive.length - 900; at += 1103) {
      const shorter = new Uint8Array(Buffer.concat([archive.subarray(0, at), archive.subarray(at + 5)]));
      const { whole } = await salvaged(shorter);
      expect(whole.length).toBeGreaterThan(MEMBERS.length - 10);
    }
  });
});
