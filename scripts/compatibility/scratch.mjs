// A folder with the packages as npm would install them from what is published, and the hosts and bundlers beside them.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { npm, root } from "../workspace.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

export const scratch = mkdtempSync(join(tmpdir(), "pith-compatibility-"));

/** The codec and what it stands on. */
function packages(name = "codec", found = new Set()) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  for (const other of Object.keys(dependencies)) {
    if (other.startsWith("@pith/")) packages(other.slice("@pith/".length), found);
  }
  return found.add(name);
}

/** @param {boolean} quick without what takes long to install */
export function install(quick) {
  // npm's own way to leave out what is optional leaves out the programs of packages for this system, too.
  const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  if (quick) delete manifest.optionalDependencies;
  writeFileSync(join(scratch, "package.json"), JSON.stringify(manifest));
  cpSync(join(here, "programs"), scratch, { recursive: true });
  if (npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], { cwd: scratch }) !== 0) {
    throw new Error("npm install failed");
  }
  for (const name of packages()) {
    const folder = installed(`@pith/${name}`);
    mkdirSync(folder, { recursive: true });
    npm(["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
      cwd: join(root, "packages", name),
      stdio: "ignore",
    });
    const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz"));
    execFileSync("tar", ["-xzf", tarball, "--strip-components=1"], { cwd: folder });
    rmSync(join(folder, tarball));
  }
}

export function remove() {
  rmSync(scratch, { recursive: true, force: true });
}

/** Where something installed in the folder is. */
export function installed(path) {
  return join(scratch, "node_modules", path);
}

/** A module that the repository itself has installed. */
export function load(path) {
  return import(pathToFileURL(join(root, "node_modules", path)).href);
}

/** Runs a program in the folder, returns what it printed. */
export function runProgram(program, args, environment = {}) {
  const env = { ...process.env, ...environment };
  return execFileSync(program, args, { cwd: scratch, env, encoding: "utf8", timeout: 240_000 });
}

/** Bundles with esbuild, which the command's package brings. */
export async function bundle(options) {
  const { build } = await load("esbuild/lib/main.js");
  return await build({ absWorkingDir: scratch, bundle: true, format: "esm", logLevel: "error", ...options });
}
