import { Store } from "../shared/store.ts";

/** Whether the page can be had again without a network; true until it is known that it cannot. */
export const worksOffline = new Store(true);

/** Registers the service worker that keeps the page, where there is one: while developing there is none. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) {
    // Not even offered by plain http.
    worksOffline.set(false);
    return;
  }
  navigator.serviceWorker.register("./service-worker.js").catch((error: unknown) => {
    // Private windows refuse; the page works all the same, as long as there is a network.
    worksOffline.set(false);
    console.info("Pith will not be kept for use without a network:", error);
  });
}
