// Keeps the page itself (VERSION, FILES: see kiosk/remote/shell.py) for the time without a wall.
// Nothing of the city passes here: that comes over the WebSocket and is kept nowhere.

const KEPT = `shell-${VERSION}`;

async function keep() {
  const cache = await caches.open(KEPT);
  // Past the browser's own cache: a half-new page would be worse than an old one.
  await cache.addAll(FILES.map((path) => new Request(path, { cache: "reload" })));
  await self.skipWaiting();
}

async function forgetOthers() {
  for (const name of await caches.keys()) {
    if (name !== KEPT) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answer(request, path) {
  const cache = await caches.open(KEPT);
  return (await cache.match(path)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (FILES.includes(pathname)) event.respondWith(answer(event.request, pathname));
});
