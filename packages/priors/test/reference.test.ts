import { expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { Reference } from "../src/index.ts";
import { readScript } from "../src/reference/script.ts";

let state = 11;
const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24;
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
/** No text, and nothing that a model makes smaller. */
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, next);
const OLD = noise(12_000);
const reference = new Reference(OLD);

async function codedLength(content: Uint8Array): Promise<number> {
  const coded = await reference.encode(content);
  expect(await reference.decode(coded)).toEqual(content);
  return coded.length;
}

test("what the reference has anywhere is copied", async () => {
  expect(await codedLength(OLD)).toBeLessThan(16);
  expect(await codedLength(join(OLD.subarray(6000), noise(50), OLD.subarray(0, 4000)))).toBeLessThan(90);
  expect(await codedLength(join(noise(3), OLD, noise(3)))).toBeLessThan(120);
});

test("numbers that moved cost less than their bytes", async () => {
  const moved = OLD.slice();
  const view = new DataView(moved.buffer);
  for (let at = 400; at < 4400; at += 40) view.setUint32(at, view.getUint32(at, true) + 0x1234, true);
  expect(await codedLength(moved)).toBeLessThan(900);
});

test("a table of which each entry is another is found near its place, and costs what is other", async () => {
  const old = noise(24_000);
  const table = old.slice(18_000, 21_000);
  for (let at = 0; at < table.length; at++) if (at % 8 < 2) table[at] = next();
  const coded = await new Reference(old).encode(table, { position: 17_100 });
  expect(coded.length).toBeLessThan(1300);
  expect(await new Reference(old).decode(coded)).toEqual(table);
});

test("an empty content, and one without anything of the reference, come back", async () => {
  for (const content of [new Uint8Array(0), noise(500)]) {
    await codedLength(content);
  }
  const empty = new Reference(new Uint8Array(0));
  const text = noise(20);
  expect(await empty.decode(await empty.encode(text))).toEqual(text);
  expect(empty.hash).not.toBe(reference.hash);
});

test("what is damaged, cut off or of another reference ends in another content or an error, never without end", async () => {
  const content = join(OLD.subarray(5000, 7000), noise(40), OLD.subarray(0, 1000));
  const coded = await reference.encode(content);
  const tryOut = async (bytes: Uint8Array, by = reference): Promise<void> => {
    const result: unknown = await by.decode(bytes).catch((error: unknown) => error);
    expect(result instanceof PithError || result instanceof Uint8Array).toBe(true);
  };
  for (let bit = 8; bit < 8 * coded.length; bit += 151) {
    const changed = coded.slice();
    changed[bit >> 3] ^= 1 << (bit & 7);
    await tryOut(changed);
  }
  for (let length = 0; length < coded.length; length += 25) {
    await expect(reference.decode(coded.subarray(0, length))).rejects.toThrow(PithError);
  }
  for (let i = 0; i < 4; i++) await tryOut(noise(30));
  await tryOut(coded, new Reference(OLD.subarray(0, 3000)));
  const huge = Uint8Array.of(2, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0);
  await expect(reference.decode(huge, 7)).rejects.toMatchObject({ code: "length-limit", offset: 8 });
});

test.each([
  ["ends in a number", [0x80]],
  ["ends before new bytes", [4, 1]],
  ["ends before the length of a copy", [5]],
  ["ends before the distance of a copy", [1, 5]],
  ["goes on", [0, 5, 0]],
  ["has too much that is new", [13, 0]],
  ["copies from behind the reference", [1, 5, 10]],
])("a script that %s is refused, at the difference it is of", (_, bytes) => {
  const of = { length: 5, size: 9, inline: true, offset: 77 };
  expect(() => readScript(Uint8Array.from(bytes), of)).toThrow(
    expect.objectContaining({ code: "invalid-field", offset: 77 }),
  );
});
