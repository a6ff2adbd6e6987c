// Opens one page without a line, and no other: the page that counts people without names, with its stylesheet and script.
"use strict";
const CACHE = "waystation-count";
const PAGE = "/tally/phone/";
const KEPT = "/tally/phone/kept/";
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keep(assets) {
  const answers = await Promise.all([KEPT, ...assets].map((address) => fetch(address, { cache: "reload", credentials: "same-origin", redirect: "manual" })));
  if (!answers.every((answer) => answer.ok && answer.type === "basic")) return false;
  const cache = await caches.open(CACHE);
  await Promise.all(answers.map((answer, place) => cache.put(place ? assets[place - 1] : PAGE, answer)));
  return true;
}

self.addEventListener("message", (event) => {
  const assets = event.data.keep.filter((address) => address.startsWith("/static/"));
  event.waitUntil(keep(assets).catch(() => false).then((kept) => event.ports[0].postMessage(kept)));
});

const later = (milliseconds) => new Promise((_done, fail) => { setTimeout(() => fail(new Error("slow")), milliseconds); });

// From the line while it answers; what was kept when it does not, or when it would only send to sign in.
async function page(request) {
  const kept = await caches.match(PAGE, { cacheName: CACHE });
  try {
    const answer = await Promise.race([fetch(request), ...(kept ? [later(PATIENCE)] : [])]);
    if (kept && (answer.type === "opaqueredirect" || answer.status >= 500)) return kept;
    return answer;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

async function asset(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const kept = await caches.match(request, { cacheName: CACHE });
    if (kept) return kept;
    throw problem;
  }
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event.request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(asset(event.request));
});
