/* global TextEncoder, document */
// A page: codes on a worker, says what came of it in its title.
import { compress, decompress } from "@pith/codec";

const text = new TextEncoder().encode("It was a dark and stormy night; the rain fell in torrents. ".repeat(600));
try {
  const file = await compress(text, { level: 5 });
  const back = await decompress(file);
  document.title = back.every((byte, i) => byte === text[i]) ? "coded and back" : "other content";
} catch (error) {
  document.title = `${error.name} ${error.code ?? ""}: ${error.message}`;
}
