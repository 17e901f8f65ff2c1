/**
 * Unrolls the loops of a kernel's source that are marked so:
 *
 *     // unroll COUNT
 *     for (let i: i32 = 0; i < COUNT; i++) {
 *       …
 *     }
 *
 * Neither AssemblyScript nor its optimiser unrolls, and a context loop with a constant index is 15-25 % faster in
 * WebAssembly; a SIMD lane has to be a constant in any case. COUNT is an integer or a product of integers and kernel
 * constants (`4 * SETS`); the loop's header must be as above, with i32 or u8, and its closing brace must stand alone at
 * the header's indentation. Marked loops may stand in one another.
 *
 * @param {string} source
 * @param {Record<string, number>} constants the kernel's compile-time constants
 * @param {string} file for error messages
 */
export function unrollLoops(source, constants, file) {
  if (!source.includes("// unroll ")) return source;
  const lines = source.split("\n");
  const out = [];
  for (let at = 0; at < lines.length; at++) {
    const mark = /^(\s*)\/\/ unroll (.+)$/.exec(lines[at]);
    if (mark === null) {
      out.push(lines[at]);
      continue;
    }
    const [, indent, count] = mark;
    const header = /^\s*for \(let (\w+): (i32|u8) = 0; \1 < (.+); \1\+\+\) \{$/.exec(lines[at + 1] ?? "");
    if (header === null || header[3] !== count) throw new Error(`${file}:${at + 2}: not a loop over ${count}`);
    const end = lines.indexOf(`${indent}}`, at + 2);
    if (end < 0) throw new Error(`${file}:${at + 2}: the loop's closing brace was not found`);
    const times = count.split("*").reduce((product, factor) => {
      const value = constants[factor.trim()] ?? Number(factor);
      if (!Number.isInteger(value)) throw new Error(`${file}:${at + 1}: ${factor.trim()} is not a constant`);
      return product * value;
    }, 1);
    const body = unrollLoops(lines.slice(at + 2, end).join("\n"), constants, file);
    for (let i = 0; i < times; i++)
      out.push(`${indent}{\n  const ${header[1]}: ${header[2]} = ${i};\n${body}\n${indent}}`);
    at = end;
  }
  return out.join("\n");
}
