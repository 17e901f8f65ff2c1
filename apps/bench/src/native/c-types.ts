/** C's names of WebAssembly's types, by letter as in opcodes.ts; "" is none. */
export const C_TYPES: Readonly<Record<string, string>> = {
  "": "void",
  i: "uint32_t",
  l: "uint64_t",
  f: "float",
  d: "double",
  v: "v128",
};
