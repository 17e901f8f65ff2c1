/** The built-in prior as it lies in the package: docs/format.md says what its bytes mean. */
import { fnv1a } from "@pith/core";
import { concatenate } from "@pith/core/bytes";

export interface BuiltIn {
  readonly text: Uint8Array;
  /** Weights of the network. */
  readonly network: Uint8Array;
  /** Of the model: see the kernel. */
  readonly parameters: Uint8Array;
  /** FNV-1a of all of it. */
  readonly hash: number;
}

/** Lengths of the text and of the network. */
const HEAD_LENGTH = 8;

/** Imports it, when it is used first. */
export async function unpackBuiltIn(): Promise<BuiltIn> {
  const { packed } = await import("./built-in.ts");
  const binary = atob(packed);
  const deflated = new Uint8Array(binary.length);
  for (let i = 0; i < deflated.length; i++) deflated[i] = binary.charCodeAt(i);
  const bytes = await inflate(deflated);
  const view = new DataView(bytes.buffer);
  const textEnd = HEAD_LENGTH + view.getUint32(0, true);
  const networkEnd = textEnd + view.getUint32(4, true);
  return {
    text: bytes.subarray(HEAD_LENGTH, textEnd),
    network: bytes.subarray(textEnd, networkEnd),
    parameters: bytes.subarray(networkEnd),
    hash: fnv1a(bytes),
  };
}

/** Without a Blob and a Response, which Node takes longer to load than this takes. */
async function inflate(deflated: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  const written = writer.write(deflated).then(() => writer.close());
  const pieces: Uint8Array[] = [];
  const reader = readable.getReader();
  for (let got = await reader.read(); !got.done; got = await reader.read()) pieces.push(got.value);
  await written;
  return concatenate(pieces);
}
