import { expect } from "@jest/globals";
import { readFileSync } from "node:fs";
import { DeflateCloser } from "../../src/kinds/deflate/close.ts";
import { DeflateOpener } from "../../src/kinds/deflate/open.ts";

/** Opens one stream and closes it: the bytes of choices that this takes. */
export function choicesOf(stream: Uint8Array, windowBits = 15): number {
  const opener = new DeflateOpener();
  const found = opener.read(stream, 0, stream.length, 2 ** 22, windowBits);
  if (found === undefined) return Infinity;
  opener.encode(stream, found.content.length, found.settings);
  const choices = opener.finish();
  const closer = new DeflateCloser(choices, 0, 2 ** 24);
  expect(Buffer.compare(closer.close(found.content), stream.subarray(0, found.length))).toBe(0);
  closer.end();
  return choices.length;
}

/** The stream of a file in `streams`, without the header of gzip. */
export function streamOf(name: string): Uint8Array {
  const file = new Uint8Array(readFileSync(new URL(`../streams/${name}.gz`, import.meta.url)));
  return file.subarray((file[3] & 8) === 0 ? 10 : file.indexOf(0, 10) + 1);
}
