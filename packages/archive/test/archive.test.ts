import { compress, decompress, type RandomAccessSource } from "@pith/codec";
import { PithError } from "@pith/core";
import { describe, expect, test } from "@jest/globals";

import { IndexWriter } from "../src/directory/columns.ts";
import { locatorFrame } from "../src/directory/locator.ts";
import { openArchive, packArchive, readArchive, tarLength, type PackedMember } from "../src/index.ts";
import { tarHeader } from "../src/tar/write.ts";
import { chunksOf, file, headerOf, joined, read, special } from "./helpers/members.ts";

const FAST = { level: 1, threads: 0 } as const;

const MEMBERS: readonly PackedMember[] = [
  file("d/a.txt", "hello world\n".repeat(100), { mode: 0o600, modified: 1n }),
  file("d/\udcff", "odd", { modified: -1_500_000_001n, owner: 1000, group: 2 ** 32 }),
  file(`d/${"n".repeat(300)}`, ""),
  special("d/hard", "hard link", { link: "d/a.txt" }),
  special("d/soft", "symbolic link", { link: "../elsewhere" }),
  special("d/tty", "character device", { device: { major: 4, minor: 64 } }),
  special("d/pipe", "fifo"),
  special("d", "folder", { mode: 0o1755 }),
];

const pack = (members = MEMBERS, options = {}): Promise<Uint8Array> =>
  joined(packArchive(members, { ...FAST, ...options }));

/** A source that counts what is read of it. */
function counting(
  bytes: Uint8Array,
): RandomAccessSource & { read(offset: number, length: number): Promise<Uint8Array>; count: number } {
  return {
    size: bytes.length,
    count: 0,
    async read(offset, length) {
      this.count += length;
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** Many members in blocks of 4 KiB. */
const MANY = Array.from({ length: 60 }, (_, i) => file(`m/${i}`, `${i} and more. `.repeat(150)));
const SMALL_BLOCKS = { blockSize: 4096 };

describe("an archive", () => {
  test("holds a tar, behind which no tar looks, and members come back as they were", async () => {
    const packed = await pack();
    const content = await decompress(packed);
    expect(content.length).toBeGreaterThan(tarLength(MEMBERS));
    const archive = (await openArchive(packed))!;
    expect(archive.tarLength).toBe(tarLength(MEMBERS));
    expect(archive.members.map(({ offset: _, dataOffset: __, ...header }) => header)).toEqual(MEMBERS.map(headerOf));
    const streamed = await read(readArchive(chunksOf(packed, 100)));
    expect(streamed.map(({ member }) => member)).toEqual(archive.members);
    expect(await read(archive.entries(archive.members))).toEqual(streamed);
    expect(streamed.map(({ text }) => text).slice(0, 3)).toEqual(["hello world\n".repeat(100), "odd", ""]);
  });

  test("is the same for every number of threads, from whatever it is read", async () => {
    const packed = await pack(MANY, SMALL_BLOCKS);
    expect(await pack(MANY, { ...SMALL_BLOCKS, threads: 2 })).toEqual(packed);
    const fromBlob = (await openArchive(new Blob([packed as Uint8Array<ArrayBuffer>])))!;
    expect(fromBlob.members.length).toBe(MANY.length);
    expect((await read(fromBlob.entries(fromBlob.members.slice(5, 6))))[0].text).toBe("5 and more. ".repeat(150));
  });

  test("of nothing is one, and so is one of many members", async () => {
    expect((await openArchive(await pack([])))!.members).toEqual([]);
    const many = Array.from({ length: 3000 }, (_, i) => file(`many/${i}`, ""));
    expect((await openArchive(await pack(many)))!.members.map(({ name }) => name)).toEqual(
      many.map(({ name }) => name),
    );
  });

  test("gives a member without what lies elsewhere, and each block once for several", async () => {
    const source = counting(await pack(MANY, SMALL_BLOCKS));
    const archive = (await openArchive(source))!;
    source.count = 0;
    const wanted = [archive.members[40], archive.members[41], archive.members[7]];
    const got = await read(archive.entries(wanted));
    expect(got.map(({ member, text }) => [member.name, text])).toEqual(
      [7, 40, 41].map((i) => [`m/${i}`, `${i} and more. `.repeat(150)]),
    );
    expect(source.count).toBeLessThan(source.size / 3);
  });

  test("that another tar made is read from its start to its end, and has no index", async () => {
    const { frames } = await TAR;
    expect(await openArchive(frames)).toBeUndefined();
    expect((await read(readArchive(chunksOf(frames)))).length).toBe(MEMBERS.length);
  });

  test("holds as many bytes of a file as were promised, though it grew or shrank", async () => {
    const grown = file("g", "x".repeat(10), { size: 4 });
    const shrunk = file("s", "y", { size: 4 });
    const archive = (await openArchive(await pack([grown, shrunk])))!;
    expect((await read(archive.entries(archive.members))).map(({ text }) => text)).toEqual(["xxxx", "y\0\0\0"]);
  });

  test("of what comes again far away holds it once", async () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 120_000 }, () => (state = Math.imul(state, 1_103_515_245) + 12_345) >>> 16);
    const twice = [file("a", noise), file("b", "between ".repeat(5000)), file("c", noise)];
    const packed = await pack(twice, { level: 1, blockSize: 65_536 });
    expect(packed.length).toBeLessThan(1.2 * noise.length);
    const archive = (await openArchive(packed))!;
    expect((await read(archive.entries([archive.members[2]])))[0].text).toBe(Buffer.from(noise).toString("latin1"));
  });

  test.each<[string, PackedMember]>([
    ["without a name", file("", "x")],
    ["with a / at the end of its name", file("a/", "x")],
    ["of a type that no tar has", special("a", "other")],
    ["with a size that is none", file("a", "x", { size: -1 })],
    ["that is a folder with content", special("a", "folder", { size: 1 })],
    ["without content", special("a", "file", { size: 1 })],
  ])("is not made of a member %s", async (_, member) => {
    await expect(pack([member])).rejects.toThrow(/expected/);
  });

  test("stops when it is told to, and when a member cannot be read", async () => {
    await expect(pack(MEMBERS, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    const failing = file("a", "x", {
      content: async function* () {
        yield new Uint8Array(0);
        throw new Error("the disk is gone");
      },
    });
    await expect(pack([failing])).rejects.toThrow("the disk is gone");
  });
});

/** The tar of {@link MEMBERS}, alone and compressed. */
const TAR = pack().then(async (packed) => {
  const tar = (await decompress(packed)).slice(0, tarLength(MEMBERS));
  return { tar, frames: await compress(tar, FAST) };
});

/** An archive whose index says something else than its tar. */
async function contradicting(change: (members: PackedMember[]) => void): Promise<Uint8Array> {
  const members = MEMBERS.map((member) => ({ ...member }));
  const { tar, frames } = await TAR;
  const index = new IndexWriter();
  const lengths = members.map((member) => tarHeader(member).length);
  change(members);
  for (const [i, member] of members.entries()) index.add(member, lengths[i]);
  const coded = await compress(index.finish(), { level: 2, threads: 0 });
  const locator = await locatorFrame({ tarFrames: frames.length, indexFrames: coded.length, tarLength: tar.length });
  return new Uint8Array(Buffer.concat([frames, coded, locator]));
}

/** What opening and reading everything that an archive names fails with. */
async function problemOf(bytes: Uint8Array): Promise<unknown> {
  try {
    const archive = (await openArchive(bytes))!;
    for (const member of archive.members) await read(archive.entries([member]));
    await read(archive.entries(archive.members));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("an index that contradicts the tar is an error", () => {
  test("unless it does not", async () => {
    expect(await problemOf(await contradicting(() => undefined))).toBeUndefined();
  });

  test.each<[string, (members: PackedMember[]) => void]>([
    ["in a name", (members) => Object.assign(members[0], { name: "d/b.txt" })],
    ["in a mode", (members) => Object.assign(members[0], { mode: 0o4755 })],
    ["in a time", (members) => Object.assign(members[1], { modified: 0n })],
    ["in a type", (members) => Object.assign(members[6], { type: "folder" })],
    ["in where a link leads", (members) => Object.assign(members[4], { link: "/etc/passwd" })],
    ["in an owner", (members) => Object.assign(members[1], { owner: 0 })],
    ["in a size that takes as many blocks", (members) => Object.assign(members[1], { size: 4 })],
    ["in a size", (members) => Object.assign(members[1], { size: 5000 })],
    ["in the number of members", (members) => members.pop()],
    ["in their order", (members) => members.reverse()],
  ])("%s", async (_, change) => {
    const problem = await problemOf(await contradicting(change));
    expect(problem).toBeInstanceOf(PithError);
    expect(["invalid-field", "damaged", "truncated"]).toContain((problem as PithError).code);
  });
});

describe("a damaged archive is an error, and never taken for another:", () => {
  test("every third byte of locator and index, changed", async () => {
    const packed = await pack();
    const { members } = (await openArchive(packed))!;
    for (let at = packed.length - 44 - 150; at < packed.length; at += 3) {
      const changed = packed.slice();
      changed[at] ^= 0x10;
      const problem = await openArchive(changed).catch((error: unknown) => error);
      // Without a locator it is an archive without an index.
      if (problem !== undefined && !(problem instanceof PithError)) expect(problem).toMatchObject({ members });
      expect(problem === undefined || problem instanceof PithError).toBe(true);
    }
  });

  test("one that was joined with another, or lost its beginning", async () => {
    const packed = await pack();
    for (const bytes of [Buffer.concat([packed, packed]), packed.subarray(1)]) {
      await expect(openArchive(new Uint8Array(bytes))).rejects.toMatchObject({
        code: "invalid-field",
        message: expect.stringContaining("it was cut, or joined with others"),
      });
    }
  });

  test.each<[string, Uint8Array, string]>([
    ["another version", Uint8Array.of(3, 0), "unsupported-version"],
    ["members without end", Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f), "truncated"],
    [
      "more members than memory is for",
      Uint8Array.of(1, 0xff, 0xff, 0xff, 0x7f, ...Array<number>(11).fill(0)),
      "memory-limit",
    ],
    ["fewer members than it says", Uint8Array.of(1, 5, ...Array<number>(11).fill(0)), "invalid-field"],
    ["something behind its end", Uint8Array.of(1, 0, ...Array<number>(11).fill(0), 9), "invalid-field"],
    ["nothing", new Uint8Array(0), "truncated"],
    ["a number of more than 53 bits", Uint8Array.of(1, ...Array<number>(9).fill(0xff)), "invalid-field"],
  ])("an index of %s", async (_, index, code) => {
    const tar = await compress(new Uint8Array(1024), FAST);
    const coded = await compress(index, FAST);
    const locator = await locatorFrame({ tarFrames: tar.length, indexFrames: coded.length, tarLength: 1024 });
    const bytes = new Uint8Array(Buffer.concat([tar, coded, locator]));
    await expect(openArchive(bytes)).rejects.toMatchObject({ code });
  });

  test("an index that becomes longer than memory allows", async () => {
    const coded = await compress(new Uint8Array(4_000_000), FAST);
    const tar = await compress(new Uint8Array(1024), FAST);
    const locator = await locatorFrame({ tarFrames: tar.length, indexFrames: coded.length, tarLength: 1024 });
    const bytes = new Uint8Array(Buffer.concat([tar, coded, locator]));
    await expect(openArchive(bytes, { memoryLimit: 2 ** 22 })).rejects.toBeInstanceOf(PithError);
  });
});
