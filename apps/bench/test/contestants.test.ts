import { describe, expect, test } from "@jest/globals";
import { DEFAULT_PEERS, PEERS, REFERENCE } from "../src/contestants/peers.ts";
import { pithCommand, pithLibrary } from "../src/contestants/pith.ts";

describe("the peers", () => {
  test("have ids of their own, and the reference is one that runs by default", () => {
    const ids = PEERS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(DEFAULT_PEERS).toContain(REFERENCE);
    expect(ids).toEqual(expect.arrayContaining([...DEFAULT_PEERS]));
  });

  test.each(PEERS)("$name names its package, reads the input, and writes the output or standard output", (peer) => {
    expect(peer.aptPackage).toMatch(/^[a-z0-9-]+$/);
    for (const command of [
      peer.compress("/in/file", "/out/file"),
      peer.decompress("/in/file", "/out/file", "/original"),
    ]) {
      expect(command.argv[0]).toBe(peer.version[0]);
      expect(command.argv).toContain("/in/file");
      expect(command.argv.includes("/out/file")).toBe(command.toStandardOutput !== true);
    }
  });

  test.each(["xz", "zstd-19", "zstd-22", "ppmd", "zpaq-5"])("%s, which could use more, uses one thread", (id) => {
    const { argv } = PEERS.find((peer) => peer.id === id)!.compress("in", "out");
    expect(argv.some((argument) => /^(-T1|--single-thread|-mmt1|-t1)$/.test(argument))).toBe(true);
  });
});

describe("Pith", () => {
  test("as a command compresses at its level on one thread", () => {
    const { argv } = pithCommand(7).compress("in", "out");
    expect(argv.slice(2)).toEqual(["-7", "-T", "1", "-q", "-f", "-o", "out", "in"]);
  });

  test("as a library times itself, after a warm-up on the original", () => {
    const command = pithLibrary(3).decompress("in", "out", "original");
    expect(command.timesItself).toBe(true);
    expect(JSON.parse(command.argv[2])).toEqual({
      action: "decompressSync",
      input: "in",
      output: "out",
      warmUp: "original",
      options: { level: 3 },
    });
  });
});
