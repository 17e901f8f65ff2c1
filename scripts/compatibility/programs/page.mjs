/* global document */
// A page: codes on a worker, says what came of it in its title.
import { compress, decompress } from "@pith/codec";
import { makeText } from "./text.mjs";

const text = makeText();
try {
  const file = await compress(text, { level: 5 });
  const back = await decompress(file);
  document.title = back.every((byte, i) => byte === text[i]) ? "coded and back" : "other content";
} catch (error) {
  document.title = `${error.name} ${error.code ?? ""}: ${error.message}`;
}
