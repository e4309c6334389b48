// Keeps the app for times without a network: the page and the files of one version, and nothing else. What the server
// says (/api, /public) never passes through here. A newer version is fetched beside the one in use and waits until a
// person asks for it.
const CACHE = "noren-{{version}}";
const FILES = {{files}};
// The first parts of the app's addresses; src/routes.rs has them all.
const PAGES = ["", "account", "chosen-cars", "customers", "holds", "join", "leads", "mentions", "recover", "settings", "setup", "sign-in", "stock", "submissions"];

addEventListener("install", (event) => {
  const files = FILES.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(files)));
});

addEventListener("message", ({ data }) => {
  if (data === "activate") skipWaiting();
});

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("noren-") && name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  const file = mode === "navigate" && PAGES.includes(pathname.split("/")[1]) ? "/" : pathname;
  if (!FILES.includes(file)) return;
  const kept = caches.open(CACHE).then((cache) => cache.match(file, { ignoreVary: true }));
  event.respondWith(kept.then((answer) => answer ?? fetch(event.request)));
});
