import { describe, expect, test } from "@jest/globals";
import { compress, provideWorker } from "../src/index.ts";
import { prose } from "./helpers/content.ts";

describe("the workers' program", () => {
  const content = prose(200_000);
  const here = new URL("../dist/workers/worker.js", import.meta.url);

  test("that a bundle has lost is an error that says what to do, until it is found", async () => {
    provideWorker(new URL("./lost-worker.js", import.meta.url));
    const lost = /the program of the workers is not at file:.*lost-worker\.js: .*provideWorker.*threads: 0/;
    await expect(compress(content, { method: "stored" })).rejects.toThrow(lost);
    await expect(compress(content, { method: "stored", threads: 3 })).rejects.toThrow(lost);
    expect((await compress(content, { method: "stored", threads: 0 })).length).toBeGreaterThan(content.length);
    provideWorker(here);
    expect((await compress(content, { method: "stored" })).length).toBeGreaterThan(content.length);
  });

  test("is a URL, as such or as a string, or a function", async () => {
    provideWorker(here.href);
    expect((await compress(content, { method: "stored" })).length).toBeGreaterThan(content.length);
    expect(() => provideWorker(7 as never)).toThrow(
      new TypeError("source: expected a URL, a string or a function, got number"),
    );
  });
});
