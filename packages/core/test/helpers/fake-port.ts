import type { WorkerPort } from "../../src/workers/port.ts";

/** A worker that does what the test says. */
export class FakePort implements WorkerPort {
  terminated = false;
  alive = true;
  readonly posted: unknown[] = [];
  #message: (message: unknown) => void = () => {};
  #failure: (error: Error) => void = () => {};
  readonly #onPost: (port: FakePort) => void;

  constructor(onStart: (port: FakePort) => void, onPost: (port: FakePort) => void = () => {}) {
    this.#onPost = onPost;
    setImmediate(() => onStart(this));
  }
  say(message: unknown): void {
    this.#message(message);
  }
  fail(message: string): void {
    this.#failure(new Error(message));
  }
  post(message: unknown): void {
    this.posted.push(message);
    setImmediate(() => this.#onPost(this));
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onFailure(listener: (error: Error) => void): void {
    this.#failure = listener;
  }
  keepAlive(keep: boolean): void {
    this.alive = keep;
  }
  async terminate(): Promise<void> {
    this.terminated = true;
  }
}

/** What a worker says when it runs. */
export const ready = (port: FakePort): void => port.say({ type: "ready" });
