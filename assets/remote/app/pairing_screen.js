// Before pairing: how to begin, the name, and the number that two people compare.

import { startPairing } from "./connection.js";
import { h, icon } from "./dom.js";
import { checkCode, makeKey, publicKey, saveIdentity } from "./identity.js";
import { word } from "./words.js";

// The code stands in the fragment, which a browser sends to nobody; it is taken out of sight at once.
export function takeCode() {
  const code = new URLSearchParams(location.hash.slice(1)).get("pair");
  if (location.hash) history.replaceState(null, "", location.pathname);
  return code;
}

function page(...children) {
  return h("main", { class: "pairing" }, children);
}

// Shows pairing in `root` until it worked; calls `onPaired(identity)`.
// `trusted`: false when this browser does not trust the wall's certificate.
export function pairingScreen(root, { code, note, trusted, onPaired }) {
  let remaining = 0;

  function begin(message) {
    clearInterval(remaining);
    root.replaceChildren(
      page(
        h(
          "div",
          { class: "say" },
          h("h1", {}, word("pair_title")),
          h("p", {}, word("pair_text")),
          h("p", { class: "quiet" }, word("pair_note")),
          message ? h("p", { class: "trouble", id: "trouble" }, icon("struck"), message) : null,
          trusted === false ? h("p", { class: "quiet", id: "untrusted" }, word("trust_hint")) : null,
          trusted === false ? h("a", { class: "help", href: "/trust" }, word("trust_link")) : null,
        ),
        h("div", { class: "picture" }, icon("qr", 220)),
      ),
    );
  }

  function askName() {
    const field = h("input", {
      id: "name", maxlength: 40, autocomplete: "off", value: word("default_name"),
    });
    const form = h(
      "form",
      { class: "name" },
      field,
      h("button", { class: "primary", id: "start" }, icon("check"), word("pair_start")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      form.querySelector("button").disabled = true;
      pair(field.value.trim() || word("default_name")).catch(() => begin(word("pair_failed")));
    });
    root.replaceChildren(
      page(
        h(
          "div",
          { class: "say" },
          h("h1", {}, word("pair_name_title")),
          h("p", {}, word("pair_name_text")),
        ),
        form,
      ),
    );
  }

  async function pair(name) {
    const key = await makeKey();
    const jwk = await publicKey(key);
    let givenUp = false;
    const attempt = startPairing({
      code,
      key,
      jwk,
      name,
      async onCheck(nonce, expires_ms) {
        compare(await checkCode(code, nonce, jwk), expires_ms, () => {
          givenUp = true;
          attempt.cancel();
        });
      },
    });
    const result = await attempt.done;
    clearInterval(remaining);
    if (result.device) {
      const identity = { key, device: result.device, name };
      await saveIdentity(identity);
      onPaired(identity);
    } else if (givenUp) {
      begin(null);
    } else {
      begin(word(result.refused === "declined" ? "pair_declined" : "pair_failed"));
    }
  }

  function compare(digits, expires_ms, onDifferent) {
    const left = h("p", { class: "left" });
    const point = (name, title, text) =>
      h("li", {}, icon(name), h("span", {}, h("b", {}, word(title)), h("span", {}, word(text))));
    const tick = () => {
      const seconds = Math.max(0, Math.round((expires_ms - Date.now()) / 1000));
      left.textContent = word("remaining", { m: Math.floor(seconds / 60), s: seconds % 60 });
    };
    root.replaceChildren(
      page(
        h(
          "div",
          { class: "say" },
          h("h1", {}, word("compare_title")),
          h("p", {}, word("compare_text")),
          h(
            "ul",
            {},
            point("hand", "compare_person", "compare_person_text"),
            point("lock", "compare_key", "compare_key_text"),
            point("clock", "compare_end", "compare_end_text"),
          ),
        ),
        h(
          "div",
          { class: "number" },
          h("output", { id: "check-code" }, `${digits.slice(0, 3)} ${digits.slice(3)}`),
          left,
          h("button", { class: "plain", id: "different", onclick: onDifferent }, word("different")),
        ),
      ),
    );
    tick();
    clearInterval(remaining);
    remaining = setInterval(tick, 1000);
  }

  if (!window.isSecureContext || !crypto.subtle || !window.indexedDB) begin(word("unsupported"));
  else if (code) askName();
  else begin(note);
}
