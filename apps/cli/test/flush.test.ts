import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS, until } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

test("what is written into a pipe can be read behind another, before more is written", async () => {
  const compressing = folder.start("-1", "--flush", "0.01");
  const decompressing = folder.start("-dc");
  compressing.stdout?.on("data", (chunk: Uint8Array) => decompressing.stdin?.write(chunk));
  compressing.stdout?.once("end", () => decompressing.stdin?.end());
  let read = "";
  decompressing.stdout?.setEncoding("utf8").on("data", (text: string) => (read += text));
  const ended = new Promise((resolve) => decompressing.once("close", resolve));
  let written = "";
  for (const line of ["one\n", "two\n", "three\n"]) {
    compressing.stdin?.write(line);
    written += line;
    await until(() => read === written);
  }
  compressing.stdin?.end();
  expect(await ended).toBe(0);
  expect(read).toBe(written);
});

test("what is short and ends at once is one file, with --flush and without", async () => {
  folder.write("source");
  const script = "pith -1 --flush 60 <source >one.pith && pith -1 <source >other.pith && cmp one.pith other.pith";
  expect(await folder.shell(script)).toEqual(QUIET_SUCCESS);
});
