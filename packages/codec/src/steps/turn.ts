/** Facilities that only some hosts have. */
interface Host {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel: typeof MessageChannel;
}

/** Resolves after the event loop has had a turn. */
export function nextTurn(): Promise<void> {
  const host = globalThis as unknown as Host;
  return new Promise((resolve) => {
    if (host.setImmediate !== undefined) {
      host.setImmediate(resolve);
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
