import { writeFileSync } from "node:fs";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import { RedisServer } from "../../../packages/cluster/test/helpers/redis.ts";
import { Folder, QUIET_SUCCESS, sampleText } from "./support/command.ts";
import { ObjectStore } from "./support/object-store.ts";

const store = new ObjectStore();
const before = { ...process.env };
beforeAll(() => store.start());
afterAll(() => store.stop());

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
  Object.assign(process.env, store.variables);
  store.objects.clear();
  store.objects.set("bucket/in/a", sampleText(150_000));
});
afterEach(() => {
  folder.remove();
  process.env = { ...before };
});

const PLANNED = { code: 0, stderr: "", stdout: "3 units, 0 to 2, of 150.00 kB\n" };
const PLAN = "pith shard plan -1 --size 64KiB";

/** Bytes whose order nothing tells. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** What one process makes of the same bytes in files. */
async function expectSame(name: string): Promise<void> {
  writeFileSync(folder.file("out.pith"), store.objects.get(name) ?? "");
  folder.write("a", sampleText(150_000));
  const here = `${PLAN} a -o here.json >/dev/null; pith shard run here.json all; pith shard merge here.json -o here.pith`;
  expect(await folder.shell(`${here}; cmp here.pith out.pith; pith -dc out.pith | cmp - a`)).toEqual(QUIET_SUCCESS);
}

describe("objects of a store", () => {
  test("are inputs, plan, units and output of pith shard", async () => {
    expect(await folder.shell(`${PLAN} s3://bucket/in/a -o s3://bucket/work/plan.json`)).toEqual(PLANNED);
    store.fault = { status: 503, code: "SlowDown", times: 2 };
    const done = "pith shard run s3://bucket/work/plan.json 1; pith shard run s3://bucket/work/plan.json all";
    const merged = "pith shard merge s3://bucket/work/plan.json -o s3://bucket/out.pith";
    expect(await folder.shell(`${done}; ${merged}`)).toEqual(QUIET_SUCCESS);
    const units = ["000000", "000001", "000002"].flatMap((unit) => [`${unit}.json`, `${unit}.pith`]);
    const work = ["plan.json", ...units.map((unit) => `plan.shards/${unit}`)].map((name) => `bucket/work/${name}`);
    expect([...store.objects.keys()].sort()).toEqual(["bucket/in/a", "bucket/out.pith", ...work].sort());
    await expectSame("bucket/out.pith");
  });

  test("are what the jobs of pith cluster name", async () => {
    const redis = await RedisServer.start();
    try {
      process.env["PITH_REDIS"] = redis.url();
      const submit =
        "pith cluster submit plan.json --shards s3://bucket/units/ -o s3://bucket/out.pith --wait >/dev/null";
      const script = `${PLAN} s3://bucket/in/a -o plan.json >/dev/null; pith cluster work -q --idle 2 & ${submit}; wait`;
      expect(await folder.shell(script)).toEqual(QUIET_SUCCESS);
      await expectSame("bucket/out.pith");
      const again = await folder.shell("pith cluster submit plan.json -o s3://bucket/out.pith");
      expect(again.stderr).toMatch(/^pith: s3:\/\/bucket\/out\.pith exists already; overwrite it with -f/);
    } finally {
      await redis.end();
    }
  });

  test("are written in parts where they are long, and not at all where the input has changed", async () => {
    const long = noise(9_000_000);
    store.objects.set("bucket/long", long);
    const plan = "pith shard plan -1 --size 32MiB s3://bucket/long -o plan.json >/dev/null";
    const run = `${plan}; pith shard run plan.json 0 --shards s3://bucket/units`;
    expect(await folder.shell(run)).toEqual(QUIET_SUCCESS);
    const unit = store.objects.get("bucket/units/000000.pith") ?? new Uint8Array(0);
    expect(unit.length).toBeGreaterThan(long.length);
    writeFileSync(folder.file("unit.pith"), unit);
    writeFileSync(folder.file("long"), long);
    expect(await folder.shell("pith -dc unit.pith | cmp - long")).toEqual(QUIET_SUCCESS);

    store.objects.set("bucket/long", noise(8_999_999));
    const changed = await folder.shell("pith shard run plan.json 0 --shards s3://bucket/others");
    expect(changed.stderr).toMatch(/s3:\/\/bucket\/long is not what it was when the plan was made; make a new plan/);
    expect([...store.objects.keys()].filter((name) => name.startsWith("bucket/others"))).toEqual([]);
    expect(store.uploads.size).toBe(0);
  });

  test("are told of when they are not there, are not to be replaced, or cannot be had", async () => {
    store.objects.set("bucket/plan.json", new Uint8Array(2));
    const { stderr } = await folder.shell(
      `${PLAN} s3://bucket/b -o p.json; ${PLAN} s3://other/a -o p.json; ${PLAN} s3://bucket -o p.json; ` +
        `${PLAN} s3://bucket/in/a -o s3://bucket/plan.json; pith shard run s3://bucket/p.json 0; ` +
        `pith shard run s3://bucket/plan.json 0; AWS_ACCESS_KEY_ID=x ${PLAN} s3://bucket/in/a -o p.json; ` +
        `AWS_ENDPOINT_URL_S3=http://127.0.0.1:2 ${PLAN} s3://bucket/in/a -o p.json; ` +
        `unset AWS_ACCESS_KEY_ID; ${PLAN} s3://bucket/in/a -o p.json`,
    );
    expect(stderr.split("\n").filter((line) => line !== "Try pith --help.")).toEqual([
      "pith: s3://bucket/b: no such object; check its name",
      "pith: s3://other/a: no such object; check its name",
      "pith: s3://bucket: expected s3://BUCKET/KEY, got s3://bucket",
      "pith: s3://bucket/plan.json exists already; overwrite it with -f, or write elsewhere with -o",
      "pith: cannot read s3://bucket/p.json: no such object; check its name",
      "pith: expected a plan of pith shard plan, got another file: s3://bucket/plan.json",
      "pith: s3://bucket/in/a: cannot read s3://bucket/in/a: the store does not permit it; look at the rights of the bucket, and at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      "pith: s3://bucket/in/a: cannot read s3://bucket/in/a: connect ECONNREFUSED 127.0.0.1:2",
      "pith: s3://bucket/in/a: objects of a store: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, got none; set both",
      "",
    ]);
    expect(store.objects.get("bucket/plan.json")).toHaveLength(2);
  });
});
