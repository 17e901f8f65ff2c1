// npm run demo: installs what is missing, builds the command, and has it compress a real file and give it back.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import { install, root, turbo } from "./workspace.mjs";

const FILE = "package-lock.json";
const command = join(root, "apps/cli/bin/pith.js");

function main() {
  install();
  console.log("Building. The first time takes a minute or more, since every kernel is compiled …\n");
  if (turbo(["run", "build", "--filter=pith-cli", "--output-logs=errors-only"]) !== 0) {
    throw new Error("the build failed; what it printed is above");
  }

  const content = readFileSync(join(root, FILE));
  console.log(`\n${FILE}, ${content.length.toLocaleString("en")} bytes (what \`npm ci\` installs here):\n`);
  console.log("                   bytes   of it   compress   decompress");
  withZlib("gzip -9", content, (bytes) => gzipSync(bytes, { level: 9 }), gunzipSync);
  withZlib("brotli -11", content, brotli, brotliDecompressSync);
  withPith(content);
}

/** @param {Buffer} bytes */
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }); // 11 is Node's default

function withZlib(name, content, compress, decompress) {
  const [compressed, there] = timed(() => compress(content));
  const [, back] = timed(() => decompress(compressed));
  report(name, compressed.length, content.length, there, back);
}

function withPith(content) {
  const folder = mkdtempSync(join(tmpdir(), "pith-demo-"));
  try {
    const [compressed, restored] = [join(folder, `${FILE}.pith`), join(folder, FILE)];
    const [, there] = timed(() => pith(["-o", compressed, join(root, FILE)]));
    const [, back] = timed(() => pith(["-d", "-o", restored, compressed]));
    report("pith (level 5)", statSync(compressed).size, content.length, there, back);
    if (!readFileSync(restored).equals(content)) throw new Error("what came back is NOT the original");
    console.log(`\nidentical: the ${content.length.toLocaleString("en")} bytes came back as they were.`);
    console.log(
      `Of each result, ${hashes(content)} bytes are the hashes in the file, which nothing compresses.\n` +
        "The times of pith are those of the whole command, Node's start included; gzip and brotli ran in this process.",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of SHA-512 in package-lock.json, without their base64. */
const hashes = (content) => (content.toString().match(/"sha512-/g).length * 64).toLocaleString("en");

/** Runs the command that the build made. */
function pith(args) {
  const { status } = spawnSync(process.execPath, [command, ...args], { stdio: "inherit" });
  if (status !== 0) throw new Error(`pith ${args.join(" ")} ended with exit code ${status}`);
}

/** What a function returns, and how many seconds it took. */
function timed(task) {
  const start = performance.now();
  const result = task();
  return [result, (performance.now() - start) / 1000];
}

function report(name, size, original, there, back) {
  const bytes = size.toLocaleString("en").padStart(8);
  const share = `${((100 * size) / original).toFixed(1)} %`.padStart(7);
  console.log(
    `  ${name.padEnd(14)}${bytes} ${share} ${there.toFixed(2).padStart(8)} s ${back.toFixed(2).padStart(10)} s`,
  );
}

try {
  main();
} catch (error) {
  console.error(`\nThe demo failed: ${error.message}`);
  process.exitCode = 1;
}
