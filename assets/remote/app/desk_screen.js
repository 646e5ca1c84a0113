// My desk: orders to me, orders that I gave, incidents near me, and panels of my own.

import { composeForm } from "./desk_compose.js";
import { incidentDetail, incidentRow, nearest } from "./desk_incidents.js";
import { byUrgency, orderDetail, orderRow, overdue } from "./desk_orders.js";
import { ownPanels } from "./desk_panels.js";
import { h, icon } from "./dom.js";
import { currentLanguage, said, word } from "./words.js";

const ACTING = ["mayor", "official"];

export function deskScreen(app) {
  const segments = h("div", { class: "segments" });
  const list = h("div", { class: "list" });
  const foot = h("div", { class: "list-foot" });
  const body = h("div", { class: "detail-body" });
  const acts = h("div", { class: "acts" });
  const back = h("button", { class: "plain back", id: "desk-back", onclick: () => open(null) });
  const screen = h("main", { class: "desk" }, h("div", { class: "desk-list" }, segments, list, foot), h("div", { class: "detail" }, back, body, acts));
  const panels = ownPanels(app);
  const answers = new Map();
  let section = "";
  let opened = null;
  let form = null;
  let at = null;

  const mine = (order) => app.office !== "" && order.office === app.office;
  const given = (order) => order.giver === app.identity.device || (app.role === "mayor" && !mine(order));

  function sections() {
    const found = [];
    const orders = app.desk.orders;
    if (app.office) found.push(["received", orders.filter(mine)]);
    if (app.gives) found.push(["given", orders.filter(given)]);
    if (!app.office && !app.gives) found.push(["all", orders]);
    return [...found, ["incidents", app.desk.incidents], ["panels", null]];
  }

  function listed() {
    return sections().find(([name]) => name === section)?.[1] ?? [];
  }

  function near() {
    return nearest(listed(), { at, district: localStorage.getItem("district") ?? "", office: app.office });
  }

  function choose(name) {
    if (section === "panels" && name !== "panels") panels.leave();
    section = name;
    opened = null;
    form = null;
    if (name === "panels") panels.enter();
    drawn = "";
    app.draw();
  }

  function open(id) {
    opened = id;
    form = null;
    drawn = "";
    const order = app.desk.orders.find((one) => one.id === id);
    if (order && mine(order)) app.seen(order);
    app.draw();
  }

  // Opens the form; about null: what the wall shows now.
  function compose(draft) {
    const incident = app.desk.incidents.find((one) => `incidents/${one.id}` === draft.about);
    const order = app.desk.orders.find((one) => one.about && one.about === draft.about);
    const thing = incident?.headline ?? order?.subject;
    form = composeForm(app, { ...draft, subject: thing ? said(thing) : undefined }, { cancel: leaveForm });
    drawn = "";
    app.draw();
  }

  function leaveForm() {
    form = null;
    drawn = "";
    app.draw();
  }

  // The wall has taken the order: the list of what was given is shown.
  function wasGiven() {
    if (!form) return;
    form = null;
    choose("given");
  }

  function segment([name, found]) {
    const count = found ? ` ${found.filter((one) => one.state !== "done").length}` : panels.count() ? ` ${panels.count()}` : "";
    const late = found?.some((one) => one.state && overdue(one));
    return h(
      "button",
      { "aria-pressed": String(name === section), id: `section-${name}`, class: late ? "late" : "", onclick: () => choose(name) },
      word(`desk_${name}`),
      count,
    );
  }

  function rows() {
    if (section === "panels") return panels.list();
    if (section === "incidents") {
      const found = near();
      if (!found.length) return [h("p", { class: "quiet" }, word("incidents_none"))];
      return found.map((pair) => incidentRow(pair, { chosen: pair[0].id === opened, open: () => open(pair[0].id) }));
    }
    const found = byUrgency(listed());
    if (!found.length) return [h("p", { class: "quiet" }, word("orders_none"))];
    return found.map((order) => orderRow(order, { chosen: order.id === opened, mine: mine(order), open: () => open(order.id) }));
  }

  function footer() {
    if (section === "incidents") return [districtChoice(), hereButton()];
    if (app.gives && section !== "panels") {
      return [h("button", { class: "primary", id: "compose", onclick: () => compose({ about: "" }) }, icon("send"), word("new_order"))];
    }
    return section === "all" ? [h("p", { class: "quiet" }, word("orders_all"))] : [];
  }

  function districtChoice() {
    const kept = localStorage.getItem("district") ?? "";
    const options = [["", word("any_district")], ...app.desk.districts.map((one) => [one.id, said(one.words)])];
    const box = h("select", { id: "my-district", "aria-label": word("my_district") }, options.map(([id, name]) => h("option", { value: id, selected: id === kept }, name)));
    box.addEventListener("change", () => {
      localStorage.setItem("district", box.value);
      at = null;
      drawn = "";
      app.draw();
    });
    return box;
  }

  function hereButton() {
    const find = () =>
      navigator.geolocation?.getCurrentPosition(
        ({ coords }) => {
          at = [coords.latitude, coords.longitude];
          drawn = "";
          app.draw();
        },
        () => app.say("no_position"),
        { timeout: 10000, maximumAge: 60000 },
      );
    return h("button", { class: at ? "plain current" : "plain", id: "near-me", onclick: find }, icon("place"), word("near_me"));
  }

  function content() {
    if (form) return form;
    if (section === "panels") return panels.detail();
    if (section === "incidents") {
      const pair = near().find(([one]) => one.id === opened);
      return pair ? incidentDetail(app, pair, { compose }) : null;
    }
    const order = listed().find((one) => one.id === opened);
    return order ? orderDetail(app, order, { mine: mine(order) || (!app.office && !app.gives), kept: answers, compose }) : null;
  }

  let drawn = "";
  function draw() {
    if (!ACTING.includes(app.role) || !app.desk) {
      const why = app.role && !ACTING.includes(app.role) ? "orders_visitor" : "waiting_view";
      segments.replaceChildren();
      foot.replaceChildren();
      body.replaceChildren();
      acts.replaceChildren();
      drawn = "";
      return list.replaceChildren(h("p", { class: "quiet" }, word(why)));
    }
    if (!sections().some(([name]) => name === section)) section = sections()[0][0];
    // Whoever is writing keeps their words and their keyboard.
    const writing = document.activeElement?.tagName === "TEXTAREA" && screen.contains(document.activeElement);
    form?.sync();
    const now = JSON.stringify([app.desk, app.role, app.office, app.watched, app.watchedView, app.state, section, opened, panels.choosing(), currentLanguage()]);
    if (now === drawn || (writing && drawn)) return;
    drawn = now;
    segments.replaceChildren(...sections().map(segment));
    const [above, below] = [list.scrollTop, body.scrollTop];
    list.replaceChildren(...rows());
    foot.replaceChildren(...footer());
    const found = content();
    screen.classList.toggle("open", found !== null);
    back.replaceChildren(icon("back"), word("to_list"));
    const same = body.dataset.of === `${section}/${opened}`;
    body.dataset.of = `${section}/${opened}`;
    if (!form || body.firstChild !== form.body[0]) {
      body.replaceChildren(...(found?.body ?? [h("p", { class: "quiet" }, word("choose_one"))]));
      acts.replaceChildren(...(found?.acts ?? []));
    }
    list.scrollTop = above;
    body.scrollTop = same ? below : 0;
  }

  screen.addEventListener("focusout", () => setTimeout(() => app.draw(), 0));

  return {
    element: screen,
    title: () => word("desk"),
    hint: () => (app.office && app.desk ? word("desk_of", { who: officeName(app) }) : word("desk_hint")),
    draw,
    tick: () => {},
    entered: () => section === "panels" && panels.enter(),
    left: () => panels.leave(),
    compose,
    wasGiven,
    writing: () => form !== null || [...answers.values()].some((text) => text.trim()),
  };
}

function officeName(app) {
  const found = app.desk.addressees.find((one) => one.id === app.office);
  return found ? said(found.name) : app.office;
}
