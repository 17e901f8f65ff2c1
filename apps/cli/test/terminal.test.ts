import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { finish, Folder, PITH, sampleText, type Result } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
  writeFileSync(folder.file("source"), sampleText(1_000));
});
afterEach(() => folder.remove());

/** Runs a bash script under util-linux's `script`, which gives it a terminal; `typed` comes from the keyboard. */
async function atTerminal(script: string, typed = ""): Promise<Result> {
  const pith = `pith() { "${process.execPath}" "${PITH}" "$@"; }; ${script}`;
  writeFileSync(folder.file("script.sh"), pith);
  const child = spawn("script", ["-qec", "bash script.sh", "/dev/null"], { cwd: folder.path, stdio: "pipe" });
  child.stdin.on("error", () => undefined);
  if (typed !== "") {
    // Typed once the question is there: what comes earlier may be lost.
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.includes("[y/N]")) child.stdin.write(typed);
    });
    const code = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code: await code, stdout: "", stderr: "" };
  }
  return finish(child);
}

const available = spawnSync("script", ["--version"]).status === 0;

(available ? describe : describe.skip)("at a terminal", () => {
  test("compressed data is refused without -f", async () => {
    const { code, stdout } = await atTerminal("pith -c source");
    expect(code).toBe(1);
    expect(stdout.trim()).toBe(
      "pith: source: compressed data is not for a terminal; name a file with -o, use a pipe, or force it with -f",
    );
    expect((await atTerminal("pith -cf source")).code).toBe(0);
  });

  test("without files it says what it needs instead of waiting for typing", async () => {
    expect(await atTerminal("pith")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("pith: expected FILE or a pipe, got a terminal"),
    });
  });

  test.each([
    ["y\n", 0, true],
    ["n\n", 1, false],
    ["\u0003", 130, false],
  ])("it asks before it overwrites: %j", async (typed, code, replaced) => {
    writeFileSync(folder.file("source.pith"), "old");
    expect((await atTerminal("pith source", typed)).code).toBe(code);
    expect(readFileSync(folder.file("source.pith"), "latin1") !== "old").toBe(replaced);
  });

  test("a bar is drawn while it works, and wiped away", async () => {
    const feed = "(head -c 200000 /dev/zero; sleep 1; head -c 200000 /dev/zero; sleep 1; head -c 100000 /dev/zero)";
    const { code, stdout } = await atTerminal(`${feed} | pith -1 --block-size=64KiB -o out.pith`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/standard input: [\d.]+ kB, [\d.]+ MB\/s/);
    // eslint-disable-next-line no-control-regex -- what wipes a line of a terminal
    expect(stdout).toMatch(/\u001b\[[02]Kstandard input: 500\.00 kB → [^\n]*\n$/);
    expect(existsSync(folder.file("out.pith"))).toBe(true);
  });

  test("a line says what came of a file, or of several", async () => {
    expect((await atTerminal("pith source")).stdout).toMatch(
      /^source: 1\.00 kB → [\d.]+ kB \([\d.]+ %, [\d.]+ bpc\), .* MB\/s\r\n$/,
    );
    writeFileSync(folder.file("other"), sampleText(2_000));
    expect((await atTerminal("pith -f source other")).stdout).toMatch(/^2 files: 3\.00 kB → [\d.]+ kB/);
    expect(
      (await atTerminal("pith -d -f source.pith; pith -q -f source; pith -f source - < other | cat > out")).stdout,
    ).toMatch(/^source\.pith: [\d.]+ kB → 1\.00 kB [^\n]*\n$/);
  });

  test("the bar says which of several files is in work", async () => {
    await folder.shell("head -c 200000 /dev/zero > zeros");
    // However late it starts: once it has written the first file, the second one goes on for two seconds.
    const feed =
      "(until [ -s out.pith ]; do sleep 0.1; done; for _ in 1 2 3 4; do head -c 100000 /dev/zero; sleep 0.5; done)";
    const { stdout } = await atTerminal(`: > out.pith; ${feed} | pith -c -1 --block-size=64KiB source - > out.pith`);
    expect(stdout).toMatch(/2 of 2, standard input: [\d.]+ kB/);
  });

  test("-q draws none", async () => {
    const { stdout } = await atTerminal("(head -c 200000 /dev/zero; sleep 1) | pith -q -1 -o out.pith");
    expect(stdout).toBe("");
  });
});
