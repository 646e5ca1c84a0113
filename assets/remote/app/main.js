// Starts the page: pairing before there is a key, then the remote and the connection.

import { connectScreen } from "./connect_screen.js";
import { Connection } from "./connection.js";
import { h, icon } from "./dom.js";
import { forgetIdentity, loadIdentity } from "./identity.js";
import { onNewPage, registerWorker } from "./offline.js";
import { ordersScreen } from "./orders_screen.js";
import { pairingScreen, takeCode } from "./pairing_screen.js";
import { remoteScreen } from "./remote_screen.js";
import { toast } from "./toast.js";
import { canVerify } from "./verification.js";
import { age, setLanguage, word } from "./words.js";

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
    this.screens = { remote: remoteScreen(this), orders: ordersScreen(this), connect: connectScreen(this) };
    this.tab = "remote";
    this.title = h("h1");
    this.lamp = h("span", { class: "lamp", id: "state" });
    this.clock = h("time");
    this.banner = h("div", { class: "banner", id: "banner", hidden: true });
    this.body = h("div", { class: "body" });
    this.tabs = h("nav");
    root.replaceChildren(
      h("header", { class: "top" }, this.title, this.lamp, this.clock),
      this.banner,
      this.body,
      this.tabs,
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
      this.role = detail.role;
      this.verifiable = detail.verifiable;
      this.identity.name = detail.name;
      this.draw();
    });
    connection.addEventListener("role", ({ detail }) => {
      this.role = detail.role;
      this.verifiable = detail.verifiable;
      this.draw();
    });
    connection.addEventListener("projection", ({ detail }) => {
      this.projection = detail.projection;
      setLanguage(detail.projection.language);
      this.draw();
    });
    connection.addEventListener("answer", ({ detail }) => {
      this.lastAnswer = detail;
      toast(detail);
      this.draw();
    });
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

  show(tab) {
    this.screens[this.tab].left?.();
    this.tab = tab;
    this.body.replaceChildren(this.screens[tab].element);
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
    this.tabs.replaceChildren(
      this.tabButton("remote", "hand", "remote"),
      this.tabButton("orders", "check", "orders"),
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
    this.projection = null;
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
    this.connection.stop();
    running = null;
  }
}

async function begin() {
  // A pairing under way is not cut short by a newer page; the next opening shows it.
  onNewPage(() => running && location.reload());
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
