// What every host with workers has to do: code on workers and at once, with the same bytes, and give them back.
import { compress, compressSync, decompress, decompressSync, info } from "@pith/codec";
import { decompress as decode } from "@pith/codec/decode";
import { mix } from "@pith/codec/decode/mix";
import { makeText } from "./text.mjs";

const text = makeText();
for (const level of [1, 3, 5]) {
  const file = await compress(text, { level, blockSize: 131_072, threads: 2 });
  if (Buffer.compare(file, compressSync(text, { level, blockSize: 131_072 })) !== 0) throw new Error("other bytes");
  const decoded = await decode(file, { decoders: level === 5 ? [mix] : [] });
  for (const back of [await decompress(file, { threads: 2 }), decompressSync(file), decoded]) {
    if (Buffer.compare(back, text) !== 0) throw new Error("other content");
  }
  if ((await info(file)).contentLength !== text.length) throw new Error("another length");
}
console.log("coded and back");
