// How to install the kiosk's own authority on an Android tablet, and whether that has worked.

import { h, icon } from "./dom.js";
import { registerWorker } from "./offline.js";
import { word } from "./words.js";

const AUTHORITY = "/ca.crt";
const root = document.getElementById("app");
document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "dark";

// SHA-256 of the authority as the wall and Android show it, in groups of four digits; null when the
// city's own certificate serves, and there is nothing to install.
async function fingerprint() {
  const answer = await fetch(AUTHORITY, { cache: "no-store" });
  if (!answer.ok) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  const digits = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.toUpperCase().match(/.{4}/g).join(" ");
}

function step(number, title, text, ...more) {
  return h(
    "li",
    {},
    h("b", { class: "step" }, String(number)),
    h("span", {}, h("b", {}, word(title)), h("span", {}, word(text)), ...more),
  );
}

function steps(print) {
  const get = h("a", { class: "get", href: AUTHORITY, download: "city-kiosk-ca.crt" }, word("trust_get"));
  return h(
    "ul",
    {},
    step(1, "trust_compare", "trust_compare_text", h("code", { id: "fingerprint" }, print)),
    step(2, "trust_get_title", "trust_get_text", get),
    step(3, "trust_install", "trust_install_text"),
    step(4, "trust_check", "trust_check_text"),
  );
}

function shown(state, print) {
  const good = state === "trusted";
  const left = [h("h1", {}, word("trust_title")), h("p", {}, word(print ? "trust_text" : "trust_site"))];
  if (print) left.push(steps(print));
  const verdict = h(
    "p",
    { class: good ? "verdict good" : "verdict", id: "verdict", "data-state": state },
    icon(good ? "check" : "struck"),
    h("span", {}, word(`trust_${state}`)),
  );
  const again = h("button", { class: "plain", id: "again", onclick: () => location.reload() }, word("trust_again"));
  const next = good ? h("a", { class: "primary", id: "next", href: "/" }, word("trust_next")) : again;
  return h(
    "main",
    { class: "pairing trust" },
    h("div", { class: "say" }, left),
    h("div", { class: "number" }, verdict, next),
  );
}

async function start() {
  const print = await fingerprint().catch(() => null);
  root.replaceChildren(shown((await registerWorker()) ? "trusted" : "untrusted", print));
}

start();
