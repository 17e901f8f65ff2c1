/* global document, fetch, TextDecoder */
// A page that ships megabytes of JSON and reads them, with the decoder by itself. The file was made beforehand, by
// `pith -1 table.json`.
import { decompress } from "@pith/codec/decode";

try {
  const response = await fetch("table.json.pith");
  const content = await decompress(new Uint8Array(await response.arrayBuffer()));
  const table = JSON.parse(new TextDecoder().decode(content));
  document.title = `decoded ${table.length} rows of ${content.length} bytes`;
} catch (error) {
  document.title = `${error.name} ${error.code ?? ""}: ${error.message}`;
}
