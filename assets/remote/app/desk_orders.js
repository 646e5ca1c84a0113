// Orders on a desk: a row each, and one in full with what can be done about it.

import { h, icon } from "./dom.js";
import { day, dayTime, said, word } from "./words.js";

export const STATES = ["written", "sent", "delivered", "read", "answered", "done"];
const READY_ANSWERS = ["answer_seen", "answer_leaving", "answer_later", "answer_done"];
const ANSWER_LIMIT = 500;

export function overdue(order) {
  return order.due_ms !== null && order.due_ms <= Date.now() && order.state !== "done";
}

// What has to be done first comes first: past its day, then the nearest day, then the newest.
export function byUrgency(orders) {
  const rank = (o) => [o.state === "done", !overdue(o), o.due_ms ?? Infinity, -o.t_ms];
  return [...orders].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    const at = a.findIndex((value, i) => value !== b[i]);
    return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
  });
}

function due(order) {
  if (order.due_ms === null) return null;
  const late = overdue(order);
  return h(
    "span",
    { class: late ? "due late" : "due" },
    late ? icon("clock", 18) : null,
    word(late ? "was_due" : "due_at", { at: day(order.due_ms - 1) }),
  );
}

function steps(order) {
  const at = STATES.indexOf(order.state);
  // What was done without an answer has none behind it.
  const skipped = (i) => STATES[i] === "answered" && !order.steps.answered;
  const kind = (i) => (i === at ? "now" : i < at && !skipped(i) ? "past" : "ahead");
  return h(
    "span",
    { class: "steps" },
    STATES.map((state, i) => h("span", { class: `step-mark ${kind(i)}` }, word(`state_${state}`))),
  );
}

export function orderRow(order, { chosen, mine, open }) {
  return h(
    "button",
    { class: chosen ? "order-row chosen" : "order-row", "data-order": order.id, onclick: open },
    h("span", { class: "order-head" }, h("b", {}, order.text), due(order)),
    h("span", { class: "note" }, mine ? said(order.by) : said(order.name), order.simulated ? tag() : null),
    steps(order),
  );
}

function tag() {
  return h("span", { class: "tag" }, word("simulated"));
}

function timeline(order) {
  const at = STATES.indexOf(order.state);
  const past = STATES.filter((state, i) => i <= at && order.steps[state]);
  const items = past.map((state) =>
    h(
      "li",
      { class: state === order.state ? "now" : "past" },
      h("time", {}, dayTime(order.steps[state])),
      h("b", {}, word(`state_${state}`)),
    ),
  );
  const next = STATES[at + 1];
  if (next && !order.refused) {
    items.push(h("li", { class: "ahead" }, h("time", {}, word("not_yet")), h("span", {}, word(`state_${next}`))));
  }
  return h("ol", { class: "timeline" }, items);
}

function part(title, note, ...content) {
  return h(
    "section",
    { class: "block" },
    h("header", {}, h("h3", {}, title), note ? h("span", { class: "note" }, note) : null),
    ...content,
  );
}

// What was looked at when the order was given: it says of when it is.
export function seen(view) {
  const lines = view.lines.map((line) =>
    h(
      "li",
      {},
      h("span", {}, said(line.label)),
      h("b", {}, said(line.value)),
      h("span", { class: "note" }, said(line.age), line.simulated ? tag() : null),
    ),
  );
  const title = `${word("attached")}: ${said(view.title)}`;
  return part(title, word("as_of", { at: dayTime(view.t_ms) }), h("ul", { class: "seen" }, lines));
}

function button(app, kind, label, command, args, extra = {}) {
  return h("button", { class: kind, "data-press": true, ...extra, onclick: () => app.act(command, args) }, label);
}

function answerForm(app, order, kept) {
  const box = h("textarea", { id: "answer", maxlength: ANSWER_LIMIT, rows: 2, placeholder: word("answer_hint"), "aria-label": word("answer") });
  box.value = kept.get(order.id) ?? "";
  const write = (text) => {
    box.value = text;
    kept.set(order.id, text);
    send.disabled = !text.trim();
  };
  box.addEventListener("input", () => write(box.value));
  const send = h(
    "button",
    { class: "primary", id: "send-answer", "data-press": true, onclick: () => app.report(order, "answered", box.value.trim()) },
    icon("send"),
    word("answer_send"),
  );
  send.disabled = !box.value.trim();
  const ready = READY_ANSWERS.map((key) => h("button", { class: "chip", onclick: () => write(word(key)) }, word(key)));
  return { ready: h("div", { class: "chips" }, ready), box, send };
}

// The whole of one order. `mine`: it is for those to report on who hold this tablet.
export function orderDetail(app, order, { mine, kept, compose }) {
  const facts = [
    word("order_to", { to: said(order.name) }),
    word("order_by", { by: said(order.by), at: dayTime(order.t_ms) }),
  ];
  const body = [
    h(
      "div",
      { class: "order-title" },
      h("h2", {}, order.text),
      h("p", { class: "note" }, facts.join(", ")),
      due(order),
      order.refused ? h("p", { class: "due late" }, word("order_refused")) : null,
      order.simulated ? h("p", { class: "note" }, tag(), " ", word("played")) : null,
    ),
    timeline(order),
  ];
  if (order.answer) body.push(part(word("answer"), order.steps.answered ? dayTime(order.steps.answered) : null, h("p", { class: "said" }, order.answer)));
  const acts = [];
  const further = STATES.indexOf(order.state);
  const report = (state, label) =>
    h("button", { class: "plain", "data-press": true, "data-state": state, onclick: () => app.report(order, state) }, icon("check"), word(label));
  if (mine && order.state !== "done") {
    if (further < STATES.indexOf("answered")) {
      const form = answerForm(app, order, kept);
      body.push(part(word("answer"), null, form.box, form.ready));
      acts.push(form.send);
    }
    if (further < STATES.indexOf("read")) acts.push(report("read", "report_read"));
    acts.push(report("done", "report_done"));
  }
  if (order.about) body.push(part(word("about"), null, h("p", {}, said(order.subject))));
  if (order.view) body.push(seen(order.view));
  if (app.gives && !mine) {
    if (order.state !== "done") acts.push(button(app, "plain", word("remind"), "order.remind", { order: order.id }, { id: "remind" }));
    acts.push(h("button", { class: "plain", onclick: () => compose({ about: order.about, text: order.text }) }, word("order_again")));
  }
  acts.push(button(app, "plain", word("on_the_wall"), "order.show", { order: order.id }));
  const call = app.callButton?.({ office: mine ? null : order.office, about: order.text });
  if (call) acts.push(call);
  return { body, acts };
}
