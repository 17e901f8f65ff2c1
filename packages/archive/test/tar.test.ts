import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PithError } from "@pith/core";
import { bytesOfName } from "@pith/core/bytes";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import type { MemberHeader } from "../src/index.ts";
import { readTar } from "../src/tar/read.ts";
import { padding, TAR_END, tarHeader } from "../src/tar/write.ts";
import { chunksOf, file, read, special } from "./helpers/members.ts";

function tarOf(...members: readonly (MemberHeader & { text?: string })[]): Uint8Array {
  const parts = members.flatMap((member) => {
    const content = new TextEncoder().encode(member.text ?? "");
    return [tarHeader({ ...member, size: content.length }), content, padding(content.length)];
  });
  return new Uint8Array(Buffer.concat([...parts, TAR_END]));
}

const plain = (name: string, text = ""): MemberHeader & { text: string } => ({ ...file(name, text), text });

async function membersOf(tar: Uint8Array, chunk?: number): Promise<MemberHeader[]> {
  return (await read(readTar(chunksOf(tar, chunk)))).map(({ member }) => member);
}

/** What the tar of the system makes of an archive. */
function systemTar(tar: Uint8Array, ...words: string[]): string {
  const { stdout } = spawnSync("tar", [...words, "-f", "-"], {
    input: tar,
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
  });
  return stdout.toString("latin1");
}

const NAMES = [
  "a",
  "folder/a b\n.txt",
  "grün/😀",
  "odd-\udcff\udc80",
  `${"long/".repeat(19)}exactly`,
  `${"f".repeat(155)}/${"n".repeat(100)}`,
  `${"f".repeat(156)}/${"n".repeat(100)}`,
  "n".repeat(255),
  "\udcff".repeat(255),
  `${"deep/".repeat(800)}end`,
  "trailing space ",
  "=",
];
const TIMES = [
  0n,
  1n,
  -1n,
  -1_000_000_000n,
  -62_135_596_800_000_000_001n,
  1_234_567_890_123_456_789n,
  8_589_934_592_000_000_000n,
];

describe("what is said of a member", () => {
  test.each(NAMES)(
    "name %# of all sorts is one that comes back, also of a folder and where a link leads",
    async (name) => {
      const members = [plain(name), special(name, "folder"), special("l", "symbolic link", { link: name })];
      const back = await membersOf(tarOf(...members));
      expect(back.map((member) => [member.name, member.type, member.link])).toEqual([
        [name, "file", ""],
        [name, "folder", ""],
        ["l", "symbolic link", name],
      ]);
    },
  );

  test.each(TIMES)("%p is a time that comes back to the nanosecond", async (modified) => {
    expect((await membersOf(tarOf({ ...plain("a"), modified })))[0].modified).toBe(modified);
  });

  test("comes back, whatever it is", async () => {
    const header = fc.record({
      name: fc
        .string({ minLength: 1, maxLength: 300, unit: "binary" })
        .filter((name) => !/[/\0\ud800-\udfff]/.test(name)),
      mode: fc.integer({ min: 0, max: 0o7777 }),
      owner: fc.integer({ min: 0, max: 2 ** 32 }),
      group: fc.integer({ min: 0, max: 2 ** 32 }),
      modified: fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
    });
    await fc.assert(
      fc.asyncProperty(header, fc.integer({ min: 1, max: 2000 }), async (fields, chunk) => {
        const expected = { ...plain("a"), ...fields };
        const [got] = await membersOf(tarOf(expected), chunk);
        expect(got).toMatchObject(fields);
      }),
      { seed: 17, numRuns: 40 },
    );
  });

  test("of 8 GiB and more comes back, with a size that only an extended header holds", async () => {
    const [entry] = await read(
      (async function* () {
        for await (const { member } of readTar(chunksOf(tarHeader({ ...plain("a"), size: 2 ** 40 })))) {
          yield { member, content: chunksOf(new Uint8Array(0)) };
          return;
        }
      })(),
    );
    expect(entry.member.size).toBe(2 ** 40);
  });
});

describe("the tar of the system", () => {
  test("reads names, types and links", () => {
    const tar = tarOf(
      ...NAMES.map((name) => plain(name, "x")),
      special("d", "folder", { mode: 0o1755 }),
      special("s", "symbolic link", { link: "n".repeat(200) }),
      special("h", "hard link", { link: "a" }),
      special("c", "character device", { device: { major: 5, minor: 300 } }),
    );
    const escaped = systemTar(tar, "--quoting-style=literal", "-t");
    expect(escaped.split("\n").length).toBe(NAMES.length + 6);
    for (const name of NAMES) expect(escaped).toContain(Buffer.from(bytesOfName(name)).toString("latin1"));
    const long = systemTar(tar, "-tv");
    expect(long).toContain("drwxr-xr-t 0/0               0 2023-11-14 22:13 d/");
    expect(long).toContain(` s -> ${"n".repeat(200)}\n`);
    expect(long).toContain(" h link to a\n");
    expect(long).toContain("5,300");
  });

  test("writes what is read: its own format, pax, and what was before", async () => {
    const { stdout } = spawnSync(
      "bash",
      [
        "-c",
        `cd "$(mktemp -d)"; n=$(printf 'n%.0s' {1..150}); mkdir -p d; echo hi > d/$n; ln -s $n$n d/l; touch -d @-5.25 d/$n; for f in gnu pax ustar v7; do tar --format=$f -c d 2>/dev/null | base64 -w0; echo; done; rm -r d`,
      ],
      { encoding: "utf8" },
    );
    const tars = stdout
      .trim()
      .split("\n")
      .map((text) => new Uint8Array(Buffer.from(text, "base64")));
    const [gnu, pax] = [await membersOf(tars[0]), await membersOf(tars[1])];
    const name = `d/${"n".repeat(150)}`;
    const sorted = (members: MemberHeader[]) => members.map((each) => [each.name, each.link]).sort();
    expect(sorted(gnu)).toEqual([
      ["d", ""],
      ["d/l", "n".repeat(300)],
      [name, ""],
    ]);
    expect(sorted(pax)).toEqual(sorted(gnu));
    expect(gnu.find((member) => member.name === name)?.modified).toBe(-6_000_000_000n);
    expect(pax.find((member) => member.name === name)?.modified).toBe(-5_250_000_000n);
    expect((await membersOf(tars[3])).map((member) => member.name)).toContain("d");
  });
});

/** The headers of a member, changed and with the checksum that belongs to it. */
function hostile(change: (header: Uint8Array) => void, member = plain("a", "text")): Uint8Array {
  const header = tarHeader({ ...member, size: 4 });
  const last = header.subarray(header.length - 512);
  change(last);
  last.fill(0x20, 148, 156);
  const sum = last.reduce((total, byte) => total + byte, 0);
  last.set(Buffer.from(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return new Uint8Array(Buffer.concat([header, Buffer.from("text"), padding(4), TAR_END]));
}

function extended(records: string, letter = "x"): Uint8Array {
  const header = hostile((bytes) => {
    bytes[156] = letter.charCodeAt(0);
    bytes.set(Buffer.from(records.length.toString(8).padStart(11, "0")), 124);
  }).subarray(0, 512);
  return new Uint8Array(Buffer.concat([header, Buffer.from(records), padding(records.length)]));
}

const record = (key: string, value: string): string => {
  for (let length = 1; ; length++) {
    const text = `${length} ${key}=${value}\n`;
    if (text.length === length) return text;
  }
};

const put = (at: number, text: string) => (header: Uint8Array) => header.set(Buffer.from(text, "latin1"), at);
const before = (...headers: Uint8Array[]) => new Uint8Array(Buffer.concat([...headers, tarOf(plain("a", "text"))]));

describe("a hostile tar is an error that names its place:", () => {
  test.each<[string, Uint8Array, Partial<PithError>]>([
    ["a size that is more than there is", hostile(put(124, "00000007777")), { code: "truncated" }],
    ["a size that is less than there is", hostile(put(124, "00000000000")), { code: "damaged", offset: 512 }],
    ["a negative size", hostile(put(124, "\xff".repeat(12))), { code: "invalid-field" }],
    ["a size that is no number", hostile(put(124, "x".repeat(11))), { code: "invalid-field", offset: 124 }],
    ["a name of nothing", hostile(put(0, "\0")), { code: "invalid-field" }],
    ["a header with a wrong checksum", tarOf(plain("a")).fill(1, 5, 6), { code: "damaged", offset: 0 }],
    ["an end in the content", tarOf(plain("a", "text")).subarray(0, 514), { code: "truncated" }],
    ["an end in the header", tarOf(plain("a", "text")).subarray(0, 100), { code: "truncated" }],
    ["a pax size that is no number", before(extended(record("size", "1e3"))), { code: "invalid-field" }],
    ["a pax size of more than 2^53", before(extended(record("size", "9".repeat(16)))), { code: "invalid-field" }],
    ["a pax time that is none", before(extended(record("mtime", "yesterday"))), { code: "invalid-field" }],
    ["a path with a zero", before(extended(record("path", "a\0b"))), { code: "invalid-field" }],
    ["a path of 100 KB", before(extended(record("path", "n".repeat(100_000)))), { code: "invalid-field" }],
    ["records that are none", before(extended("12 path=a")), { code: "invalid-field", offset: 0 }],
    [
      "an extended header of 2 MB",
      before(extended(record("comment", "n".repeat(2_000_000)))),
      { code: "invalid-field" },
    ],
    [
      "extended headers without end",
      before(...Array.from({ length: 40 }, () => extended(record("comment", "n")))),
      { code: "invalid-field" },
    ],
    [
      "global headers without end",
      before(
        ...Array.from({ length: 12 }, (_, i) =>
          Buffer.concat([extended(record(`k${i}`, "n".repeat(100_000)), "g"), tarOf(plain("a")).subarray(0, 512)]),
        ),
      ),
      { code: "invalid-field" },
    ],
    [
      "nothing behind an extended header",
      new Uint8Array(Buffer.concat([extended(record("path", "a")), TAR_END])),
      { code: "truncated" },
    ],
    ["no tar at all", new TextEncoder().encode("x".repeat(2000)), { code: "damaged", offset: 0 }],
  ])("%s", async (_, tar, expected) => {
    const problem = await membersOf(tar).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(PithError);
    expect(problem).toMatchObject(expected);
  });

  test("but a record that nobody knows, or with the name of what objects have, is none", async () => {
    const tar = before(extended(record("__proto__", "x") + record("comment", "y")));
    expect((await membersOf(tar)).map(({ name }) => name)).toEqual(["a"]);
  });

  test("and every one is an error or a tar, whatever bytes are changed", async () => {
    const tar = tarOf(plain("a".repeat(150), "text"), special("l", "symbolic link", { link: "a" }));
    await fc.assert(
      fc.asyncProperty(fc.nat(tar.length - 1), fc.nat(255), async (at, value) => {
        const changed = tar.slice();
        changed[at] = value;
        const problem: unknown = await membersOf(changed).catch((error: unknown) => error);
        expect(Array.isArray(problem) || problem instanceof PithError).toBe(true);
      }),
      { seed: 18, numRuns: 150 },
    );
  });
});

describe("a sparse file of GNU tar", () => {
  const folder = mkdtempSync(join(tmpdir(), "pith-sparse-"));
  const content = new Uint8Array(400_000);
  // More stretches than a header of the old way has room for.
  for (let i = 0; i < 40; i += 2) content.fill(65 + i, 8192 * i, 8192 * i + 100);
  beforeAll(() => {
    writeFileSync(join(folder, "sparse"), content);
    execFileSync("fallocate", ["--dig-holes", join(folder, "sparse")]);
    writeFileSync(join(folder, "z"), "behind it");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const made = (...words: string[]): Uint8Array =>
    execFileSync("tar", ["-c", "-S", ...words, "-C", folder, "sparse", "z"], { maxBuffer: 2 ** 24 });

  test.each([
    ["in the old way", ["--format=gnu"]],
    ["of pax 0.1", ["--format=pax", "--sparse-version=0.1"]],
    ["of pax 1.0", ["--format=pax", "--sparse-version=1.0"]],
  ])("%s comes back with its holes as zeros, and so does what is behind it", async (_, words) => {
    const tar = made(...words);
    expect(tar.length).toBeLessThan(300_000);
    const [sparse, next] = await read(readTar(chunksOf(tar)));
    expect([sparse.member.name, sparse.member.type, sparse.member.size]).toEqual(["sparse", "file", content.length]);
    expect(Buffer.from(sparse.text, "latin1").equals(content)).toBe(true);
    expect([next.member.name, next.text]).toEqual(["z", "behind it"]);
    expect((await membersOf(tar)).map(({ name }) => name)).toEqual(["sparse", "z"]);
  });

  test("of pax 0.0, which nobody writes any more, is of a type of its own, and passed over", async () => {
    expect((await membersOf(made("--format=pax", "--sparse-version=0.0"))).map(({ type }) => type)).toEqual([
      "other",
      "file",
    ]);
  });

  const sparse = (map: string, size = "9", key = "size"): Uint8Array =>
    before(extended(record(`GNU.sparse.${key}`, size) + map));
  const inFront = record("GNU.sparse.major", "1") + record("GNU.sparse.minor", "0");

  test.each<[string, Uint8Array]>([
    ["overlaps", sparse(record("GNU.sparse.map", "4,2,5,2"))],
    ["goes beyond the file", sparse(record("GNU.sparse.map", "6,4"))],
    ["has less than is stored", sparse(record("GNU.sparse.map", "0,3"))],
    ["has half a stretch", sparse(record("GNU.sparse.map", "0,4,5"))],
    ["is of a file that no system has", sparse(record("GNU.sparse.map", "0,4"), "9007199254740993")],
    ["is no number", sparse(record("GNU.sparse.map", "0,x"))],
    ["should be in front, and is not", sparse(inFront, "9", "realsize")],
    ["has no size", hostile(put(156, "S"))],
  ])("whose map %s is an error", async (_, tar) => {
    await expect(read(readTar(chunksOf(tar)))).rejects.toMatchObject({ code: "invalid-field" });
  });
});
