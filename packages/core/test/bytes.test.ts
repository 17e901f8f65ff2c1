import { describe, expect, test } from "@jest/globals";
import { PithError } from "../src/error.ts";
import fc from "fast-check";
import { ByteReader, ByteWriter } from "../src/bytes/bytes.ts";
import { scaleBytes } from "../src/bytes/unit.ts";
import { thrownBy } from "./thrown.ts";

function written(value: number): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(value);
  return writer.finish();
}

describe("a varint", () => {
  test.each([
    [0, [0x00]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [16_384, [0x80, 0x80, 0x01]],
    [2 ** 35 - 1, [0xff, 0xff, 0xff, 0xff, 0x7f]],
  ])("of %d has the bytes that the format gives", (value, bytes) => {
    expect([...written(value)]).toEqual(bytes);
  });

  test("comes back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 35 - 1 }), (value) => {
        expect(new ByteReader(written(value), 0).varint("n")).toBe(value);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test.each([
    ["not in its shortest form", [0x80, 0x00]],
    ["of six bytes", [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
  ])("%s is refused at its first byte", (_, bytes) => {
    const error = thrownBy(() => new ByteReader(Uint8Array.from(bytes), 70).varint("n"));
    expect(error).toBeInstanceOf(PithError);
    expect(error).toMatchObject({ code: "invalid-field", offset: 70 });
  });

  test("that is cut off is truncated where the bytes end", () => {
    const error = thrownBy(() => new ByteReader(Uint8Array.of(0x80, 0x80), 70).varint("n"));
    expect(error).toMatchObject({ code: "truncated", offset: 72 });
  });
});

describe("a reader", () => {
  test("gives back what a writer wrote, across growth", () => {
    const writer = new ByteWriter();
    for (let i = 0; i < 100; i++) writer.uint32(i * 0x01020304);
    writer.bytes(Uint8Array.of(1, 2, 3));
    const reader = new ByteReader(writer.finish(), 0);
    for (let i = 0; i < 100; i++) expect(reader.uint32()).toBe((i * 0x01020304) >>> 0);
    expect([...reader.bytes(3)]).toEqual([1, 2, 3]);
    expect(reader.position).toBe(403);
  });
});

test.each([
  [0, undefined, "0 B"],
  [999, undefined, "999 B"],
  [999_499, undefined, "999.499 kB"],
  [999_500, undefined, "0.9995 MB"],
  [-2000, undefined, "-2 kB"],
  [5e15, undefined, "5000 TB"],
  [500, 2000, "0.5 kB"],
])("%d bytes, in the unit of %p, are %s", (bytes, like, text) => {
  const { value, unit } = scaleBytes(bytes, like);
  expect(`${value} ${unit}`).toBe(text);
});
