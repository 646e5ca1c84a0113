// One sentence for four seconds: what the wall did, or why it did not.

import { h, icon } from "./dom.js";
import { said, word } from "./words.js";

const SHOWN_MS = 4000;
const OWN = { "no-answer": "silent", "not-sent": "not_sent", queued: "queued", unverified: "unverified", enrolling: "enrolling" };
let ending = 0;

// The sentence for an answer {status, reason}.
export function sentence({ status, reason, key, values }) {
  if (key) return word(key, values);
  if (reason && said(reason)) return said(reason);
  return word(OWN[status] ?? "silent");
}

export function toast(answer) {
  const box = document.getElementById("toast");
  const good = answer.status === "done";
  const kind = good ? "done" : ["needs-confirm", "queued", "enrolling", "news"].includes(answer.status) ? "asks" : "refused";
  box.replaceChildren(
    h("div", { class: kind }, icon(good ? "check" : answer.status === "news" ? "desk" : "struck"), h("span", {}, sentence(answer))),
  );
  box.dataset.status = answer.status;
  clearTimeout(ending);
  ending = setTimeout(() => box.replaceChildren(), SHOWN_MS);
}
