// Starts the page: pairing before there is a key, then the remote and the connection.

import { CallView } from "./call_view.js";
import { connectScreen } from "./connect_screen.js";
import { Connection } from "./connection.js";
import { deskScreen } from "./desk_screen.js";
import { h, icon } from "./dom.js";
import { forgetIdentity, loadIdentity } from "./identity.js";
import { onNewPage, registerWorker } from "./offline.js";
import { pairingScreen, takeCode } from "./pairing_screen.js";
import { remoteScreen } from "./remote_screen.js";
import { toast } from "./toast.js";
import { canVerify } from "./verification.js";
import { age, currentLanguage, followWall, said, word } from "./words.js";

const LISTENING_MS = 8000;
const OUT_RETRY_MS = 60000;
const REGISTER_MS = 1000;
const root = document.getElementById("app");
let running = null;
let again = 0;
let trusted = null;

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

async function start(note = null) {
  clearTimeout(again);
  const code = takeCode();
  const identity = code ? null : await loadIdentity().catch(() => null);
  if (identity) {
    run(identity);
  } else {
    pairingScreen(root, { code, note, trusted, onPaired: run });
  }
}

async function run(identity) {
  const buttons = await (await fetch("/buttons.json")).json();
  running?.stop();
  running = new App(identity, buttons);
}

class App {
  constructor(identity, buttons) {
    this.identity = identity;
    this.buttons = buttons;
    this.projection = null;
    this.desk = null;
    this.office = "";
    this.watched = "";
    this.watchedView = null;
    this.reported = new Set();
    this.confirmed_ms = Date.now();
    this.role = "";
    this.verifiable = false;
    this.canVerify = false;
    canVerify().then((can) => ((this.canVerify = can), this.draw()), () => {});
    this.lastAnswer = null;
    this.listening = false;
    this.holding = false;
    this.act = this.act.bind(this);
    this.setTheme = setTheme;
    this.calls = new CallView(this);
    this.screens = { remote: remoteScreen(this), desk: deskScreen(this), connect: connectScreen(this) };
    this.tab = "remote";
    this.title = h("h1");
    this.lamp = h("span", { class: "lamp", id: "state" });
    this.clock = h("time");
    this.banner = h("div", { class: "banner", id: "banner", hidden: true });
    this.asking = h("div", { class: "asking", id: "asking", hidden: true });
    this.body = h("div", { class: "body" });
    this.tabs = h("nav");
    root.replaceChildren(
      h("header", { class: "top" }, this.title, this.lamp, this.calls.slot, this.clock),
      this.banner,
      this.asking,
      this.body,
      this.tabs,
      this.calls.element,
      this.calls.choice,
    );
    this.connect();
    // A press that is under way must not lose the button under the finger.
    this.hold = () => (this.holding = true);
    this.release = () => setTimeout(() => ((this.holding = false), this.draw()), 0);
    root.addEventListener("pointerdown", this.hold);
    window.addEventListener("pointerup", this.release);
    window.addEventListener("pointercancel", this.release);
    this.timer = setInterval(() => this.tick(), 1000);
    this.show("remote");
  }

  get state() {
    return this.connection.state;
  }

  get trusted() {
    return trusted;
  }

  connect() {
    const connection = new Connection(this.identity);
    this.connection = connection;
    connection.addEventListener("state", () => this.draw());
    connection.addEventListener("welcome", ({ detail }) => {
      this.take(detail);
      this.identity.name = detail.name;
      if (this.watched) connection.lookAt(this.watched);
      this.calls.returned();
      this.draw();
    });
    connection.addEventListener("role", ({ detail }) => {
      this.take(detail);
      this.draw();
    });
    connection.addEventListener("projection", ({ detail }) => {
      this.projection = detail.projection;
      followWall(detail.projection.language);
      this.draw();
    });
    connection.addEventListener("desk", ({ detail }) => {
      this.remind(detail.desk);
      this.desk = detail.desk;
      this.acknowledge();
      this.draw();
    });
    connection.addEventListener("panel", ({ detail }) => {
      if (detail.projection.panel === this.watched) this.watchedView = detail.projection;
      this.draw();
    });
    connection.addEventListener("answer", ({ detail }) => this.answered(detail));
    connection.addEventListener("call", ({ detail }) => this.calls.heard(detail));
    connection.addEventListener("waiting", () => this.draw());
    connection.addEventListener("out", ({ detail }) => this.out(detail.reason));
  }

  act(command, args) {
    const fate = this.connection.submit(command, args);
    if (fate !== "asked") {
      toast({ status: fate === "waits" ? "queued" : "not-sent", reason: null });
      return;
    }
    if (command === "voice.listen") {
      this.listening = true;
      setTimeout(() => ((this.listening = false), this.draw()), LISTENING_MS);
    }
  }

  // A button that calls the wall about something; null where this tablet may not.
  callButton(matter) {
    return this.calls.button(matter);
  }

  // Yes to the wall's question; with the owner's own word where there is one.
  confirm() {
    if (!this.verifiable || !this.canVerify) {
      this.act("confirm.accept", {});
    } else if (this.connection.submitVerified("confirm.accept", {}) === "lost") {
      toast({ status: "not-sent", reason: null });
    }
  }

  enrol() {
    this.connection.enrol();
  }

  // Role, office, and whether the owner can be verified, as the wall has just told.
  take({ role, office, verifiable }) {
    if (office !== this.office) this.reported.clear();
    Object.assign(this, { role, office, verifiable });
  }

  // Whether this tablet may give orders.
  get gives() {
    return this.desk?.givers.includes(this.role) ?? false;
  }

  answered(detail) {
    if (detail.quiet) return;
    this.lastAnswer = detail;
    if (detail.command === "order.give") this.ordering = detail.status === "needs-confirm";
    if (detail.command === "confirm.accept" && detail.status === "done" && this.ordering) {
      this.ordering = false;
      this.screens.desk.wasGiven();
    }
    // What is asked back stands over the page already.
    if (detail.status !== "needs-confirm") toast(detail);
    this.draw();
  }

  // A sentence of this page's own.
  say(key) {
    toast({ status: "not-sent", reason: null, key });
  }

  give(order) {
    this.act("order.give", order);
  }

  // Those in charge say how far an order is: kept until the wall has it.
  report(order, state, text = "") {
    const told = text ? { order: order.id, state, text } : { order: order.id, state };
    if (this.connection.submit("order.report", told) === "waits") toast({ status: "queued", reason: null });
  }

  // The order lies open before those who are to act on it.
  seen(order) {
    if (["written", "sent", "delivered"].includes(order.state)) this.tellOnce(order, "read");
  }

  // The orders to this tablet's department have arrived.
  acknowledge() {
    for (const order of this.desk.orders) {
      const fresh = order.state === "written" || order.state === "sent";
      if (this.office && order.office === this.office && fresh) this.tellOnce(order, "delivered");
    }
  }

  tellOnce(order, state) {
    const key = `${order.id}.${state}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.connection.submit("order.report", { order: order.id, state }, { quiet: true });
  }

  // What has just arrived, or was just answered, is said on whatever screen is open.
  remind(desk) {
    const before = new Map((this.desk?.orders ?? []).map((order) => [order.id, order]));
    if (!this.desk) return;
    for (const order of desk.orders) {
      const mine = this.office && order.office === this.office;
      if (mine && !before.has(order.id)) toast({ status: "news", reason: null, key: "order_new", values: { text: order.text } });
      const heard = before.get(order.id)?.answer;
      if (this.gives && order.answer && order.answer !== heard) {
        toast({ status: "news", reason: null, key: "order_answered", values: { who: said(order.name), text: order.answer } });
      }
    }
  }

  // Looks at a panel on this tablet; empty: at none.
  watch(panel) {
    if (panel === this.watched) return;
    this.watched = panel;
    this.watchedView = null;
    this.connection.lookAt(panel);
  }

  compose(draft) {
    this.show("desk");
    this.screens.desk.compose(draft);
  }

  show(tab) {
    this.screens[this.tab].left?.();
    this.tab = tab;
    this.body.replaceChildren(this.screens[tab].element);
    this.screens[tab].entered?.();
    this.draw();
  }

  // How long ago the picture was last known to be the wall's: the wall tells every change, so while
  // it is here the picture is of now, and from the cut on its age grows.
  kept_ms() {
    return Date.now() - this.confirmed_ms;
  }

  draw() {
    if (this.holding) return;
    const screen = this.screens[this.tab];
    this.title.replaceChildren(screen.title(), h("small", {}, screen.hint()));
    this.lamp.className = `lamp ${this.state}`;
    const text = word(this.state === "lost" ? "connecting" : this.state);
    const role = this.role ? h("span", {}, `${this.identity.name}, ${word(`role_${this.role}`)}`) : null;
    this.lamp.replaceChildren(h("i"), text, ...(role ? [role] : []));
    this.drawBanner();
    this.drawQuestion();
    this.calls.drawSlot();
    this.tabs.replaceChildren(
      this.tabButton("remote", "hand", "remote"),
      this.tabButton("desk", "desk", "desk"),
      this.tabButton("connect", "tablet", "connection"),
    );
    screen.draw();
    this.tick();
  }

  drawBanner() {
    const waiting = this.connection.waiting.size;
    const trouble = this.state !== "here" && (this.projection !== null || this.state !== "connecting");
    this.banner.hidden = !trouble;
    if (!trouble) return;
    const kept = this.projection
      ? word("kept", { age: age(this.kept_ms()) })
      : "";
    const queue = waiting ? word("waiting_to_send", { n: waiting }) : "";
    this.banner.replaceChildren(
      icon("struck"),
      h("b", {}, word(this.state)),
      h("span", {}, kept),
      h("span", { id: "waiting" }, queue),
    );
  }

  // What the wall asks back can be answered whatever this tablet shows.
  drawQuestion() {
    const question = this.state === "here" ? this.projection?.question : null;
    const now = question ? JSON.stringify([question, currentLanguage()]) : "";
    if (now === this.asked) return;
    this.asked = now;
    this.asking.hidden = !question;
    this.asking.replaceChildren();
    if (!question) return;
    this.asking.append(
      h("span", {}, h("span", { class: "note" }, word("asks")), h("b", {}, said(question))),
      h("button", { class: "primary", "data-press": true, onclick: () => this.confirm() }, word("confirm")),
      h("button", { class: "plain", "data-press": true, onclick: () => this.act("confirm.cancel", {}) }, word("cancel")),
    );
  }

  tabButton(tab, name, label) {
    const current = this.tab === tab ? "page" : null;
    const press = () => this.show(tab);
    return h("button", { "aria-current": current, id: `tab-${tab}`, onclick: press }, icon(name), word(label));
  }

  tick() {
    if (this.state === "here") this.confirmed_ms = Date.now();
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    this.clock.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    this.drawBanner();
    this.screens[this.tab].tick();
  }

  // The wall wants this tablet no more: nothing of the city stays on it. The key is kept and tried
  // again now and then, because a wall that has just lost its list turns everybody away, too.
  out(reason) {
    this.stop();
    this.projection = this.desk = this.watchedView = null;
    document.getElementById("toast").replaceChildren();
    const note = reason === "revoked" ? word("revoked") : null;
    pairingScreen(root, { code: null, note, trusted, onPaired: run });
    again = setTimeout(start, OUT_RETRY_MS, note);
  }

  async forget() {
    this.stop();
    await forgetIdentity();
    start();
  }

  stop() {
    clearInterval(this.timer);
    root.removeEventListener("pointerdown", this.hold);
    window.removeEventListener("pointerup", this.release);
    window.removeEventListener("pointercancel", this.release);
    this.calls.stop();
    this.connection.stop();
    running = null;
  }
}

async function begin() {
  // A pairing under way is not cut short by a newer page; the next opening shows it.
  onNewPage(() => running && !running.screens.desk.writing() && location.reload());
  const late = new Promise((resolve) => setTimeout(resolve, REGISTER_MS, null));
  trusted = await Promise.race([registerWorker(), late]);
  await start();
}

setTheme(localStorage.getItem("theme") ?? "dark");
window.addEventListener("hashchange", () => {
  running?.stop();
  start();
});
begin();
