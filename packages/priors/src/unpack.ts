/** The built-in prior as it lies in the package: docs/format.md says what its bytes mean. */

export interface BuiltIn {
  readonly text: Uint8Array;
  /** Of the model: see the kernel. */
  readonly parameters: Uint8Array;
}

/** Imports it, when it is used first. */
export async function unpackBuiltIn(): Promise<BuiltIn> {
  const { packed } = await import("./built-in.ts");
  const binary = atob(packed);
  const deflated = new Uint8Array(binary.length);
  for (let i = 0; i < deflated.length; i++) deflated[i] = binary.charCodeAt(i);
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(inflated).arrayBuffer());
  const end = 4 + new DataView(bytes.buffer).getUint32(0, true);
  return { text: bytes.subarray(4, end), parameters: bytes.subarray(end) };
}
