/** Debian's redis-server on a free port of this machine, with a password, and what it is told on the disk at once. */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Redis } from "ioredis";

const PASSWORD = "not-a-secret";

export class RedisServer {
  readonly folder = mkdtempSync(join(tmpdir(), "pith-redis-"));
  readonly port: number;
  readonly #options: readonly string[];
  #server: ChildProcess | undefined;

  private constructor(port: number, options: readonly string[]) {
    this.port = port;
    this.#options = options;
  }

  /** @throws Error if it is not installed */
  static async start(options: readonly string[] = []): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.#start();
    return server;
  }

  url(scheme = "redis", port = `${this.port}`): string {
    return `${scheme}://:${PASSWORD}@127.0.0.1:${port}`;
  }

  /** Where it was started with a port for TLS. */
  get tlsUrl(): string {
    return this.url("rediss", this.#options[this.#options.indexOf("--tls-port") + 1]);
  }

  /** Stops it as a machine would that is shut down, and starts it again on what it had stored. */
  async restart(): Promise<void> {
    await this.#stop();
    await this.#start();
  }

  async end(): Promise<void> {
    await this.#stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const words = ["--port", `${this.port}`, "--bind", "127.0.0.1", "--requirepass", PASSWORD, "--dir", this.folder];
    const storing = ["--save", "", "--appendonly", "yes", "--appendfsync", "always"];
    const child = spawn("redis-server", [...words, ...storing, ...this.#options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#server = child;
    await new Promise<void>((resolve, reject) => {
      child.on("error", (error) => reject(new Error(`redis-server: ${error.message}; apt-get install redis-server`)));
      child.on("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
      child.stdout.on("data", (text: Buffer) => {
        if (/Ready to accept connections/.test(text.toString())) resolve();
      });
    });
  }

  async #stop(): Promise<void> {
    const child = this.#server;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }

  /** A command of the test's own. */
  async ask<Result>(use: (redis: Redis) => Promise<Result>): Promise<Result> {
    const redis = new Redis(this.url());
    try {
      return await use(redis);
    } finally {
      redis.disconnect();
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
