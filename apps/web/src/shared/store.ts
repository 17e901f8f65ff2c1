import { useEffect, useState } from "preact/hooks";

/** A value that changes, and those who want to know. */
export class Store<Value> {
  #value: Value;
  readonly #listeners = new Set<() => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  /** @returns ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

/**
 * The value of a store; the component is drawn again whenever it changes.
 *
 * @param pauseFor milliseconds from one change to the drawing of it and of those that follow; by default, none
 */
export function useStore<Value>(store: Store<Value>, pauseFor: (value: Value) => number = () => 0): Value {
  const drawn = store.value;
  const [, redraw] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = (): void => {
      timer = undefined;
      redraw((times) => times + 1);
    };
    const again = (): void => {
      const pause = pauseFor(store.value);
      if (pause === 0) draw();
      else timer ??= setTimeout(draw, pause);
    };
    // It may have changed between drawing and subscribing.
    if (!Object.is(drawn, store.value)) again();
    const end = store.subscribe(again);
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [store]);
  return drawn;
}
