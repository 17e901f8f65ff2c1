/** A Redis of its own, on a free port of this machine, that stores what it is told once a second. */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";

export class RedisServer {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  #server: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.#port = port;
    this.#folder = folder;
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** @throws Error if redis-server is not installed */
  static async start(folder: string): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), folder);
    await server.#start();
    return server;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.#start();
  }

  async stop(): Promise<void> {
    const child = this.#server;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }

  async #start(): Promise<void> {
    const words = [
      "--port",
      `${this.#port}`,
      "--bind",
      "127.0.0.1",
      "--dir",
      this.#folder,
      "--save",
      "",
      "--appendonly",
      "yes",
    ];
    const child = spawn("redis-server", words, { stdio: ["ignore", "pipe", "inherit"] });
    this.#server = child;
    await new Promise<void>((resolve, reject) => {
      child.on("error", (error) => reject(new Error(`redis-server: ${error.message}; install it first`)));
      child.on("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
      child.stdout.on("data", (text: Buffer) => {
        if (text.toString().includes("Ready to accept connections")) resolve();
      });
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
