import { cpSync, readdirSync } from "node:fs";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import { RedisServer } from "../../../packages/cluster/test/helpers/redis.ts";
import { Folder, QUIET_SUCCESS, type Result, sampleText, until } from "./support/command.ts";

let redis: RedisServer;
let folder: Folder;
beforeAll(async () => {
  redis = await RedisServer.start();
  folder = new Folder();
  folder.write("a", sampleText(150_000));
  for (const level of [1, 5]) {
    await folder.pith("shard", "plan", `-${level}`, "--size", "64KiB", "a", "-o", `${level}.json`);
  }
});
afterAll(async () => {
  folder.remove();
  await redis.end();
});

let queues = 0;
beforeEach(() => {
  process.env["PITH_REDIS"] = redis.url();
  queues++;
});

/** A script in which `cluster` is the command with its own queue. */
function shell(script: string): Promise<Result> {
  return folder.shell(`cluster() { local verb=$1; shift; pith cluster $verb --queue q${queues} "$@"; }\n${script}`);
}

/** What submit prints: the name of the flow. */
const SUBMITTED = /^([\da-f]{16}): 3 units\n$/;

function units(): string[] {
  return folder.names().includes("5.shards") ? readdirSync(folder.file("5.shards")) : [];
}

describe("pith cluster", () => {
  test("makes what one process makes, though a worker is killed in the middle of a unit and Redis is restarted", async () => {
    const submitted = await shell("cluster submit 5.json -o many.pith");
    expect([submitted.stderr, submitted.stdout]).toEqual(["", expect.stringMatching(SUBMITTED)]);
    const flow = submitted.stdout.slice(0, 16);
    const worker = ["cluster", "work", "--lease", "1", "--redis", redis.url(), "--queue", `q${queues}`];
    const killed = folder.start(...worker);
    // Under a temporary name: a unit is in work.
    await until(() => units().some((name) => name.endsWith(".tmp")));
    killed.kill("SIGKILL");
    await redis.restart();
    expect((await shell("cluster status")).stdout).toMatch(
      new RegExp(`^0 workers, 1 flows\n.*\n${flow} {2}units +3 +0 +1 +0 {2}.*/many.pith\n$`),
    );
    const ended = await shell(
      "cluster work --lease 1 --idle 3 & cluster work -T 2 --lease 1 --idle 3 & " +
        `cluster submit 5.json -o many.pith --wait >/dev/null; cluster status ${flow}; cluster cancel ${flow}; wait`,
    );
    expect([ended.stderr, ended.stdout]).toEqual(["", expect.stringMatching(/done +3 +3 +0 +0/)]);
    expect(
      await shell(
        "pith shard run --shards one 5.json all; pith shard merge --shards one 5.json -o one.pith; cmp one.pith many.pith",
      ),
    ).toEqual(QUIET_SUCCESS);
  });

  test("says what has failed and why, and goes on once that is mended", async () => {
    const failed = await shell(
      "mv a b; cluster submit 1.json -o out.pith --attempts 1 --wait & cluster work --idle 2 -q; wait $!",
    );
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringMatching(SUBMITTED)]);
    expect(failed.stderr).toMatch(
      /^pith: unit \d has failed: cannot read the input .*\/a: no such file or folder; check its name; .*; once that is mended, submit it again\n$/,
    );
    expect((await shell("cluster status")).stdout).toMatch(
      /failed +3 +0 +0 +3 .*\n([\da-f]{16} unit \d: failed 1 times: cannot read the input .*\n){3}$/,
    );
    expect(
      await shell(
        "mv b a; cluster submit 1.json -o out.pith >/dev/null; cluster work --idle 1; pith -dc out.pith | cmp - a",
      ),
    ).toEqual(QUIET_SUCCESS);
  });

  test("joins nothing over a file that has come meanwhile, and does no other plan than that which was submitted", async () => {
    const first = await shell("cluster submit 1.json -o theirs; echo -n theirs > theirs; cluster work --idle 1");
    expect(first.stderr).toMatch(/joining of flow [\da-f]{16}: warning: .*theirs exists already/);
    expect(new TextDecoder().decode(folder.read("theirs"))).toBe("theirs");
    const second = await shell(
      "cluster submit 1.json -o theirs; cluster submit 1.json -o theirs -f --shards others; cp 5.json 1.json; cluster work --idle 1",
    );
    expect(second.stderr).toMatch(/^pith: theirs exists already; overwrite it with -f/);
    expect(second.stderr).toMatch(
      /1\.json is not the plan that was submitted: expected SHA-256 [\da-f]{64}, got [\da-f]{64}; submit it again/,
    );
  });

  test("says what it lacks: its package, an output, a flow, and Redis", async () => {
    const alone = folder.file("alone");
    for (const part of ["bin", "bundle", "package.json"]) {
      cpSync(new URL(`../${part}`, import.meta.url), `${alone}/${part}`, { recursive: true });
    }
    const { stderr } = await shell(
      `node ${alone}/bin/pith.js cluster status; cluster submit 5.json; cluster cancel x; ` +
        "cluster status x; cluster work --redis redis://127.0.0.1:1",
    );
    expect(stderr.split("\n").filter((line) => line !== "Try pith --help.")).toEqual([
      "pith: @pith/cluster is not installed; npm install it where pith is: npm install -g @pith/cluster",
      "pith: cluster submit: expected -o FILE, got none",
      "pith: x: no such flow; pith cluster status shows those that there are",
      "pith: no such flow: x",
      "pith: Redis at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1; is it running, and is this its address, with rediss: if it has TLS, and only then?",
      "",
    ]);
  });
});
