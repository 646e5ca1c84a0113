// Calls on this page: the ring, the picture with its lamps and buttons, and the button that calls
// the wall. It stands over every screen of the page, so that a ring is seen wherever one is.

import { CallMedia } from "./call.js";
import { callIcon } from "./call_icons.js";
import { h } from "./dom.js";
import { Ring } from "./ring.js";
import { toast } from "./toast.js";
import { currentLanguage, said, word } from "./words.js";

const ACTING = ["mayor", "official"];
const WALL = "wall-wall";
const ACCEPTED = ["connecting", "talking", "lost"];

export class CallView {
  constructor(app) {
    this.app = app;
    this.call = null;
    this.media = null;
    this.sure = 0;
    this.large = true;
    this.wanting = false;
    this.taking = "";
    this.tiles = new Map();
    this.ring = new Ring();
    this.slot = h("span", { class: "call-slot" });
    this.slotFor = "";
    this.theirs = h("video", { autoplay: true, playsinline: true, id: "call-theirs" });
    this.mine = h("video", { autoplay: true, playsinline: true, id: "call-mine" });
    this.mine.muted = true;
    this.grid = h("div", { class: "call-grid", id: "call-grid" });
    this.choice = h("section", { class: "call ring call-choice", id: "call-choice", hidden: true, role: "dialog" });
    this.bar = h("div", { class: "call-bar" });
    this.head = h("div", { class: "call-head" });
    this.element = h(
      "section",
      { class: "call", id: "call", hidden: true, role: "dialog", "aria-live": "assertive" },
      h("div", { class: "call-picture" }, this.theirs, this.grid, this.mine),
      this.head,
      this.bar,
    );
    this.timer = setInterval(() => this.call && this.drawHead(), 1000);
    this.drawn = "";
  }

  // ---- what the wall says

  heard(message) {
    if (message.type === "call") this.now(message);
    else if (message.type === "call_answer") this.answered(message);
    else if (message.type === "call_way") this.led(message);
    else if (message.type === "call_over" && message.call === this.call?.call) this.over(message.reason);
  }

  now(call) {
    call.ahead_ms = Date.now() - call.server_ms;
    const mine = call.side === "mine";
    this.call = call;
    // Who rang the wall from this window has said yes by doing so; other windows only look on.
    if (call.phase === "asking" && this.wanting) {
      this.wanting = false;
      this.taking = call.call;
    }
    if (mine && ACCEPTED.includes(call.phase) && this.taking === call.call && !this.media) this.begin();
    if (!mine && ACCEPTED.includes(call.phase) && !call.others.length) return this.over(null);
    this.media?.turn(this.kind);
    this.media?.ways.keep([WALL, ...call.others.map((other) => other.way)]);
    this.draw();
  }

  // Whether this tablet is in a call with more than the wall.
  get several() {
    return this.call?.side === "mine" && this.call.others.length > 0;
  }

  get kind() {
    if (this.call.peer) return this.call.offers ? "caller" : "callee";
    return this.several ? "several" : "wall";
  }

  begin() {
    const call = this.call.call;
    const connection = this.app.connection;
    this.media = new CallMedia(
      (sdp) => connection.offerCall(call, sdp),
      (way, sdp) => connection.answerWay(call, way, sdp),
      this.kind,
    );
    this.media.addEventListener("change", () => this.draw());
    this.media.addEventListener("sends", ({ detail }) => {
      // Between two tablets the wall is told nothing of it: the picture itself says so.
      if (!this.call.peer) this.app.connection.submit("call.sends", detail, { quiet: true });
    });
    this.theirs.srcObject = this.media.theirs;
    this.mine.srcObject = this.media.mine;
    this.media.begin();
  }

  answered({ call, sdp }) {
    if (call === this.call?.call) this.media?.answered(sdp);
  }

  led({ call, way, sdp }) {
    if (call === this.call?.call) this.media?.led(way, sdp);
  }

  // The connection to the wall is back.
  returned() {
    this.media?.returned();
  }

  over(reason) {
    this.media?.close();
    this.media = null;
    this.call = null;
    this.taking = "";
    this.theirs.srcObject = this.mine.srcObject = null;
    if (reason && said(reason)) toast({ status: "done", reason });
    this.draw();
  }

  stop() {
    clearInterval(this.timer);
    this.over(null);
    this.element.remove();
    this.choice.remove();
  }

  // ---- what a person does

  // The button that is there on every screen.
  drawSlot() {
    const now = JSON.stringify([this.app.role, currentLanguage(), this.others().length > 0]);
    if (now === this.slotFor) return;
    this.slotFor = now;
    this.slot.replaceChildren(...[this.button()].filter(Boolean));
  }

  // Calls the wall; asked twice, because it rings in somebody's room.
  button({ about = "" } = {}) {
    if (!ACTING.includes(this.app.role) || !navigator.mediaDevices) return null;
    const press = () => {
      if (this.call) return;
      if (this.others().length) return this.choose(about);
      if (Date.now() - this.sure > 5000) {
        this.sure = Date.now();
        label.textContent = word("call_wall_sure");
        setTimeout(() => (label.textContent = word("call_wall")), 5000);
        return;
      }
      this.sure = 0;
      label.textContent = word("call_wall");
      this.wanting = true;
      this.app.act("call.ring", { about });
    };
    const label = h("span", {}, word(this.others().length ? "call_any" : "call_wall"));
    return h("button", { class: "plain call-wall", "data-press": true, onclick: press }, callIcon("phone"), label);
  }

  // The other tablets that can be called now.
  others() {
    return (this.app.desk?.reachable ?? []).filter((one) => one.device !== this.app.identity.device);
  }

  // Whom to call: the wall, or another tablet.
  choose(about) {
    const close = () => (this.choice.hidden = true);
    const ring = (command, args) => {
      close();
      this.wanting = true;
      this.app.act(command, { ...args, about });
    };
    const button = (name, note, press) =>
      h("button", { class: "plain call-whom", "data-press": true, onclick: press }, callIcon("phone"), h("b", {}, name), h("span", {}, note));
    this.choice.replaceChildren(
      h("div", { class: "call-head" }, h("b", {}, word("call_whom"))),
      h(
        "div",
        { class: "call-list" },
        button(word("call_the_wall"), "", () => ring("call.ring", {})),
        ...this.others().map((one) => button(one.name, said(one.office), () => ring("talk.ring", { to: one.device }))),
      ),
      h("div", { class: "call-bar" }, h("button", { class: "plain", "data-press": true, id: "call-nobody", onclick: close }, word("call_nobody"))),
    );
    this.choice.hidden = false;
  }

  take() {
    const { call, peer } = this.call;
    this.taking = call;
    if (peer) this.app.act("talk.take", { talk: call });
    else this.app.act("call.take", { call });
  }

  end() {
    if (this.call.peer) this.app.act("talk.end", { talk: this.call.call });
    else this.app.act("call.end", {});
    if (this.app.state !== "here") this.over(null);
  }

  // ---- drawing

  draw() {
    const call = this.call;
    this.element.hidden = call === null;
    this.ring.set(call?.side === "ringing" && !this.media);
    if (!call) return;
    const media = this.media;
    const theirPicture = media?.theirs.getVideoTracks().some((track) => !track.muted) && call.wall.camera;
    const seen = media && this.several ? this.people().map(({ way }) => media.ways.sees(way)) : [];
    const now = JSON.stringify([call, media?.sends, media?.trouble, media?.connected, theirPicture, seen, currentLanguage(), this.large]);
    if (now === this.drawn) return;
    this.drawn = now;
    this.element.className = `call ${media ? "on" : "ring"} ${this.large ? "large" : "small"}`;
    this.theirs.classList.toggle("gone", !theirPicture);
    this.theirs.hidden = this.several;
    this.mine.hidden = !media?.sends.camera;
    this.drawGrid(media);
    this.drawHead();
    this.bar.replaceChildren(...(media ? this.talkButtons(media) : this.ringButtons(call)));
  }

  // The others of a call of several: the wall first, then as they came.
  people() {
    const { wall, others } = this.call;
    return [{ way: WALL, name: word("call_the_wall"), sends: wall }, ...others];
  }

  drawGrid(media) {
    const people = media && this.several ? this.people() : [];
    this.grid.hidden = people.length === 0;
    this.grid.dataset.count = people.length + (this.mine.hidden ? 0 : 1);
    const place = people.length ? this.grid : this.grid.parentElement;
    if (this.mine.parentElement !== place) {
      place.append(this.mine); // one among the others, or over the one other
      this.mine.play().catch(() => {});
    }
    for (const way of [...this.tiles.keys()]) {
      if (!people.some((one) => one.way === way)) {
        this.tiles.get(way).remove();
        this.tiles.delete(way);
      }
    }
    for (const { way, name, sends } of people) {
      const tile = this.tiles.get(way) ?? this.tile(way);
      const [video, caption] = tile.children;
      const stream = media.ways.stream(way);
      if (video.srcObject !== stream) video.srcObject = stream;
      const sees = sends.camera && media.ways.sees(way);
      video.classList.toggle("gone", !sees);
      const state = !sends.camera ? word("call_camera_is_off") : !sees ? word("call_waits") : "";
      const muted = sends.microphone ? "" : word("call_is_muted");
      caption.replaceChildren(h("b", {}, name), h("span", {}, [state, muted].filter(Boolean).join(" · ")));
    }
  }

  tile(way) {
    const video = h("video", { autoplay: true, playsinline: true });
    const tile = h("figure", { class: "call-tile", "data-way": way }, video, h("figcaption", {}));
    this.tiles.set(way, tile);
    this.grid.append(tile);
    return tile;
  }

  drawHead() {
    const { call, media } = this;
    if (!call) return;
    const lines = [h("b", {}, this.title(call)), h("span", {}, this.facts(call))];
    const lamps = media ? [this.lamp("camera", media.sends.camera), this.lamp("microphone", media.sends.microphone)] : [];
    this.head.replaceChildren(h("span", { class: "call-words" }, lines), h("span", { class: "call-lamps" }, lamps));
  }

  title(call) {
    if (call.peer && call.side === "ringing") return word("call_peer_rings", { name: call.peer });
    if (call.peer && call.phase === "asking") return word("call_ringing_peer", { name: call.peer });
    if (call.side === "ringing") return word(call.others.length ? "call_several_ring" : "call_wall_rings");
    if (call.phase === "asking") return word("call_ringing_wall");
    if (call.phase === "connecting") return word("call_connecting");
    if (call.phase === "lost" || (this.media && !this.media.connected)) return word("call_lost");
    const seconds = Math.max(0, Math.round((Date.now() - call.ahead_ms - call.begun_ms) / 1000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    return word("call_talking", { time });
  }

  facts(call) {
    const { media } = this;
    const parts = [];
    if (media && call.peer) parts.push(call.peer);
    if (!media && call.others.length) parts.push(word("call_with", { names: call.others.map((other) => other.name).join(", ") }));
    if (media && call.called.length) parts.push(word("call_called", { names: call.called.join(", ") }));
    if (said(call.about)) parts.push(word("call_about", { about: said(call.about) }));
    if (!media && call.side === "mine" && ACCEPTED.includes(call.phase)) parts.push(word("call_other_window"));
    if (media) {
      if (!call.wall.camera) parts.push(word("call_wall_hidden"));
      if (!call.wall.microphone) parts.push(word("call_wall_muted"));
      if (call.missing.length) parts.push(word("call_missing", { things: call.missing.map((thing) => word(`call_thing_${thing}`)).join(", ") }));
      if (media.trouble) parts.push(word(media.trouble));
    } else if (call.side === "ringing") {
      parts.push(word(call.others.length ? "call_take_hint_several" : "call_take_hint"));
    }
    return parts.join(" · ");
  }

  lamp(kind, on) {
    const label = word(`call_${kind}_${on ? "on" : "off"}`);
    return h("span", { class: on ? "call-lamp on" : "call-lamp", "data-lamp": kind }, h("i"), label);
  }

  ringButtons(call) {
    const rings = call.side === "ringing";
    const decline = rings ? "call_decline" : ACCEPTED.includes(call.phase) ? "call_end" : "call_give_up";
    const end = h("button", { class: "end", "data-press": true, id: "call-end", onclick: () => this.end() }, callIcon("hangup"), h("span", {}, word(decline)));
    if (ACCEPTED.includes(call.phase) && !rings) {
      // This page was opened anew, or in another window: it goes on here, where one presses.
      const here = () => ((this.taking = call.call), this.begin(), this.draw());
      const go_on = h("button", { class: "primary", "data-press": true, id: "call-here", onclick: here }, callIcon("phone"), h("span", {}, word("call_here")));
      return [go_on, end];
    }
    if (!rings) return [end];
    const take = h("button", { class: "primary", "data-press": true, id: "call-take", onclick: () => this.take() }, callIcon("phone"), h("span", {}, word("call_take")));
    return [take, end];
  }

  talkButtons(media) {
    const { camera, microphone } = media.sends;
    const toggle = (kind, name, on, label) =>
      h(
        "button",
        { class: "plain", "data-press": true, id: `call-${kind}`, "aria-pressed": String(on), onclick: () => media.toggle(kind) },
        callIcon(on ? name : `${name}_off`),
        h("span", {}, word(label)),
      );
    const size = () => ((this.large = !this.large), this.draw());
    return [
      toggle("audio", "microphone", microphone, microphone ? "call_mute" : "call_unmute"),
      toggle("video", "camera", camera, camera ? "call_hide" : "call_show"),
      h("button", { class: "plain", "data-press": true, id: "call-size", onclick: size }, callIcon(this.large ? "smaller" : "larger"), h("span", {}, word(this.large ? "call_smaller" : "call_larger"))),
      h("button", { class: "end", "data-press": true, id: "call-end", onclick: () => this.end() }, callIcon("hangup"), h("span", {}, word("call_end"))),
    ];
  }
}
