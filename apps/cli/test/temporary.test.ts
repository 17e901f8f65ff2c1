import type { ChildProcess } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { finish, Folder, QUIET_SUCCESS, sampleText, until } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

describe("nothing half-written remains", () => {
  test.each([0, 1])("when the disk is full after %d writes", async (writes) => {
    folder.write("source", sampleText(400_000));
    await folder.pith("-1", "source", "--block-size=64KiB");
    expect(await folder.shell("pith -d -o back source.pith", `write:ENOSPC:${writes}`)).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "pith: source.pith: cannot write back: no space is left on the disk; free some, or write elsewhere with -o\n",
    });
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("after %s while it waits for a pipe", async (signal, code) => {
    const running = folder.start("-o", "out.pith");
    running.stdin!.write(sampleText(500_000));
    await until(() => folder.names().length > 0);
    expect(folder.names()[0]).toMatch(/^\.out\.pith\.pith-.*\.tmp$/);
    running.kill(signal);
    expect(await new Promise((resolve) => running.once("exit", resolve))).toBe(code);
    expect(folder.names()).toEqual([]);
  });

  test("after SIGINT in the middle of the work", async () => {
    folder.write("source", sampleText(4_000_000));
    const running = folder.start("-9", "--rm", "source");
    await until(() => folder.names().length > 1);
    running.kill("SIGINT");
    expect(await finish(running)).toEqual({ code: 130, stdout: "", stderr: "" });
    expect(folder.names()).toEqual(["source"]);
  });

  test("of a damaged file, and the error says where and what to do", async () => {
    folder.write("source", sampleText(50_000));
    await folder.pith("-m", "stored", "source");
    const damaged = folder.read("source.pith");
    damaged[damaged.length >> 1] ^= 1;
    writeFileSync(folder.file("source.pith"), damaged);
    for (const words of [["-d", "-o", "back"], ["-t"]]) {
      const { code, stdout, stderr } = await folder.pith(...words, "source.pith");
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(
        /^pith: source\.pith: .+ between bytes \d+ and \d+: expected .+, got .+; take the file again from where it came/,
      );
    }
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });
});

describe("what a killed run has left", () => {
  const onLinux = process.platform === "linux" ? test : test.skip;

  async function startAndWait(): Promise<ChildProcess> {
    const before = folder.names().length;
    const running = folder.start("-o", "out.pith");
    running.stdin!.write(sampleText(500_000));
    await until(() => folder.names().length > before);
    return running;
  }

  onLinux("is deleted by the next, but nothing that another still writes", async () => {
    const killed = await startAndWait();
    const left = folder.names();
    const other = await startAndWait();
    killed.kill("SIGKILL");
    await finish(killed);
    folder.write("source");
    expect(await folder.pith("source")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).not.toContain(left[0]);
    expect(await finish(other)).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["out.pith", "source", "source.pith"]);
  });

  onLinux("in another container is left alone", async () => {
    const killed = await startAndWait();
    killed.kill("SIGKILL");
    await finish(killed);
    const [left] = folder.names();
    const elsewhere = left.replace(/-\d+-(\d+-\w+\.tmp)$/, "-1-$1");
    renameSync(folder.file(left), folder.file(elsewhere));
    folder.write("source");
    expect(await folder.pith("source")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual([elsewhere, "source", "source.pith"]);
  });
});
