import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { decodeMessage, encodeMessage, type MessageOptions } from "../src/messages/message.ts";
import { decodePairs, encodePairs, type PairsEncodeOptions } from "../src/stream/stream.ts";

interface Golden<Options> {
  readonly text: string;
  readonly options: Options;
  /** Hexadecimal. */
  readonly coded: string;
}

const { messages, streams } = JSON.parse(readFileSync(new URL("golden/letters.json", import.meta.url), "utf8")) as {
  readonly messages: readonly Golden<MessageOptions>[];
  readonly streams: readonly Golden<PairsEncodeOptions>[];
};

function bytesOf(hexadecimal: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexadecimal, "hex"));
}

describe("golden messages", () => {
  test.each(messages)("of $text, $options", async ({ text, options, coded }) => {
    expect(await encodeMessage(text, options)).toEqual(bytesOf(coded));
    const back = new TextDecoder().decode(await decodeMessage(bytesOf(coded)));
    if (options.lossy === true) expect(back).toHaveLength(text.length);
    else expect(back).toBe(text);
  });
});

describe("golden raw streams", () => {
  test.each(streams)("of $text, $options", async ({ text, options, coded }) => {
    expect((await encodePairs(text, { ...options, threads: 0 })).stream).toEqual(bytesOf(coded));
    const back = await decodePairs(bytesOf(coded), { threads: 0 });
    const bytes = new TextEncoder().encode(text);
    if (options.lossy === true) expect(back).toHaveLength(bytes.length);
    else expect(back).toEqual(bytes);
  });
});
