import { symlinkSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

describe("--rm", () => {
  test("deletes the source once the output is whole", async () => {
    const bytes = sampleText(300_000);
    folder.write("source", bytes);
    expect(await folder.pith("-1", "--rm", "source")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["source.pith"]);
    expect(await folder.pith("-d", "--rm", "source.pith")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["source"]);
    expect(folder.read("source")).toEqual(bytes);
  });

  test("keeps the source of a failure", async () => {
    folder.write("source");
    expect(await folder.shell("pith --rm source", "write:ENOSPC:0")).toMatchObject({ code: 1 });
    expect(folder.names()).toEqual(["source"]);
  });

  test("of what cannot be deleted is a warning, and the output is there", async () => {
    folder.write("source");
    expect(await folder.shell("pith --rm source", "unlink")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "pith: source: warning: not removed: permission denied; the rights of the file or of its folder do not allow this\n",
    });
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });

  test("keeps a symbolic link, with a warning", async () => {
    folder.write("real");
    symlinkSync("real", folder.file("link"));
    expect(await folder.pith("--rm", "link")).toMatchObject({
      code: 2,
      stderr: "pith: link: warning: not removed: is a symbolic link\n",
    });
    expect(folder.names()).toEqual(["link", "link.pith", "real"]);
  });

  describe("when somebody has changed the source", () => {
    const CHANGED = "changed after it was opened; the output holds what was read";
    const GONE = "was moved or replaced meanwhile";
    test.each([
      ["check", "append", "source", CHANGED],
      ["named", "append", "source", CHANGED],
      ["named", "rewrite", "source", CHANGED],
      ["named", "replace", "source", GONE],
      ["named", "move", "moved", GONE],
    ])("%s, %s: keeps it, and says so", async (moment, change, name, reason) => {
      folder.write("source");
      expect(await folder.shell("pith --rm source", `race:${moment}:${change}`)).toEqual({
        code: 2,
        stdout: "",
        stderr: `pith: source: warning: not removed: ${reason}\n`,
      });
      expect(folder.names()).toEqual([name, "source.pith"]);
    });
  });

  test("keeps a source that is written again, at the same length, as soon as it was read", async () => {
    folder.write("source");
    const script = "head -c 5000 /dev/zero > source; pith --rm source";
    expect(await folder.shell(script, "race:read:rewrite")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("not removed: changed while it was read"),
    });
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });

  test.each([["-c", "source"], [], ["-d", "--range", "0:1", "source"]])(
    "makes no sense with %j %j",
    async (...words) => {
      folder.write("source");
      expect(await folder.pith("--rm", ...words)).toMatchObject({ code: 1, stdout: "" });
      expect(folder.names()).toEqual(["source"]);
    },
  );
});
