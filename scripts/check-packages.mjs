// Are the packages right for whoever installs them? Packs all that are published, installs the tarballs in empty projects,
// and runs every TypeScript block of their READMEs there, unchanged: under strict flags with the oldest TypeScript that is
// supported, in npm's flat layout and in pnpm's, which shows a package only what it asks for. Needs a build and the
// registry. `npm run check:packages`.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import ts from "typescript";
import { npm, root, workspaces } from "./workspace.mjs";

/** The oldest TypeScript whose types know of `Uint8Array<ArrayBuffer>`. */
const OLDEST_TYPESCRIPT = "5.7.3";
const PNPM = "pnpm@10.18.0";
/** Most bytes that an empty project grows by. */
const MOST_INSTALLED = { "@pith/codec": 10e6, "pith-cli": 25e6 };
/** What must not be in a tarball, and what must. */
const UNWANTED = /tsbuildinfo|\.map$|\/test\//;
const WANTED = ["LICENSE", "README.md", "package.json"];

const failures = [];
const scratch = mkdtempSync(join(tmpdir(), "pith-packages-"));
const packages = workspaces()
  .filter(({ manifest }) => !manifest.private)
  .map(({ folder, manifest }) => ({ folder, name: manifest.name, readme: join(root, folder, "README.md") }));

function expectThat(what, holds) {
  if (holds) return;
  failures.push(what);
  console.error(`✗ ${what}`);
}

function run(program, args, options) {
  return spawnSync(program, args, { encoding: "utf8", timeout: 300_000, ...options });
}

/** Packs a package and looks at what is inside. */
function pack({ folder, name }) {
  const into = join(scratch, "tarballs", basename(folder));
  mkdirSync(into, { recursive: true });
  npm(["pack", "--silent", "--ignore-scripts", "--pack-destination", into], {
    cwd: join(root, folder),
    stdio: "ignore",
  });
  const [tarball] = readdirSync(into).map((file) => join(into, file));
  const files = run("tar", ["-tzf", tarball])
    .stdout.split("\n")
    .map((path) => path.replace("package/", ""));
  for (const wanted of WANTED) expectThat(`${name}: ${wanted} is in its tarball`, files.includes(wanted));
  for (const file of files.filter((path) => UNWANTED.test(path)))
    expectThat(`${name}: ${file} is not in its tarball`, false);
  return tarball;
}

/** Writes an empty project that has `names`, and all of ours from tarballs. */
function project(folder, names, tarballs, more = {}) {
  mkdirSync(folder, { recursive: true });
  const ours = Object.fromEntries([...tarballs].map(([name, tarball]) => [name, `file:${tarball}`]));
  const dependencies = Object.fromEntries(names.map((name) => [name, ours[name] ?? "latest"]));
  const manifest = {
    name: "empty",
    private: true,
    type: "module",
    dependencies,
    overrides: ours,
    pnpm: { overrides: ours },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, ...more }));
  return folder;
}

/** The TypeScript blocks of a README, and the packages that it tells to install. */
function blocksOf(readme) {
  const text = readFileSync(readme, "utf8");
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  const install = [...text.matchAll(/^npm install ((?!-g)[^-\n][^\n]*)$/gm)].flatMap(([, names]) =>
    names.trim().split(/\s+/),
  );
  return { blocks, install: [...new Set(install)] };
}

/** Checks the types of blocks and runs them, each as a module of its own. */
function tryBlocks(layout, folder, name, blocks, compiler = ts) {
  const files = blocks.map((block, i) => {
    const file = join(folder, `${basename(name)}-${i + 1}.mts`);
    writeFileSync(file, block);
    return file;
  });
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.NodeNext,
    moduleResolution: compiler.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
    types: [],
  };
  const program = compiler.createProgram(files, options);
  const host = { getCanonicalFileName: (path) => path, getCurrentDirectory: () => folder, getNewLine: () => "\n" };
  // What others' declarations complain of is not ours to mend.
  const isOurs = ({ file }) =>
    !/node_modules\/(?!.*@pith)/.test(file?.fileName ?? "") && !/\/lib\.[\w.]+\.d\.ts$/.test(file?.fileName ?? "");
  const complaints = compiler.getPreEmitDiagnostics(program).filter(isOurs);
  expectThat(`${name}, ${layout}: types\n${compiler.formatDiagnostics(complaints, host)}`, complaints.length === 0);
  for (const [i, block] of blocks.entries()) {
    const compilerOptions = { target: options.target, module: compiler.ModuleKind.ESNext };
    const { outputText } = compiler.transpileModule(block, { compilerOptions });
    const file = join(folder, `${basename(name)}-${i + 1}.mjs`);
    writeFileSync(file, outputText);
    const { status, stderr, signal } = run(process.execPath, [file], { cwd: folder });
    expectThat(
      `${name}, ${layout}: block ${i + 1} of its README ends with ${signal ?? status}\n${stderr}`,
      status === 0,
    );
  }
  console.log(`${layout}: ${name}, ${blocks.length} blocks`);
}

function bytesOf(path) {
  const facts = lstatSync(path);
  if (!facts.isDirectory()) return facts.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

try {
  const tarballs = new Map(packages.map((each) => [each.name, pack(each)]));

  for (const [name, most] of Object.entries(MOST_INSTALLED)) {
    const folder = project(join(scratch, `alone-${basename(name)}`), [name], tarballs);
    expectThat(`${name}: installs`, npm(["install", "--silent", "--no-audit", "--no-fund"], { cwd: folder }) === 0);
    const bytes = bytesOf(join(folder, "node_modules"));
    console.log(`${name} in an empty project: ${(bytes / 1e6).toFixed(1)} MB`);
    expectThat(`${name}: expected at most ${most / 1e6} MB, got ${(bytes / 1e6).toFixed(1)}`, bytes <= most);
    if (!existsSync(join(folder, "node_modules/.bin/pith"))) continue;
    const text = join(folder, "text");
    writeFileSync(text, "from a tarball, and back; ".repeat(100));
    const there = run(join(folder, "node_modules/.bin/pith"), ["-q", text], { cwd: folder });
    const back = run(join(folder, "node_modules/.bin/pith"), ["-dc", `${text}.pith`], { cwd: folder });
    expectThat(
      `${name}: the installed command works\n${there.stderr}${back.stderr}`,
      back.stdout === readFileSync(text, "utf8"),
    );
  }

  const documented = packages
    .map((each) => ({ ...each, ...blocksOf(each.readme) }))
    .filter(({ blocks }) => blocks.length > 0);

  const all = [...new Set(documented.flatMap(({ install }) => install))];
  const flat = project(join(scratch, "npm"), all, tarballs, { devDependencies: { typescript: OLDEST_TYPESCRIPT } });
  expectThat("npm installs all", npm(["install", "--silent", "--no-audit", "--no-fund"], { cwd: flat }) === 0);
  const { default: oldest } = await import(join(flat, "node_modules/typescript/lib/typescript.js"));
  for (const { name, blocks } of documented) tryBlocks(`npm, TypeScript ${oldest.version}`, flat, name, blocks, oldest);

  for (const { name, blocks, install } of documented) {
    expectThat(`${name}: its README says how to install it`, install.includes(name));
    const folder = project(join(scratch, "pnpm", basename(name)), install, tarballs);
    const installed = run("npx", ["--yes", PNPM, "install", "--silent", "--ignore-scripts"], { cwd: folder });
    expectThat(`${name}: pnpm installs\n${installed.stdout}${installed.stderr}`, installed.status === 0);
    tryBlocks("pnpm", folder, name, blocks);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log(failures.length === 0 ? "\nThe packages are as their READMEs say." : `\n${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
