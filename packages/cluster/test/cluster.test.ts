import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";

import {
  type Cluster,
  FinalError,
  type Flow,
  openCluster,
  startWorker,
  type Task,
  type WorkerHandle,
  type WorkerSettings,
} from "../src/index.ts";
import { freePort, RedisServer } from "./helpers/redis.ts";

const HELPERS = fileURLToPath(new URL("helpers", import.meta.url));
const HANGS = join(HELPERS, "hangs.mjs");

let redis: RedisServer;
let queues = 0;
/** Of each test its own. */
let queue: string;
let cluster: Cluster;
const workers: WorkerHandle[] = [];

beforeAll(async () => {
  redis = await RedisServer.start();
});
afterAll(() => redis.end());

async function begin(): Promise<void> {
  queue = `q${++queues}`;
  cluster = await openCluster({ url: redis.url(), queue });
}
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
  await cluster.close();
});

/** What workers did. */
class Log {
  readonly units: number[] = [];
  merges = 0;
}

async function work(log: Log, settings: Partial<WorkerSettings> = {}): Promise<void> {
  const worker = await startWorker({
    url: redis.url(),
    queue,
    name: "test",
    lease: 1,
    run: async (unit) => {
      log.units.push(unit);
    },
    merge: async () => {
      log.merges++;
    },
    ...settings,
  });
  workers.push(worker);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function isState(id: string, state: string): Promise<boolean> {
  return (await cluster.status(id))?.state === state;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const flow = (units: number, more: Partial<Flow> = {}): Flow => ({
  id: "flow",
  units,
  reference: { plan: "/shared/plan.json" },
  ...more,
});

describe("a flow", () => {
  test("has each unit done once, then what came of them joined, and is told of meanwhile", async () => {
    await begin();
    expect(await cluster.submit(flow(30))).toMatchObject({
      id: "flow",
      state: "units",
      units: 30,
      done: 0,
      failed: [],
    });
    const log = new Log();
    const seen: Task[] = [];
    const merge = async (task: Task): Promise<void> => {
      seen.push(task);
      log.merges += log.units.length;
    };
    await work(log, { jobs: 2, merge });
    await work(log, { merge });
    await until(() => isState("flow", "done"));
    expect(log.units.toSorted((a, b) => a - b)).toEqual(numbers(30));
    expect(log.merges).toBe(30);
    expect(seen[0]).toMatchObject({ flow: "flow", units: 30, reference: { plan: "/shared/plan.json" } });
    expect(await cluster.flows()).toMatchObject([{ id: "flow", state: "done", done: 30, active: [] }]);
    expect(await cluster.workers()).toBe(2);
  });

  test("goes on where it is submitted again, and begins anew where it was done", async () => {
    await begin();
    await cluster.submit(flow(3));
    expect(await cluster.submit(flow(3))).toMatchObject({ state: "units", done: 0 });
    await expect(cluster.submit(flow(4))).rejects.toThrow("another flow is called flow");
    await expect(cluster.submit(flow(3, { reference: "other" }))).rejects.toThrow("another flow is called flow");
    const log = new Log();
    await work(log);
    await until(() => isState("flow", "done"));
    expect(log.units.length).toBe(3);
    await cluster.submit(flow(3));
    await until(() => isState("flow", "done"));
    expect([log.units.length, log.merges]).toEqual([6, 2]);
  });

  test("has a unit tried as often as is allowed, one that cannot succeed once, and what failed again when it is submitted again", async () => {
    await begin();
    await cluster.submit(flow(3, { attempts: 2 }));
    const log = new Log();
    let isMended = false;
    const run = async (unit: number): Promise<void> => {
      log.units.push(unit);
      if (!isMended && unit === 1) throw new Error("the disk is tired");
      if (!isMended && unit === 2) throw new FinalError("the input has changed");
    };
    await work(log, { run });
    await until(() => isState("flow", "failed"));
    expect(log.units.toSorted()).toEqual([0, 1, 1, 2]);
    const { failed, done } = (await cluster.status("flow"))!;
    expect(done).toBe(1);
    expect(failed.toSorted((a, b) => a.unit! - b.unit!)).toEqual([
      { unit: 1, reason: "the disk is tired", attempts: 2 },
      { unit: 2, reason: "the input has changed", attempts: 1 },
    ]);
    isMended = true;
    await cluster.submit(flow(3, { attempts: 2 }));
    await until(() => isState("flow", "done"));
    expect(log.units.toSorted()).toEqual([0, 1, 1, 1, 2, 2]);
    expect(log.merges).toBe(1);
  });

  test("that is cancelled is stopped, and leaves nothing behind", async () => {
    await begin();
    await cluster.submit(flow(50));
    const log = new Log();
    let isStopped = false;
    const run = async (unit: number, { signal, progress }: Task): Promise<void> => {
      log.units.push(unit);
      progress(1, 4);
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
    };
    await work(log, { run: (unit, task) => run(unit, task).finally(() => (isStopped = true)) });
    await until(async () => (await cluster.status("flow"))?.active[0]?.share === 0.25);
    expect((await cluster.status("flow"))?.active).toEqual([{ unit: 0, worker: "test", share: 0.25 }]);
    expect(await cluster.cancel("flow")).toBe(true);
    expect([isStopped, log.units, log.merges]).toEqual([true, [0], 0]);
    expect([await cluster.status("flow"), await cluster.cancel("flow")]).toEqual([undefined, false]);
    expect(await redis.ask((client) => client.keys(`pith:${queue}:*flow*`))).toEqual([]);
  });

  test("leaves units to workers that allow as much memory as they take, and says which wait for one", async () => {
    await begin();
    await cluster.submit(flow(1, { memory: 2 ** 30 }));
    const log = new Log();
    await work(log, { memoryLimit: 2 ** 29 });
    await until(async () => (await cluster.status("flow"))?.putOff.units === 1);
    expect((await cluster.status("flow"))?.putOff).toEqual({ units: 1, memory: 2 ** 30 });
    expect(log.units).toEqual([]);
  });
});

describe("what dies", () => {
  test("is taken over: a worker that is killed in the middle of a unit, and Redis, which comes back", async () => {
    await begin();
    await cluster.submit(flow(4));
    const begun = join(redis.folder, "begun");
    const killed = spawn(process.execPath, [HANGS, redis.url(), queue, begun], { stdio: "inherit" });
    await until(() => existsSync(begun));
    killed.kill("SIGKILL");
    const log = new Log();
    await work(log, {
      run: async (unit) => {
        if (log.units.length === 1) await redis.restart();
        log.units.push(unit);
      },
    });
    await cluster.close();
    await until(() => log.merges === 1);
    cluster = await openCluster({ url: redis.url(), queue });
    await until(() => isState("flow", "done"));
    expect([...new Set(log.units)].toSorted()).toEqual(numbers(4));
  });

  test("a worker ends by itself when there is nothing to do", async () => {
    await begin();
    await cluster.submit(flow(2));
    const log = new Log();
    await work(log, { idle: 1 });
    await workers[0].ended;
    expect([log.units.length, log.merges]).toEqual([2, 1]);
  });
});

describe("an error says what is wrong, and what to do", () => {
  const open = async (url: string, name = "q"): Promise<void> => {
    await (await openCluster({ url, queue: name })).close();
  };

  test("of an address", async () => {
    await begin();
    await expect(open("http://127.0.0.1")).rejects.toThrow("expected redis://HOST:PORT or rediss://HOST:PORT");
    await expect(open("redis://127.0.0.1:1")).rejects.toThrow(
      /^Redis at 127\.0\.0\.1:1: .*ECONNREFUSED.*; is it running, and is this its address, /,
    );
    for (const password of ["", ":wrong@"]) {
      const failure = open(`redis://${password}127.0.0.1:${redis.port}`);
      await expect(failure).rejects.toThrow(/(NOAUTH|WRONGPASS).*; give its password in the address$/);
      await expect(failure).rejects.not.toThrow("wrong@");
    }
    await expect(
      startWorker({ url: "redis://127.0.0.1:1", name: "x", run: async () => {}, merge: async () => {} }),
    ).rejects.toThrow("ECONNREFUSED");
  });

  test("of a certificate that nobody vouches for; one that is vouched for will do", async () => {
    await begin();
    const [key, certificate] = ["key", "certificate"].map((name) => join(redis.folder, name));
    const subject = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    execFileSync("openssl", ["req", ...kind, "-keyout", key, "-out", certificate, ...subject], { stdio: "ignore" });
    const files = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];
    const secure = await RedisServer.start(["--tls-port", `${await freePort()}`, ...files]);
    try {
      await expect(open(secure.tlsUrl)).rejects.toThrow(
        /self-signed certificate; .*NODE_EXTRA_CA_CERTS=FILE names the authority/,
      );
      const script =
        "import { openCluster } from '@pith/cluster'; await (await openCluster({ url: process.argv[1] })).close();";
      const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script, secure.tlsUrl], {
        cwd: HELPERS,
        encoding: "utf8",
        env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
      });
      expect([status, stderr]).toEqual([0, ""]);
    } finally {
      await secure.end();
    }
  });

  test("of a flow and of settings", async () => {
    await begin();
    await expect(cluster.submit(flow(0))).rejects.toThrow("units: expected an integer from 1 to 1000000, got 0");
    await expect(cluster.submit(flow(1, { id: "a:b" }))).rejects.toThrow("id: expected up to 64 letters");
    await expect(cluster.submit(flow(1, { reference: "x".repeat(70_000) }))).rejects.toThrow(
      "name a file instead of its content",
    );
    await expect(open(redis.url(), "a:b")).rejects.toThrow("queue: expected up to 64 letters");
    await expect(work(new Log(), { jobs: 0 })).rejects.toThrow("jobs: expected an integer from 1 to 1024, got 0");
  });

  test("of a Redis that would forget, is full, or has another's keys", async () => {
    await begin();
    await redis.ask((client) => client.hset(`pith:${queue}:waiting-children`, "another's", "1"));
    await expect(cluster.submit(flow(1))).rejects.toThrow(/WRONGTYPE.*another program has keys/);
    await cluster.close();
    await begin();
    await redis.ask((client) => client.config("SET", "maxmemory", "1"));
    try {
      await expect(cluster.submit(flow(1))).rejects.toThrow(/OOM.*; give it more memory/);
      await redis.ask((client) => client.config("SET", "maxmemory-policy", "allkeys-lru"));
      await expect(open(redis.url())).rejects.toThrow("drops keys when it is full (maxmemory-policy allkeys-lru)");
    } finally {
      await redis.ask((client) => client.config("SET", "maxmemory", "0", "maxmemory-policy", "noeviction"));
    }
  });
});
