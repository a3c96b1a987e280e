// The pages of a meeting open without the network, as they were when last seen. What is current always goes first.
"use strict";
const SHELF = "servanda-dialogue-1";
const MINE = /^\/[^/]+\/(dialogue|items)\/|^\/static\//;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !MINE.test(url.pathname) || url.pathname.endsWith("/score")) return;
  event.respondWith((async () => {
    try {
      const answer = await fetch(event.request);
      // Behind a sign-in nothing of what somebody saw may stay in the browser for the next.
      if (answer.ok && !/no-store/.test(answer.headers.get("cache-control") || "")) {
        const copy = answer.clone();
        event.waitUntil(caches.open(SHELF).then((shelf) => shelf.put(event.request, copy)));
      }
      return answer;
    } catch (fault) {
      const held = await caches.match(event.request);
      if (held) return held;
      throw fault;
    }
  })());
});
