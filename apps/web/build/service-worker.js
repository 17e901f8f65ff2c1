/* global VERSION, FILES, LATE_FILES, POLICY, self, caches, fetch, Request, Response, Headers */
// Keeps the whole page, so that it works without a network. The build puts VERSION, FILES (which are kept at once),
// LATE_FILES (once they were needed) and POLICY before this.

const PREFIX = `pith ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;
const absolute = (file) => new URL(file, self.registration.scope).href;
/** Nothing else is ours to answer for: other pages may lie in folders below. */
const OURS = new Set([...FILES, ...LATE_FILES, "./index.html"].map(absolute));
const PAGES = new Set(["./", "./index.html"].map(absolute));

self.addEventListener("install", (event) => event.waitUntil(keep()));

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    FILES.map(async (file) => {
      const response = await fetch(new Request(file, { cache: "reload" }));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      await cache.put(file, underPolicy(response));
    }),
  );
}

/** Workers heed only the policy in the headers of their program, which not every server can be told to send. */
function underPolicy(response) {
  const headers = new Headers(response.headers);
  headers.set("Content-Security-Policy", POLICY);
  return new Response(response.body, { status: response.status, headers });
}

// A new version waits until no page of the old one is open, so the files of two versions never meet.
self.addEventListener("activate", (event) => {
  const others = (names) => names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const cleaned = caches.keys().then((names) => Promise.all(others(names).map((name) => caches.delete(name))));
  event.waitUntil(cleaned.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname;
  if (request.method === "GET" && OURS.has(address)) event.respondWith(answer(request, address));
});

async function answer(request, address) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(PAGES.has(address) ? "./" : request, { ignoreSearch: true });
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (!response.ok) return response;
  // Large, and not kept before it is needed.
  const guarded = underPolicy(response);
  await cache.put(address, guarded.clone());
  return guarded;
}
