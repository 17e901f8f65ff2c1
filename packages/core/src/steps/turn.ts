/** Facilities that only some hosts have. */
interface Host {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel?: typeof MessageChannel;
}

/** Those who wait for a turn, in order. */
const waiting: (() => void)[] = [];

/**
 * Resolves after the event loop has had a turn: for one caller a turn, so that however many work on this thread in slices,
 * the loop waits for one slice only.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) void serve();
  });
}

async function serve(): Promise<void> {
  while (waiting.length > 0) {
    await nextTurn();
    waiting.shift()?.();
  }
}

/** Longest that a slice keeps the event loop waiting, beside one step. */
const SLICE_MILLISECONDS = 6;

/** Says when the event loop is to have a turn: every few milliseconds. */
export class Turns {
  #end = performance.now() + SLICE_MILLISECONDS;

  get isDue(): boolean {
    return performance.now() >= this.#end;
  }

  async take(): Promise<void> {
    await turn();
    this.#end = performance.now() + SLICE_MILLISECONDS;
  }
}

/** Does all steps on this thread, in slices between which the event loop turns. */
export async function inTurns<Result>(steps: Generator<unknown, Result>): Promise<Result> {
  const turns = new Turns();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (turns.isDue) await turns.take();
  }
}

function nextTurn(): Promise<void> {
  const host = globalThis as unknown as Host;
  return new Promise((resolve) => {
    if (host.setImmediate !== undefined) {
      host.setImmediate(resolve);
      return;
    }
    // Edge workers may have neither.
    if (host.MessageChannel === undefined) {
      setTimeout(resolve, 0);
      return;
    }
    // Browsers delay timers by 4 ms, messages not.
    const { port1, port2 } = new host.MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
