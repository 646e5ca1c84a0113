// Panels of one's own: looked at here, while the wall shows something else. Which they are is kept
// on this tablet, what they show is not.

import { drawBlocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { panelChoice } from "./panel_choice.js";
import { age, said, word } from "./words.js";

const KEPT = "own-panels";

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(found) ? found.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export function ownPanels(app) {
  let own = kept();
  let choosing = false;

  function keep(panels) {
    own = panels;
    localStorage.setItem(KEPT, JSON.stringify(own));
  }

  function toggle(id) {
    keep(own.includes(id) ? own.filter((other) => other !== id) : [...own, id]);
    if (!own.includes(app.watched)) app.watch(own[0] ?? "");
    app.draw();
  }

  function known() {
    return own.map((id) => app.desk.panels.find((panel) => panel.id === id)).filter(Boolean);
  }

  // What is chosen is asked for while it is looked at, and no longer.
  function enter() {
    app.watch(own.includes(app.watched) ? app.watched : (own[0] ?? ""));
  }

  function row(panel) {
    const open = () => {
      choosing = false;
      app.watch(panel.id);
      app.draw();
    };
    const chosen = panel.id === app.watched && !choosing;
    return h("button", { class: chosen ? "row chosen" : "row", "data-own": panel.id, onclick: open }, h("span", { class: "text" }, h("b", {}, said(panel.title)), h("span", {}, said(panel.part))));
  }

  function list() {
    const choose = () => {
      choosing = true;
      app.draw();
    };
    const rows = known().map(row);
    if (!rows.length) rows.push(h("p", { class: "quiet" }, word("own_none")));
    return [...rows, h("button", { class: "plain", id: "own-choose", onclick: choose }, icon("plus"), word("own_choose"))];
  }

  function detail() {
    if (choosing) {
      const done = () => {
        choosing = false;
        app.draw();
      };
      const body = panelChoice(app.desk.panels, { chosen: (id) => own.includes(id), choose: toggle });
      return { body: [h("div", { class: "order-title" }, h("h2", {}, word("own_choose")), h("p", { class: "note" }, word("own_text"))), ...body], acts: [h("button", { class: "primary", id: "own-done", onclick: done }, word("own_done"))] };
    }
    const panel = known().find((one) => one.id === app.watched);
    if (!panel) return null;
    const view = app.watchedView;
    if (!view) return { body: [h("p", { class: "quiet" }, word("waiting_view"))], acts: [] };
    const old = app.state !== "here";
    const blocks = drawBlocks(view.blocks, app.act, old);
    const note = old ? word("picture", { age: age(app.kept_ms()) }) : word("press_hint");
    const head = h("div", { class: "order-title" }, h("h2", {}, said(view.title)), h("p", { class: "note" }, said(view.subtitle)), h("p", { class: "note" }, note));
    const show = () => app.act("panel.open", { panel: panel.id });
    return { body: [head, ...blocks.main, ...blocks.side], acts: [h("button", { class: "plain", "data-press": true, onclick: show }, word("on_the_wall"))] };
  }

  return { list, detail, enter, leave: () => app.watch(""), count: () => known().length, choosing: () => choosing };
}
