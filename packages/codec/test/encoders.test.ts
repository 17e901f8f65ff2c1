import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { DeflateCloser } from "../src/kinds/deflate/close.ts";
import { DeflateOpener } from "../src/kinds/deflate/open.ts";
import { choicesOf, streamOf } from "./helpers/deflate.ts";

describe("streams of other encoders", () => {
  test.each(["node-1", "node-3", "node-6", "node-9"])(
    "like zlib's, with another hash, take a few bytes: %s",
    (name) => {
      expect(choicesOf(streamOf(name))).toBeLessThan(16);
    },
  );

  test.each(["libdeflate-1", "libdeflate-4", "libdeflate-6", "libdeflate-9"])(
    "are guessed by their own rules: %s",
    (name) => {
      expect(choicesOf(streamOf(name))).toBeLessThan(32);
    },
  );

  test.each(["go-1", "go-3", "go-6", "miniz-1", "miniz-3", "miniz-6", "fflate-1", "fflate-6", "fflate-9"])(
    "are guessed by theirs: %s",
    (name) => {
      expect(choicesOf(streamOf(name))).toBeLessThan(40);
    },
  );

  test.each([
    ["7-zip-5", 0.01],
    ["7-zip-9", 0.03],
    ["libdeflate-12", 0.01],
    ["zopfli", 0.03],
  ])("that weigh prices are followed on their way: %s takes at most %d of them", (name, share) => {
    const stream = streamOf(name);
    expect(choicesOf(stream)).toBeLessThan(share * stream.length);
  });

  test("learn from the streams before them", () => {
    const opener = new DeflateOpener();
    const sizes = ["zopfli", "zopfli", "node-6", "zopfli"].map((name) => {
      const stream = streamOf(name);
      const { content, settings } = opener.read(stream, 0, stream.length, 2 ** 22)!;
      opener.encode(stream, content.length, settings);
      return content.length;
    });
    const choices = opener.finish();
    expect(choices.length).toBeLessThan(3 * 0.03 * streamOf("zopfli").length);
    const closer = new DeflateCloser(choices, 0, 2 ** 24);
    const { content } = new DeflateOpener().read(streamOf("zopfli"), 0, 1e9, 2 ** 22)!;
    expect(sizes).toEqual(Array.from(sizes, () => content.length));
    for (const name of ["zopfli", "zopfli", "node-6", "zopfli"]) {
      const stream = closer.close(content);
      expect(Buffer.compare(stream, streamOf(name).subarray(0, stream.length))).toBe(0);
    }
    closer.end();
  });

  test.each(["zopfli", "7-zip-5", "go-1", "go-6", "miniz-1", "miniz-6", "fflate-6"])(
    "are refused, not misread, where their choices are damaged: %s",
    (name) => {
      const stream = streamOf(name);
      const opener = new DeflateOpener();
      const { content, settings } = opener.read(stream, 0, stream.length, 2 ** 22)!;
      opener.encode(stream, content.length, settings);
      const choices = opener.finish();
      let unchanged = 0;
      for (let bit = 0; bit < 8 * choices.length; bit += choices.length > 100 ? 11 : 5) {
        const damaged = choices.slice();
        damaged[bit >> 3] ^= 1 << (bit & 7);
        const closer = new DeflateCloser(damaged, 0, 2 ** 24);
        let closed: Uint8Array | undefined;
        try {
          closed = closer.close(content);
          closer.end();
        } catch (error) {
          if (!(error instanceof PithError) && !(error instanceof WebAssembly.RuntimeError)) throw error;
          continue;
        }
        // What is not refused here has another checksum; but a setting that says nothing of this encoder may change.
        if (Buffer.compare(closed, stream.subarray(0, closed.length)) === 0) unchanged++;
      }
      expect(unchanged).toBeLessThanOrEqual(name === "miniz-1" ? 4 : 0);
    },
  );
});
