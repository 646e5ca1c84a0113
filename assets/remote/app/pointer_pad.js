// A pad in the shape of the wall: where a finger moves on it, the wall shows a mark.

import { h } from "./dom.js";
import { word } from "./words.js";

const STEP_MS = 50;
// The wall forgets whom it lent its pointer to after a minute without news.
const LENT_MS = 50000;

export function pointerPad(app) {
  const field = h("div", { class: "pad-field" });
  const hint = h("p", { class: "note" });
  const stop = h("button", { class: "plain", id: "point-end", onclick: end });
  const element = h("div", { class: "pad", id: "pad", hidden: true }, h("div", { class: "pad-head" }, hint, stop), field);
  let finger = null;
  let told_ms = 0;
  let asked_ms = 0;

  function tell(event) {
    const { left, top, width, height } = field.getBoundingClientRect();
    const share = (at, from, size) => Math.min(1, Math.max(0, (at - from) / size));
    app.connection.point(share(event.clientX, left, width), share(event.clientY, top, height));
    told_ms = asked_ms = Date.now();
  }

  field.addEventListener("pointerdown", (event) => {
    if (Date.now() - asked_ms > LENT_MS) app.act("remote.point", {});
    finger = event.pointerId;
    field.setPointerCapture(finger);
    tell(event);
  });
  field.addEventListener("pointermove", (event) => {
    if (event.pointerId === finger && Date.now() - told_ms >= STEP_MS) tell(event);
  });
  for (const over of ["pointerup", "pointercancel"]) {
    field.addEventListener(over, (event) => {
      if (event.pointerId !== finger) return;
      finger = null;
      app.connection.point();
    });
  }

  function end() {
    if (!element.hidden) app.connection.point();
    element.hidden = true;
    finger = null;
    asked_ms = 0;
  }

  function begin() {
    element.hidden = false;
    hint.textContent = word("point_hint");
    stop.textContent = word("point_end");
    app.act("remote.point", {});
    asked_ms = Date.now();
  }

  return { element, begin, end };
}
