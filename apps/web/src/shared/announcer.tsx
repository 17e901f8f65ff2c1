import { Store, useStore } from "./store.ts";

const said = new Store("");

/** Says something to those who do not see the page. */
export function announce(text: string): void {
  said.set(text);
}

/** Where screen readers find what was announced. */
export function Announcer() {
  return (
    <p class="unseen" role="status" aria-live="polite">
      {useStore(said)}
    </p>
  );
}
