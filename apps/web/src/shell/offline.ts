import { Store } from "../shared/store.ts";

/** Whether the page can be had again without a network; true until it is known that it cannot. */
export const worksOffline = new Store(true);

/**
 * Registers the service worker that keeps the page, where there is one: while developing there is none. It brings all of the
 * page, a hundred times what the first view takes, and so waits until that one is there.
 *
 * @param root what the page is in
 */
export function keepForOffline(root: Element): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) {
    // Not even offered by plain http.
    worksOffline.set(false);
    return;
  }
  void firstView(root).then(async () => {
    try {
      await navigator.serviceWorker.register("./service-worker.js");
    } catch (error) {
      // Private windows refuse; the page works all the same, as long as there is a network.
      worksOffline.set(false);
      console.info("Pith will not be kept for use without a network:", error);
    }
  });
}

/** Milliseconds that the first view has for what it brings by itself, at least and at most. */
const LEAST = 200;
const MOST = 3000;

/** Until a view is shown, and the page has nothing to do for a moment. */
function firstView(root: Element): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (root.querySelector("main h1") === null) return;
      observer.disconnect();
      setTimeout(() => {
        // Some browsers do not tell when there is nothing to do.
        if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: MOST });
        else resolve();
      }, LEAST);
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { childList: true, subtree: true });
    look();
  });
}
