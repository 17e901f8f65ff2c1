// What the commands of this repository share: its packages, installing, and running programs. Plain Node, because it
// runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** Every package and app: `folder` from the root, as `packages/core`, and its `manifest`. */
export function workspaces() {
  return ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => `${group}/${name}`)
      .filter((folder) => existsSync(join(root, folder, "package.json")))
      .map((folder) => ({ folder, manifest: readJson(join(root, folder, "package.json")) })),
  );
}

/**
 * Runs a program in the repository's folder and shows what it prints.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 * @returns {number} its exit code
 */
function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", ...options });
  if (error) console.error(`${program}: ${error.message}`);
  return status ?? 1;
}

/** As {@link run}, for a program that an installed package brings, by the path of its script in `node_modules`. */
export const runInstalled = (script, args, options) =>
  run(process.execPath, [join(root, "node_modules", script), ...args], options);

/** As {@link run}, for a script of this folder. */
export const runScript = (name) => run(process.execPath, [join(root, "scripts", name)]);

/** Runs npm: the one that runs this script, where there is one. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script !== undefined) return run(process.execPath, [script, ...args], options);
  return run("npm", args, { shell: process.platform === "win32", ...options });
}

/**
 * Runs turbo, which builds and tests what changed since the last time. It reports nothing to its makers: telemetry,
 * update notices and remote caches are off.
 *
 * @param {string[]} args
 * @returns {number} its exit code
 */
export const turbo = (args) =>
  runInstalled("turbo/bin/turbo", args, {
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
  });

/** Installs what package-lock.json names unless it is there, without running any package's install script. */
export function install() {
  const reason = missing();
  if (reason === undefined) return;
  console.log(`Installing dependencies (${reason}; half a minute or so) …`);
  const status = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  if (status !== 0) throw new Error(`npm ci failed with exit code ${status}`);
}

/** Why an install is needed; undefined if it is not. */
function missing() {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return "none are installed";
  const wanted = readJson(join(root, "package-lock.json")).packages;
  const installed = readJson(record).packages;
  // Versions and not times of change: a checkout gives package-lock.json a new time without a new content.
  const stale = Object.entries(wanted).find(
    ([path, { version, link, optional }]) =>
      path.includes("node_modules/") && !link && !optional && installed[path]?.version !== version,
  );
  if (stale !== undefined) return `${stale[0]} ${stale[1].version} is missing`;
  const unlinked = workspaces().find(({ manifest }) => !existsSync(join(root, "node_modules", manifest.name)));
  return unlinked && `${unlinked.manifest.name} is not linked`;
}
