import { expect, test } from "@jest/globals";
import { fnv1a, PithError } from "@pith/core";
import { Prior, type RandomAccessSource, Records } from "../src/index.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const record = (i: number): string =>
  `{"pump":"north-${i % 5}","litres":${100 + ((i * 7919) % 60)},"state":"${i % 4 === 0 ? "idle" : "running"}"}`;
const RECORDS = Array.from({ length: 300 }, (_, i) => record(i));
/** Nothing makes these shorter. */
const NOISE = Uint8Array.from({ length: 40 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

async function textsOf(store: Records): Promise<string[]> {
  const texts: string[] = [];
  for await (const bytes of store) texts.push(decoder.decode(bytes));
  return texts;
}

async function failureOf(action: Promise<unknown>): Promise<PithError> {
  const error = await action.catch((caught: unknown) => caught);
  if (error instanceof PithError) return error;
  throw new Error(`expected a PithError, got ${String(error)}`);
}

/** Quick to open. */
const plain = await Records.create(RECORDS.slice(0, 40), { prior: "none" });

test("records come back, each by itself, in a tenth of their bytes", async () => {
  const bytes = await Records.create(RECORDS, { size: 2000 });
  const store = await Records.open(bytes);
  expect(store).toMatchObject({ length: 300, lines: false, prior: "kept" });
  for (const i of [299, 0, 128, 127]) expect(decoder.decode(await store.get(i))).toBe(RECORDS[i]);
  expect(bytes.length).toBeLessThan(RECORDS.join("").length / 9);
  expect(store.sizes.head + store.sizes.records + store.sizes.indexes).toBe(bytes.length);
  expect((8 * store.sizes.indexes) / store.length).toBeLessThan(5);
  await expect(store.get(300)).rejects.toThrow(RangeError);
  await expect(store.get(-1)).rejects.toThrow(RangeError);
});

test("records of any kind come back: empty, of noise, long", async () => {
  const long = encoder.encode("a".repeat(9_000));
  const all = [new Uint8Array(0), NOISE, long, NOISE.subarray(3), new Uint8Array(0), Uint8Array.of(7)];
  const store = await Records.open(await Records.create(all, { prior: "none", lines: true }));
  expect(store).toMatchObject({ length: 6, lines: true, prior: "none", priorHash: "00000000" });
  for (const [i, expected] of all.entries()) expect(await store.get(i)).toEqual(expected);
  // Noise is stored as it is.
  expect(store.sizes.records).toBeLessThan(2 * NOISE.length + 40);
  await expect(Records.create([new Uint8Array(65_537)])).rejects.toThrow(/records\[0\]: expected at most 65536 bytes/u);
  await expect(Records.create(RECORDS, { size: 0 })).rejects.toThrow(RangeError);
});

test("what is appended stands behind what there was, and indexes stay few", async () => {
  let bytes: Uint8Array = await Records.create([], { prior: "none" });
  expect((await Records.open(bytes)).length).toBe(0);
  await expect((await Records.open(bytes)).get(0)).rejects.toThrow(RangeError);
  const texts: string[] = [];
  for (const count of [1, 1, 1, 1, 1, 1, 1, 5, 0, 40, 1, 2]) {
    const added = Array.from({ length: count }, (_, i) => record(texts.length + i));
    bytes = join(bytes, await (await Records.open(bytes)).append(added));
    texts.push(...added);
    expect((await Records.open(bytes)).length).toBe(texts.length);
  }
  const store = await Records.open(bytes);
  expect(await textsOf(store)).toEqual(texts);
  for (const i of [0, 3, 11, 12, 54]) expect(decoder.decode(await store.get(i))).toBe(texts[i]);
  expect(store.sizes.unused).toBeGreaterThan(0);
});

test("an append that was cut off leaves the records that there were, and does not stop the next", async () => {
  const added = await (await Records.open(plain)).append(["one more", "and another"]);
  for (let length = 1; length < added.length; length++) {
    const store = await Records.open(join(plain, added.subarray(0, length)));
    expect(store.length).toBe(40);
    expect(store.sizes.unused).toBe(length);
  }
  const torn = join(plain, added.subarray(0, added.length - 1));
  const store = await Records.open(join(torn, await (await Records.open(torn)).append(["later"])));
  expect(store.length).toBe(41);
  expect(decoder.decode(await store.get(40))).toBe("later");
  expect(decoder.decode(await store.get(39))).toBe(RECORDS[39]);
});

test("a store within a record is no part of the store", async () => {
  const inner = await Records.create(["within"], { prior: "none" });
  const added = await (await Records.open(plain)).append([inner]);
  const store = await Records.open(join(plain, added.subarray(0, -1)));
  expect(store.length).toBe(40);
});

test("one record is read by ranges", async () => {
  const records = Array.from({ length: 300 }, (_, i) => NOISE.map((byte, at) => byte ^ Math.imul(i, at + 1)));
  const bytes = await Records.create(records, { prior: "none" });
  let read = 0;
  const source: RandomAccessSource = {
    size: bytes.length,
    read: (offset, length) => {
      read += length;
      return Promise.resolve(bytes.slice(offset, offset + length));
    },
  };
  const store = await Records.open(source);
  expect(read).toBeLessThan(1000);
  expect(await store.get(200)).toEqual(records[200]);
  expect(read).toBeLessThan(bytes.length / 2);
  expect(await (await Records.open(new Blob([bytes]))).get(299)).toEqual(records[299]);
});

test("a prior of one's own is asked for by its hash", async () => {
  const prior = Prior.train(RECORDS.slice(0, 10), { base: "none" });
  const bytes = await Records.create(RECORDS.slice(20, 40), { prior });
  const store = await Records.open(bytes, { prior });
  expect(store).toMatchObject({ prior: "given", priorHash: prior.hash });
  expect(await textsOf(store)).toEqual(RECORDS.slice(20, 40));
  const expected = `the prior ${prior.hash}`;
  expect(await failureOf(Records.open(bytes))).toMatchObject({ code: "unknown-method", expected, got: "none" });
  const other = Prior.train(["other"], { base: "none" });
  expect(await failureOf(Records.open(bytes, { prior: other }))).toMatchObject({ expected, got: other.hash });
  const auto = await Records.create(["See you at the station"]);
  expect(await Records.open(auto)).toMatchObject({ prior: "kept" });
  const builtIn = await Records.create(["See you at the station"], { prior: await Prior.builtIn() });
  expect(await Records.open(builtIn)).toMatchObject({ prior: "auto" });
  const changed = builtIn.slice();
  changed[4] ^= 1;
  new DataView(changed.buffer).setUint32(8, fnv1a(changed.subarray(0, 8)), true);
  expect(await failureOf(Records.open(changed))).toMatchObject({ code: "unknown-method", offset: 4 });
});

test("every bit that is changed is told, or leaves the records as they are", async () => {
  const expected = await textsOf(await Records.open(plain));
  for (let bit = 0; bit < 8 * plain.length; bit += 3) {
    const changed = plain.slice();
    changed[bit >> 3] ^= 1 << (bit & 7);
    const result: unknown = await Records.open(changed)
      .then(textsOf)
      .catch((error: unknown) => error);
    if (!(result instanceof PithError)) expect(result).toEqual(expected);
  }
});

test("what is no store, or cut off, is told with its place", async () => {
  expect(await failureOf(Records.open(encoder.encode("no store")))).toMatchObject({ code: "not-pith", offset: 0 });
  expect(await failureOf(Records.open(new Uint8Array(0)))).toMatchObject({ code: "truncated", offset: 0 });
  for (let length = 1; length < plain.length; length += 5) {
    expect(await failureOf(Records.open(plain.subarray(0, length)))).toMatchObject({ code: "truncated" });
  }
  const changed = (at: number, value: number): Uint8Array => plain.map((byte, i) => (i === at ? value : byte));
  expect(await failureOf(Records.open(changed(2, 9)))).toMatchObject({ code: "unsupported-version", offset: 2 });
  expect(await failureOf(Records.open(changed(3, 64)))).toMatchObject({ code: "invalid-field", offset: 3 });
  expect(await failureOf(Records.open(changed(5, 64)))).toMatchObject({ code: "checksum-mismatch" });
});

/** A store's head without a prior, `before` bytes, and an index of these fields that is right by its checksum. */
function withIndex(before: number, previous: number, first: number, groups: readonly number[]): Uint8Array {
  const head = plain.subarray(0, 12);
  const start = head.length + before;
  const fields = Uint8Array.of(0xf2, previous, 0, first, 0, ...groups);
  const place = new Uint8Array(8);
  place[0] = start;
  const footer = new Uint8Array(10);
  const view = new DataView(footer.buffer);
  view.setUint32(0, fnv1a(fields, fnv1a(place)), true);
  view.setUint32(4, fields.length + footer.length, true);
  footer.set([0x72, 0x8f], 8);
  return join(head, new Uint8Array(before), fields, footer);
}

test("an index that lies is told", async () => {
  const codeOf = async (bytes: Uint8Array): Promise<string> => (await failureOf(Records.open(bytes))).code;
  expect((await Records.open(withIndex(0, 12, 0, []))).length).toBe(0);
  // Other records before it than there are; an index before it that is none; one that is behind.
  expect(await codeOf(withIndex(0, 12, 5, []))).toBe("invalid-field");
  expect(await codeOf(withIndex(30, 40, 0, []))).toBe("damaged");
  expect(await codeOf(withIndex(0, 100, 0, []))).toBe("invalid-field");
  // No records in a group; more than there may be; a gap, and records, that reach beyond; a length that is none.
  expect(await codeOf(withIndex(0, 12, 0, [0, 0, 0, 0, 0, 0, 0, 0]))).toBe("invalid-field");
  expect(await codeOf(withIndex(0, 12, 0, [129, 0, 0, 0, 0, 0, 0, 0]))).toBe("invalid-field");
  expect(await codeOf(withIndex(0, 12, 0, [1, 9, 0, 0, 0, 0, 0, 0, 0]))).toBe("invalid-field");
  expect(await codeOf(withIndex(0, 12, 0, [1, 0, 9, 0, 0, 0, 0, 0, 0]))).toBe("invalid-field");
  expect(await codeOf(withIndex(0, 12, 0, [1, 0, 0, 0, 0, 0, 0, 0, 0x80]))).toBe("invalid-field");
  expect(await codeOf(withIndex(0, 12, 0, [1, 0, 0, 40, 0, 0, 0, 0, 0]))).toBe("invalid-field");
  expect(await codeOf(withIndex(0, 12, 0, [1, 0, 0, 0, 0, 0, 0, 0, 1]))).toBe("invalid-field");
  expect(await codeOf(withIndex(0, 12, 0, [1, 0, 0, 0, 0, 0, 0, 0]))).toBe("truncated");
  expect(await codeOf(withIndex(0, 12, 0, [128, 0, 0, 0, 0, 0, 0, 0, 0]))).toBe("truncated");
});

test("what looks like many indexes is read no more than some times", async () => {
  const bytes = new Uint8Array(200_000).fill(0xf2);
  bytes.set(plain);
  for (let at = plain.length; at + 10 < bytes.length; at += 10) {
    bytes.set([0, 0, 0, 0, (at - 600) & 255, ((at - 600) >> 8) & 255, (at - 600) >> 16, 0, 0x72, 0x8f], at);
  }
  expect(await failureOf(Records.open(bytes))).toMatchObject({ code: "damaged" });
});

test("bytes at random behind the magic are told", async () => {
  let state = 5;
  const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24;
  for (let i = 0; i < 200; i++) {
    const bytes = Uint8Array.from({ length: 200 }, next);
    bytes.set(plain.subarray(0, 12));
    expect(await failureOf(Records.open(bytes))).toBeInstanceOf(PithError);
  }
});

test("writing says how far it is, and stops where it is told to", async () => {
  const records = ["one", "two and more", "three"];
  const seen: unknown[] = [];
  const store = await Records.open(await Records.create(records, { prior: "none", onProgress: (at) => seen.push(at) }));
  expect(seen.at(-1)).toEqual({ done: 20, total: 20 });
  const signal = AbortSignal.abort("enough");
  await expect(Records.create(records, { prior: "none", signal })).rejects.toBe("enough");
  await expect(store.append(records, { signal })).rejects.toBe("enough");
});
