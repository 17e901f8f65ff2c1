import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const BUILD = fileURLToPath(new URL("../../dist", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** The built page on a server that knows nothing of it, in a folder. */
export interface Server {
  readonly address: string;
  /** Files whose names match are not there, until the next call. */
  lack(names: RegExp | undefined): void;
  close(): Promise<void>;
}

export async function serveBuild(): Promise<Server> {
  const folder = "/some/folder/";
  let lacking: RegExp | undefined;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const name = pathname.startsWith(folder) ? pathname.slice(folder.length) || "index.html" : "none";
    readFile(join(BUILD, lacking?.test(name) === true ? "none" : name)).then(
      (content) => response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "text/plain" }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}${folder}`,
    lack(names) {
      lacking = names;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
