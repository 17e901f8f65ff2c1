import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "./workspace.mjs";

const CACHE = join(root, "node_modules/.cache/pith-kernels");
/** What decides, beside a kernel's own sources, what it is compiled to. */
const TOOLS = ["compile-kernel.mjs", "kernel-exports.mjs", "named-parts.mjs", "unroll-loops.mjs"];

const hashOf = (data) => createHash("sha256").update(data).digest("hex");
/** Null for a file that is not there: the compiler looks for some in several places. */
const hashOfFile = (file) => readFile(file).then(hashOf, () => null);

// Of a kernel's constants, some are 64-bit integers.
const toJson = (value) =>
  JSON.stringify(value, (_, item) => (typeof item === "bigint" ? { integer: `${item}` } : item));
const fromJson = (text) => JSON.parse(text, (_, item) => (item?.integer === undefined ? item : BigInt(item.integer)));

const compiler = createRequire(import.meta.url)("assemblyscript/package.json").version;
const tools = await Promise.all(TOOLS.map((name) => hashOfFile(new URL(name, import.meta.url))));

/**
 * What a compilation gives, or gave when all that it read was the same: the sources of a kernel are known only once they
 * have been read, and a build that starts from a package's files cannot see which kernels one of them concerns.
 *
 * @param {string} name of the kernel, among all packages'
 * @param {unknown} settings that the kernel is compiled with
 * @param {(read: (file: string) => Promise<string | null>) => Promise<T>} compile reads all its files, or their absence, by
 *   `read`
 * @returns {Promise<T & { isKnown: boolean }>}
 * @template {{ wasm: Uint8Array; exports: unknown }} T
 */
export async function cached(name, settings, compile) {
  const file = join(CACHE, `${name}.json`);
  const key = hashOf(JSON.stringify([compiler, tools, settings]));
  const known = await readFile(file, "utf8").then(fromJson, () => undefined);
  if (known?.key === key && (await isSame(known.files))) {
    return { wasm: Buffer.from(known.wasm, "base64"), exports: known.exports, isKnown: true };
  }
  const files = {};
  const result = await compile(async (path) => {
    const full = resolve(path);
    const content = await readFile(full).catch(() => null);
    files[relative(root, full)] = content && hashOf(content);
    return content && content.toString();
  });
  await mkdir(dirname(file), { recursive: true });
  const { wasm, exports } = result;
  await writeFile(file, toJson({ key, files, exports, wasm: Buffer.from(wasm).toString("base64") }));
  return { ...result, isKnown: false };
}

async function isSame(files) {
  for (const [path, hash] of Object.entries(files)) if ((await hashOfFile(join(root, path))) !== hash) return false;
  return true;
}
