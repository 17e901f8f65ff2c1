/* global TextEncoder, Response */
// An edge worker, where only what is imported is compiled.
import { compress, decompress, KernelErrorProbe } from "./edge-library.mjs";

export default {
  async fetch() {
    const text = new TextEncoder().encode("It was a dark and stormy night; the rain fell in torrents. ".repeat(600));
    const file = await compress(text, { level: 5 });
    const back = await decompress(file);
    const same = back.length === text.length && back.every((byte, i) => byte === text[i]);
    return Response.json({ length: file.length, same, forbidden: await KernelErrorProbe() });
  },
};
