import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

describe("names", () => {
  test("a file that ends in .pith is left out, unless forced", async () => {
    folder.write("a.pith");
    expect(await folder.pith("a.pith")).toEqual({
      code: 2,
      stdout: "",
      stderr: "pith: a.pith: skipped: ends in .pith already; compress it once more with -f\n",
    });
    expect(await folder.pith("-f", "a.pith")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["a.pith", "a.pith.pith"]);
  });

  test.each(["source", ".pith"])("%s gives the content no name", async (name) => {
    folder.write(name);
    expect(await folder.pith("-d", name)).toEqual({
      code: 1,
      stdout: "",
      stderr: `pith: ${name}: does not end in .pith, so that the output has no name; give it one with -o, or use -c\n`,
    });
  });
});

describe("names that are no UTF-8", () => {
  // Other systems do not allow them.
  const onLinux = process.platform === "linux" ? test : test.skip;
  const NAME = Buffer.from([0x66, 0xff, 0xc3, 0xa9, 0xc3]);
  const inFolder = (ending: string): Buffer =>
    Buffer.concat([Buffer.from(`${folder.path}/`), NAME, Buffer.from(ending)]);

  onLinux("are those of the files, and of their outputs", async () => {
    writeFileSync(inFolder(""), sampleText(1_000));
    expect(await folder.shell("pith -v f*")).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^f\\xFFé\\xC3: 1\.00 kB → /),
    });
    expect(await folder.shell("pith -t f*.pith; pith -l f*.pith")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^f\\xFFé\\xC3\.pith: whole.* f\\xFFé\\xC3\.pith\n$/s),
    });
    renameSync(inFolder(""), inFolder(".first"));
    expect(await folder.shell("pith -d --rm f*.pith")).toEqual(QUIET_SUCCESS);
    expect(readFileSync(inFolder(""))).toEqual(readFileSync(inFolder(".first")));
    expect(readdirSync(folder.path)).toHaveLength(2);
  });

  onLinux("are those of what other verbs read, too", async () => {
    writeFileSync(inFolder(""), "no statistics");
    expect(await folder.shell("pith stats show f*")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pith: f\\xFFé\\xC3: .*make it again with pith stats count\n$/),
    });
  });

  onLinux("that did not arrive whole are missed with advice", async () => {
    expect(await folder.pith("f\ufffd")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("if its name is no UTF-8, this system does not hand it over: use pith < FILE"),
    });
  });
});
