// The service worker: it makes the page open without a wall, and is the proof that the browser
// trusts the wall's certificate, because a browser registers none from a site that it does not.

const WORKER = "/worker.js";

const policy = window.trustedTypes?.createPolicy("kiosk-worker", {
  createScriptURL(path) {
    if (path !== WORKER) throw new TypeError("no worker of ours");
    return path;
  },
});

// Registers it; true when it works, false when this browser does not trust the certificate.
export async function registerWorker() {
  if (!navigator.serviceWorker) return false;
  try {
    await navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER);
    return true;
  } catch {
    return false;
  }
}

// Calls `act` when a newer page has taken the place of this one.
export function onNewPage(act) {
  if (!navigator.serviceWorker?.controller) return;
  navigator.serviceWorker.addEventListener("controllerchange", act);
}
