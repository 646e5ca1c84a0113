// A new order: whom, what, until when, and whether the wall's view goes with it. What is written
// stays until the order is given, also over a lost connection.

import { h, icon } from "./dom.js";
import { said, word } from "./words.js";

const TEXT_LIMIT = 500;

function group(title, note, ...content) {
  return h("section", { class: "block" }, h("header", {}, h("h3", {}, title), note ? h("span", { class: "note" }, note) : null), ...content);
}

// `draft`: {about, to, ready, text, due}; about null is what the wall shows. {element, acts, sync}.
export function composeForm(app, draft, { cancel }) {
  const about = draft.about ?? app.desk.about;
  const chosen = { to: draft.to ?? "", ready: draft.ready ?? "", due: draft.due ?? "", attach: Boolean(draft.attach ?? draft.about === null) };
  const table = about.split("/")[0];

  const text = h("textarea", { id: "order-text", maxlength: TEXT_LIMIT, rows: 3, placeholder: word("order_text_hint"), "aria-label": word("order_what") });
  text.value = draft.text ?? "";
  text.addEventListener("input", () => {
    chosen.ready = "";
    sync();
  });

  function choice(name, value, ...label) {
    const choose = () => {
      chosen[name] = chosen[name] === value && name === "to" ? "" : value;
      if (name === "ready") text.value = "";
      sync();
    };
    return h("button", { class: "chip", "data-choice": `${name}.${value || "none"}`, "data-name": name, "data-value": value, onclick: choose }, ...label);
  }

  function state(one) {
    if (one.here) return h("small", {}, icon("tablet", 16), word("is_here"));
    if (one.duty === true) return h("small", {}, word("on_duty"));
    return one.duty === false ? h("small", {}, word("off_duty")) : null;
  }

  // Whoever is in charge of what this is about comes before those in charge of what the wall shows.
  const charged = (one) => Number(one.office !== draft.to);
  const whom = [...app.desk.addressees].sort((one, other) => charged(one) - charged(other)).map((one) => choice("to", one.id, h("span", {}, said(one.name)), state(one)));
  const what = app.desk.instructions
    .filter((one) => !table || !one.about.length || one.about.includes(table))
    .map((one) => choice("ready", one.id, said(one.words)));
  const when = app.desk.dues.map((one) => choice("due", one.id, said(one.words)));
  const attach = h(
    "button",
    { class: "chip", id: "attach", onclick: () => ((chosen.attach = !chosen.attach), sync()) },
    icon("check", 18),
    word("attach_view"),
  );
  const subject = draft.subject ?? (draft.about === null ? said(app.desk.subject) : "");
  const element = [
    h("div", { class: "order-title" }, h("h2", {}, word("new_order")), h("p", { class: "note" }, subject ? word("about_this", { what: subject }) : word("about_nothing"))),
    group(word("order_whom"), word("charged_first"), h("div", { class: "chips whom" }, whom)),
    group(word("order_what"), null, h("div", { class: "chips" }, what), text),
    group(word("order_when"), null, h("div", { class: "chips" }, when)),
    group(word("order_with"), app.projection ? said(app.projection.title) : null, h("div", { class: "chips" }, attach)),
  ];
  const give = h("button", { class: "primary", id: "give", "data-press": true, onclick: submit }, icon("send"), word("give_order"));
  const stop = h("button", { class: "plain", id: "compose-cancel", onclick: cancel }, word("cancel"));
  const why = h("p", { class: "note why" });

  function submit() {
    app.give({ to: chosen.to, text: chosen.ready || text.value.trim(), about, due: chosen.due, attach: chosen.attach });
  }

  function missing() {
    if (app.state !== "here") return word("order_offline");
    if (!chosen.to && !about) return word("order_needs_whom");
    return chosen.ready || text.value.trim() ? "" : word("order_needs_what");
  }

  // Follows what is chosen, and whether it can be given now.
  function sync() {
    for (const chip of [...whom, ...what, ...when]) {
      chip.setAttribute("aria-pressed", String(chosen[chip.dataset.name] === chip.dataset.value));
    }
    attach.setAttribute("aria-pressed", String(chosen.attach));
    const obstacle = missing();
    give.disabled = Boolean(obstacle);
    why.textContent = obstacle;
  }

  sync();
  return { body: element, acts: [why, give, stop], sync };
}
