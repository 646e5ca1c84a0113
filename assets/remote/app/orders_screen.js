// The orders under way, for those who act on them: what, whose, how far, and a report on each.

import { h } from "./dom.js";
import { said, word } from "./words.js";

const REPORTS = { written: [], sent: ["read", "done"], delivered: ["read", "done"], read: ["done"] };
const ACTING = ["mayor", "official"];

export function ordersScreen(app) {
  const screen = h("main", { class: "orders" });
  let drawn = "";

  function report(order, state) {
    const args = { order: order.id, state };
    return h(
      "button",
      {
        class: "plain",
        "data-press": true,
        "data-order": order.id,
        "data-state": state,
        onclick: () => app.act("order.report", args),
      },
      word(`report_${state}`),
    );
  }

  function row(order) {
    const facts = [said(order.to), word(`state_${order.state}`), word("given_at", { at: moment(order.t_ms) })];
    if (order.due_ms) facts.push(word("due_at", { at: day(order.due_ms - 1) }));
    return h(
      "div",
      { class: "row" },
      h("span", { class: "text" }, h("b", {}, order.text), h("span", {}, facts.join(", "))),
      h("span", { class: "acts" }, REPORTS[order.state].map((state) => report(order, state))),
    );
  }

  function content() {
    if (!ACTING.includes(app.role)) return [h("p", { class: "quiet" }, word("orders_visitor"))];
    const orders = app.projection?.orders ?? [];
    const body = orders.length ? orders.map(row) : [h("p", { class: "quiet" }, word("orders_none"))];
    return [h("p", { class: "quiet" }, word("orders_all")), ...body];
  }

  function draw() {
    const now = JSON.stringify([app.projection?.orders, app.role, word("orders")]);
    if (now === drawn) return;
    drawn = now;
    screen.replaceChildren(...content());
  }

  return {
    element: screen,
    title: () => word("orders"),
    hint: () => word("orders_hint"),
    draw,
    tick: () => {},
  };
}

function day(ms) {
  const then = new Date(ms);
  return `${then.getMonth() + 1}/${then.getDate()}`;
}

function moment(ms) {
  return `${day(ms)} ${new Date(ms).toTimeString().slice(0, 5)}`;
}
