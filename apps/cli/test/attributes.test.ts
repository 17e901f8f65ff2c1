import { chmodSync, statSync, utimesSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

describe("the output of a file", () => {
  test("the output gets the mode and the time of its source", async () => {
    folder.write("source");
    chmodSync(folder.file("source"), 0o640);
    utimesSync(folder.file("source"), 1_000_000_000, 1_000_000_000.25);
    await folder.pith("source");
    await folder.pith("-d", "-o", "back", "source.pith");
    for (const name of ["source.pith", "back"]) {
      expect(statSync(folder.file(name)).mode & 0o777).toBe(0o640);
      expect(statSync(folder.file(name)).mtimeMs).toBe(1_000_000_000_250);
    }
  });

  test("the time of the output is never before that of its source, nor noticeably after it", async () => {
    const times = [
      "2021-03-04 05:06:07.123456789",
      "2021-03-04 05:06:07.000001001",
      "2021-03-04 05:06:07.123456",
      "1969-12-31 23:59:58.123456789 UTC",
      "1901-12-14 12:00:00 UTC",
      "2039-01-01 00:00:00.999999999",
    ];
    const sources = times.map((_, i) => `source${i}`);
    for (const [i, time] of times.entries())
      await folder.shell(`echo ${i} > source${i}; touch -d "${time}" source${i}`);
    const back = sources.map((name) => `pith -d -o ${name}.back ${name}.pith`).join("; ");
    expect(await folder.shell(`pith ${sources.join(" ")}; ${back}`)).toEqual(QUIET_SUCCESS);
    for (const name of sources) {
      const [from, ...made] = [name, `${name}.pith`, `${name}.back`].map(
        (file) => statSync(folder.file(file), { bigint: true }).mtimeNs,
      );
      for (const time of made) {
        expect(Number(time - from)).toBeGreaterThanOrEqual(0);
        expect(Number(time - from)).toBeLessThan(2_000);
      }
    }
  });

  test("what cannot be copied of the attributes is a warning, and the output is there", async () => {
    folder.write("source");
    expect(await folder.shell("pith source", "chmod")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "pith: source: warning: the output could not get the mode and times of its source: the system does not " +
        "permit this; look at the rights and attributes of the file and its folder\n",
    });
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });

  test("output of a pipe gets the mode of a new file", async () => {
    await folder.shell("umask 027; echo hello | pith -o out.pith");
    expect(statSync(folder.file("out.pith")).mode & 0o777).toBe(0o640);
  });
});
