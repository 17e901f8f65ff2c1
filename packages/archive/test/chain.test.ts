import { fingerprint } from "@pith/codec";
import { PithError } from "@pith/core";
import { describe, expect, test } from "@jest/globals";

import {
  type ArchiveReference,
  changesSince,
  openArchive,
  openChain,
  packArchive,
  type PackedMember,
  readArchive,
} from "../src/index.ts";
import { readIndex } from "../src/directory/columns.ts";
import { chunksOf, file, joined, read, special } from "./helpers/members.ts";

const FAST = { level: 1, threads: 0 } as const;

const OLD: readonly PackedMember[] = [
  file("d/a", "stays\n".repeat(50)),
  special("d/hard", "hard link", { link: "d/a" }),
  file("d/b", "changes"),
  file("d/c", "goes"),
  special("d/moved", "hard link", { link: "d/b" }),
  file("d/e", "stays, too"),
  special("d", "folder"),
];
const NEW: readonly PackedMember[] = [
  ...OLD.slice(0, 2),
  file("d/b", "changed"),
  file("d/f", "new"),
  special("d/moved", "hard link", { link: "d/b" }),
  OLD[5],
  special("d/g", "hard link", { link: "d/e" }),
  OLD[6],
];
// Of the same size and time: only what is said of it tells that it has changed.
NEW.filter(({ name }) => name === "d/b").forEach((member) => Object.assign(member, { mode: 0o600 }));

interface Made {
  readonly bytes: Uint8Array;
  readonly name: string;
}

const made = new Map<string, Uint8Array>();
const find = ({ name }: ArchiveReference): Promise<Uint8Array | undefined> => Promise.resolve(made.get(name));

async function pack(name: string, members: readonly PackedMember[], old?: Made): Promise<Made> {
  const archive = old === undefined ? undefined : await openChain(old.bytes, find);
  if (old === undefined || archive === undefined) {
    const bytes = await joined(packArchive(members, FAST));
    made.set(name, bytes);
    return { name, bytes };
  }
  const { changed, kept } = changesSince(members, archive.members);
  const reference = {
    fingerprint: await fingerprint(old.bytes),
    name: old.name,
    members: archive.members.length,
    kept,
  };
  const bytes = await joined(packArchive(changed, { ...FAST, reference }));
  made.set(name, bytes);
  return { name, bytes };
}

async function contents(made: Made): Promise<Record<string, string>> {
  const archive = (await openChain(made.bytes, find))!;
  const all = await read(archive.entries(archive.members));
  return Object.fromEntries(all.map(({ member: { name, type, link }, text }) => [name, type === "file" ? text : link]));
}

const expected = async (members: readonly PackedMember[]): Promise<Record<string, string>> => {
  const all: Record<string, string> = {};
  for (const { name, link, content } of members) {
    all[name] = content === undefined ? link : Buffer.from(await joined(content())).toString();
  }
  return all;
};

const first = await pack("first.tar.pith", OLD);
const second = await pack("second.tar.pith", NEW, first);
const third = await pack("third.tar.pith", [...NEW.slice(2), file("d/h", "newest")], second);

describe("an archive that builds on another", () => {
  test("has what is new or has changed, and comes back with what it keeps", async () => {
    const own = (await openArchive(second.bytes))!;
    expect(own.members.map(({ name }) => name)).toEqual(["d/b", "d/f", "d/moved", "d/g"]);
    expect(own.reference).toEqual({
      fingerprint: await fingerprint(first.bytes),
      name: "first.tar.pith",
      members: 7,
      kept: [0, 1, 5, 6],
    });
    expect(await contents(second)).toEqual(await expected(NEW));
  });

  test("may be built on, too", async () => {
    expect((await openArchive(third.bytes))!.members.map(({ name }) => name)).toEqual(["d/h"]);
    expect(await contents(third)).toEqual(await expected([...NEW.slice(2), file("d/h", "newest")]));
  });

  test("of which nothing is new, or nothing is kept, is one", async () => {
    const same = await pack("same", OLD, first);
    expect((await openArchive(same.bytes))!.members).toEqual([]);
    expect(await contents(same)).toEqual(await expected(OLD));
    const other = [file("x", "all is new")];
    expect(await contents(await pack("other", other, first))).toEqual(await expected(other));
  });

  test("gives single members, of either", async () => {
    const archive = (await openChain(second.bytes, find))!;
    const wanted = archive.members.filter(({ name }) => name === "d/e" || name === "d/f");
    const entries = await read(archive.entries(wanted));
    expect(entries.map(({ member, text }) => [wanted.indexOf(member), text])).toEqual([
      [0, "stays, too"],
      [1, "new"],
    ]);
  });

  test("is not opened with another, nor without one: the error names both fingerprints", async () => {
    const hash = await fingerprint(first.bytes);
    for (const [source, got] of [
      [undefined, "none"],
      [second.bytes, await fingerprint(second.bytes)],
    ] as const) {
      const failure = openChain(second.bytes, () => Promise.resolve(source));
      await expect(failure).rejects.toMatchObject({ code: "unknown-method", expected: hash, got });
    }
    const changed = first.bytes.map((byte, i) => (i === first.bytes.length - 30 ? byte ^ 1 : byte));
    await expect(openChain(second.bytes, () => Promise.resolve(changed))).rejects.toThrow(PithError);
  });

  test("is not taken for all that there is by who reads it from its start", async () => {
    await expect(read(readArchive(chunksOf(second.bytes)))).rejects.toMatchObject({
      code: "unknown-method",
      expected: `first.tar.pith, ${await fingerprint(first.bytes)}`,
    });
  });

  test("cannot be made of what makes no sense", async () => {
    const reference: ArchiveReference = { fingerprint: "0".repeat(64), name: "x", members: 3, kept: [0, 2] };
    const packing = (change: Partial<ArchiveReference>): Promise<Uint8Array> =>
      joined(packArchive([], { ...FAST, reference: { ...reference, ...change } }));
    await expect(packing({ fingerprint: "0" })).rejects.toThrow(
      "reference.fingerprint: expected 64 hexadecimal digits",
    );
    await expect(packing({ name: "../x" })).rejects.toThrow("reference.name: expected one without folders");
    for (const kept of [[3], [1, 1], [2, 0], [0.5]]) {
      await expect(packing({ kept })).rejects.toThrow("reference.kept: expected integers that ascend below 3");
    }
  });
});

describe("an index that lies about what it builds on", () => {
  const head = [2, ...new Uint8Array(32)];
  const noMembers = [0, ...new Uint8Array(11)];
  const TAR = 1024;
  const index = (...bytes: number[]): Uint8Array => Uint8Array.of(...head, ...bytes, ...noMembers);
  const X = [0x78, 0];

  test("is refused", () => {
    expect(readIndex(index(...X, 5, 2, 1, 1, 0, 2), TAR, 1e6).reference).toMatchObject({ members: 5, kept: [1, 2, 3] });
    for (const [bytes, message] of [
      [[0, 5, 0], "no name"],
      [[0x2e, 0x2e, 0, 5, 0], "no name"],
      [[0x61, 0x2f, 0x62, 0, 5, 0], "no name"],
      [[...X, 5, 1, 4, 2], "beyond those of the reference"],
      [[...X, 5, 1, 4, 0], "is empty"],
      [[...X, 0xff, 0xff, 0x7f, 0], "more memory than is allowed"],
    ] as const) {
      expect(() => readIndex(index(...bytes), TAR, 1e6)).toThrow(message);
    }
    for (let length = 0; length < head.length + 3; length++) {
      expect(() => readIndex(index(...X, 5, 0).subarray(0, length), TAR, 1e6)).toThrow(PithError);
    }
  });
});
