// Starts the app, and looks after what is beside it: the service worker, which keeps the app for times without a
// network, and the browser's offer to install it, which may come before the app is there. The app reads what is known
// from the attributes of <html> and asks by events of the window; src/boot.rs is its side of this.
import init from "{{js}}";

const workers = navigator.serviceWorker;
let asked = false;
let offer;

function tell(what, yes) {
  document.documentElement.toggleAttribute(what, yes);
  dispatchEvent(new Event("noren-told"));
}

async function keep() {
  const registration = await workers?.register("/sw.js", { updateViaCache: "none" });
  if (!registration) return;
  const look = () => {
    if (registration.waiting && workers.controller) tell("data-newer", true);
  };
  look();
  registration.onupdatefound = () => registration.installing?.addEventListener("statechange", look);
  document.onvisibilitychange = () => {
    if (!document.hidden) registration.update().catch(() => {});
  };
}

// Whoever has no worker yet gets one without a word. Another one comes only when it was asked for, here or in another
// window, and only here the page begins anew by itself.
let known = workers?.controller;
workers?.addEventListener("controllerchange", () => {
  if (asked) location.reload();
  else if (known && workers.controller) tell("data-newer", true);
  known = workers.controller;
});

addEventListener("noren-renew", async () => {
  const { waiting } = (await workers.getRegistration()) ?? {};
  asked = true;
  if (waiting) waiting.postMessage("activate");
  else location.reload();
});

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  tell("data-installable", true);
});
addEventListener("noren-install", () => offer?.prompt());
addEventListener("appinstalled", () => tell("data-installable", false));

// Signing out empties the browser, so that it is to be kept again by whoever signs in next.
addEventListener("noren-keep", () => keep().catch(() => {}));

await init({ module_or_path: "{{wasm}}" });
