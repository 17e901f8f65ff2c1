import { PithError } from "@pith/core";
import { describe, expect, test } from "@jest/globals";
import type { RandomAccessSource } from "@pith/core/bytes";
import { SafetensorsFile } from "../src/file.ts";
import { fileOf } from "./sample.ts";

const bytes = (length: number, factor: number): Uint8Array => Uint8Array.from({ length }, (_, i) => factor * i);

describe("with random access", () => {
  const file = fileOf([
    { name: "a", type: "F32", shape: [50], data: bytes(200, 3) },
    { name: "b", type: "F32", shape: [70], data: bytes(280, 7) },
  ]);
  const source = (bytes: Uint8Array): RandomAccessSource & { readonly reads: number[] } => {
    const reads: number[] = [];
    return {
      size: file.length,
      reads,
      async read(offset, length) {
        reads.push(length);
        return bytes.subarray(offset, offset + length);
      },
    };
  };

  test("the header is read, and of the data what is asked for", async () => {
    const readable = source(file);
    const opened = await SafetensorsFile.open(readable);
    expect(readable.reads).toEqual([8, opened.header.length]);
    const parts: Uint8Array[] = [];
    for await (const part of opened.chunks(opened.tensor("b"))) parts.push(part);
    expect(Uint8Array.from(parts.flatMap((part) => [...part]))).toEqual(bytes(280, 7));
    expect(() => opened.tensor("c")).toThrow(new RangeError("tensor: expected one of the 2 in the file, got c"));
  });

  test("a file that has become shorter is an error", async () => {
    const opened = await SafetensorsFile.open(source(file.subarray(0, file.length - 5)));
    const chunks = opened.chunks(opened.tensor("b"));
    await expect(chunks.next()).rejects.toMatchObject({ code: "truncated", offset: file.length - 5 });
  });

  test.each([0, 5, 8, 20])("a file of %i bytes is an error", async (length) => {
    const short = { ...source(file.subarray(0, length)), size: length };
    await expect(SafetensorsFile.open(short)).rejects.toBeInstanceOf(PithError);
  });
});
