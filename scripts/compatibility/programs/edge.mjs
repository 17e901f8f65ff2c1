/* global Response */
// An edge worker, where only what is imported is compiled.
import { compress, decode, decompress, KernelErrorProbe } from "./edge-library.mjs";
import { makeText } from "./text.mjs";

export default {
  async fetch() {
    const text = makeText(20_000);
    const isText = (back) => back.length === text.length && back.every((byte, i) => byte === text[i]);
    const file = await compress(text, { level: 5 });
    const fast = [await compress(text, { level: 1 }), await compress(text, { level: 3 })];
    const decoded = [await decompress(file), ...(await Promise.all(fast.map((each) => decode(each))))];
    const same = decoded.every(isText);
    return Response.json({ length: file.length, same, forbidden: await KernelErrorProbe() });
  },
};
