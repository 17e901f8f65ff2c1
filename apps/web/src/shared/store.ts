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

/** The value of a store; the component is drawn again whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const drawn = store.value;
  const [, redraw] = useState(0);
  useEffect(() => {
    const again = (): void => redraw((times) => times + 1);
    // It may have changed between drawing and subscribing.
    if (!Object.is(drawn, store.value)) again();
    return store.subscribe(again);
  }, [store]);
  return drawn;
}
