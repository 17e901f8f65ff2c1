/** What is used of `node:fs`, which has no types here: this package is built without Node's. */
interface FileSystem {
  readFileSync(url: URL): Uint8Array<ArrayBuffer>;
}

interface NodeProcess {
  getBuiltinModule?(name: "node:fs"): FileSystem;
}

/**
 * A file of this host, read at once; undefined where there is no such file, or where the host has none. Works in Node,
 * Deno and Bun. Not by `import`, which bundlers for browsers would follow.
 *
 * @param base URL that the path starts from
 */
export function readFileHere(path: string, base: string): Uint8Array<ArrayBuffer> | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  try {
    return process?.getBuiltinModule?.("node:fs").readFileSync(new URL(path, base));
  } catch {
    return undefined;
  }
}
