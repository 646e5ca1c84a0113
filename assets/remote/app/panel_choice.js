// Every panel of the wall, sorted as the wall sorts them.

import { h } from "./dom.js";
import { said } from "./words.js";

// A button each; `chosen` tells which are marked, `choose` is called with the panel's id.
export function panelChoice(panels, { chosen, choose }) {
  const parts = new Map();
  for (const panel of panels) {
    const title = said(panel.part);
    if (!parts.has(title)) parts.set(title, []);
    parts.get(title).push(panel);
  }
  return [...parts].map(([title, found]) =>
    h(
      "section",
      { class: "block" },
      h("header", {}, h("h3", {}, title)),
      h(
        "div",
        { class: "panel-grid" },
        found.map((panel) =>
          h(
            "button",
            { class: "plain", "data-panel": panel.id, "aria-pressed": String(chosen(panel.id)), onclick: () => choose(panel.id) },
            said(panel.title),
          ),
        ),
      ),
    ),
  );
}
