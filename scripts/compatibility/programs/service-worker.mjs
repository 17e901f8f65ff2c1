/* global self */
// A service worker, of a page or of an extension: all that it needs is in one program. Codes for whoever sends it
// something, and answers with what came of it.
import { compress, decompress } from "@pith/codec/static";
import { makeText } from "./text.mjs";

async function codeAndBack() {
  const text = makeText(20_000);
  for (const level of [1, 3, 5]) {
    const back = await decompress(await compress(text, { level }));
    if (!back.every((byte, i) => byte === text[i])) return "other content";
  }
  return "coded and back";
}

const answer = () => codeAndBack().catch((error) => `${error.name} ${error.code ?? ""}: ${error.message}`);

self.addEventListener("message", (event) => event.waitUntil(answer().then((said) => event.source.postMessage(said))));
self.chrome?.runtime?.onMessage?.addListener((message, sender, respond) => {
  void answer().then(respond);
  return true;
});
