/** Registers the service worker that keeps the page, where there is one: while developing there is none. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("./service-worker.js").catch((error: unknown) => {
    // Private windows and plain http refuse; the page works all the same, as long as there is a network.
    console.info("Pith will not be kept for use without a network:", error);
  });
}
