/** What of this package is used; it has no types of its own. */
declare module "unishox2.siara.cc" {
  const unishox2: {
    /** Writes to `out`, and gives back how many bytes. */
    unishox2_compress_simple(text: string, length: number, out: Uint8Array): number;
  };
  export = unishox2;
}
