/* global document, navigator */
// A page that lets its service worker code, and says in its title what came of it.
await navigator.serviceWorker.register("service-worker.js");
const { active } = await navigator.serviceWorker.ready;
navigator.serviceWorker.addEventListener("message", ({ data }) => (document.title = data));
navigator.serviceWorker.startMessages();
active.postMessage("code");
