// npm run check: would what is published be right? Packs each public package and has publint and attw look at the
// tarball, then looks for unused code (knip) and for bundles that grew (size-limit). Needs a build.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm, root, runInstalled, runScript, workspaces } from "./workspace.mjs";

const failures = [];

/** @param {() => number} tool runs it, returns its exit code */
function check(what, tool) {
  console.log(`\n── ${what}`);
  if (tool() !== 0) failures.push(what);
}

/** Says which files of a package are named, and are not there. */
function missing(folder, files) {
  const absent = [files || []].flat().filter((file) => !existsSync(join(root, folder, file)));
  for (const file of absent) console.error(`${folder}/package.json: sideEffects names ${file}, which is not there`);
  return absent.length;
}

const scratch = mkdtempSync(join(tmpdir(), "pith-check-"));
try {
  for (const { folder, manifest } of workspaces()) {
    if (manifest.private) continue;
    const packed = join(scratch, folder);
    mkdirSync(packed, { recursive: true });
    const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", packed];
    check(`pack ${manifest.name}`, () => npm(pack, { cwd: join(root, folder) }));
    const [tarball] = readdirSync(packed).map((name) => join(packed, name));
    if (tarball === undefined) continue;
    check(`side effects of ${manifest.name}`, () => missing(folder, manifest.sideEffects));
    check(`publint ${manifest.name}`, () => runInstalled("publint/src/cli.js", ["run", tarball, "--strict"]));
    // A package that only brings a command has no types to get wrong.
    if (manifest.exports === undefined) continue;
    const attw = [tarball, "--profile", "esm-only", "--no-definitely-typed", "--no-emoji", "--format", "ascii"];
    check(`attw ${manifest.name}`, () => runInstalled("@arethetypeswrong/cli/dist/index.js", attw));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
check("returns", () => runScript("check-returns.mjs"));
check("knip", () => runInstalled("knip/bin/knip.js", []));
check("size-limit", () => runInstalled("size-limit/bin.js", []));

console.log(failures.length === 0 ? "\nAll checks passed." : `\nFailed: ${failures.join(", ")}`);
process.exitCode = failures.length === 0 ? 0 : 1;
