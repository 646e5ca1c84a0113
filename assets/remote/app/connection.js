// The one WebSocket to the wall: opens, proves, comes back by itself, and asks without doubling.

import { signConnect, signPair } from "./identity.js";
import { load, save } from "./store.js";
import { enrolled, verified } from "./verification.js";

const RETRY_MS = [100, 250, 500, 1000, 1500];
const ANSWER_MS = 6000;
const STALLED_MS = 5000;
// An attempt whose packets were swallowed is not waited for: another one begins beside it.
const BESIDE_MS = 1000;
// So many are under way at most: with fewer there would be pauses while old ones run out.
const ATTEMPTS = STALLED_MS / BESIDE_MS + 1;
// The wall says something every two seconds.
const SILENT_MS = 6000;
const LOST_ATTEMPTS = 2;
const WAITING = "waiting";
// What may wait for a connection: an official's word about an order stays true. What moves the wall
// does not wait: minutes later it would move under somebody else's eyes.
const MAY_WAIT = new Set(["order.report"]);

function openSocket() {
  return new WebSocket(`wss://${location.host}/ws`);
}

function requestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// One pairing attempt. Calls `onCheck(nonce, expires_ms on this tablet's clock)` when a person has to
// compare; resolves to {device} or {refused}. `cancel()` on the returned handle gives up.
export function startPairing({ code, key, jwk, name, onCheck }) {
  const socket = openSocket();
  let nonce = "";
  const done = new Promise((resolve) => {
    socket.onmessage = async ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "challenge") {
        nonce = message.nonce;
        const signature = await signPair(key, nonce, code);
        socket.send(JSON.stringify({ type: "pair", code, key: jwk, name, signature }));
      } else if (message.type === "check") {
        onCheck(nonce, Date.now() + message.expires_ms - message.server_ms);
      } else if (message.type === "paired") {
        resolve({ device: message.device });
      } else if (message.type === "refused") {
        resolve({ refused: message.reason });
      }
    };
    socket.onclose = () => resolve({ refused: "no" });
  }).finally(() => socket.close());
  const cancel = () => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "cancel" }));
    socket.close();
  };
  return { done, cancel };
}

// Events (CustomEvent detail): `state` {state}, `projection` {projection, sent_ms}, `desk` {desk},
// `panel` {projection}, `answer` {request, status, reason, command, quiet}, `welcome` {device, name,
// role, office}, `out` {reason}, `waiting` {}, `call` {type, call, ...} (see call_view.js).
// States: connecting, starting, here, away, lost.
export class Connection extends EventTarget {
  constructor(identity) {
    super();
    this.identity = identity;
    this.state = "connecting";
    this.attempt = 0;
    this.pending = new Map();
    this.waiting = new Map();
    this.unproven = new Map();
    this.socket = null;
    this.opening = new Set();
    this.heard_ms = 0;
    this.watch = setInterval(() => this.listen(), 1000);
    this.retry = 0;
    this.stopped = false;
    this.wake = () => this.hurry();
    window.addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.open();
    this.remember();
  }

  // What waited when the page was closed.
  async remember() {
    for (const [request, asked] of (await load(WAITING).catch(() => null)) ?? []) {
      if (!this.waiting.has(request)) this.waiting.set(request, asked);
    }
    if (this.state === "here") this.sendWaiting();
    this.tell("waiting", {});
  }

  get connected() {
    return this.state === "here" || this.state === "away";
  }

  // Asks, or lets it wait; "lost" when it can be neither sent nor kept. `quiet`: the page speaks by
  // itself, its user did nothing and is told nothing.
  submit(command, args, { quiet = false } = {}) {
    const request = requestId();
    if (MAY_WAIT.has(command)) {
      // Kept before it is sent: a cut that nobody has noticed yet loses nothing.
      this.waiting.set(request, { command, args, quiet });
      this.keepWaiting();
      if (this.state !== "here") return "waits";
    } else if (!this.connected) {
      return "lost";
    }
    this.ask(request, command, args, null, quiet);
    return "asked";
  }

  // What this tablet would send and take in the call that it is in; false: it can't be sent now.
  offerCall(call, sdp) {
    return this.sayOfCall({ type: "call_offer", call, sdp });
  }

  // In a call of several: the answer to what comes of another.
  answerWay(call, way, sdp) {
    return this.sayOfCall({ type: "call_way_answer", call, way, sdp });
  }

  sayOfCall(message) {
    if (!this.connected) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  keepWaiting() {
    save(WAITING, [...this.waiting]).catch(() => {});
    this.tell("waiting", {});
  }

  // Under the ids that they were kept with: whatever is sent twice is run once.
  sendWaiting() {
    for (const [request, { command, args }] of this.waiting) this.ask(request, command, args);
  }

  // Asks for what a panel shows, whatever the wall shows; empty: for none.
  lookAt(panel) {
    if (this.connected) this.socket.send(JSON.stringify({ type: "watch", panel }));
  }

  // Where a finger points on the wall, in 0-1 of it; without a place: nowhere any more.
  point(x = null, y = null) {
    if (this.connected) this.socket.send(JSON.stringify({ type: "point", x, y }));
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.watch);
    window.removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    for (const asked of this.pending.values()) clearTimeout(asked.timer);
    for (const socket of this.opening) socket.close();
    this.socket?.close();
  }

  // The same with the word of the tablet's owner: the wall says what is to be signed.
  submitVerified(command, args) {
    if (!this.connected) return "lost";
    const request = requestId();
    this.unproven.set(request, { command, args });
    this.socket.send(JSON.stringify({ type: "verify", request }));
    return "asked";
  }

  enrol() {
    if (this.connected) this.socket.send(JSON.stringify({ type: "enrol" }));
  }

  async prove({ request, options }, socket) {
    const wanted = this.unproven.get(request);
    this.unproven.delete(request);
    if (!wanted) return;
    const proof = await verified(options);
    if (proof === null) {
      this.tell("answer", { request, status: "unverified", reason: null });
    } else if (socket.readyState === WebSocket.OPEN) {
      this.ask(request, wanted.command, wanted.args, proof);
    }
  }

  async answerEnrolment({ options }, socket) {
    const answer = await enrolled(options);
    if (answer === null) {
      this.tell("answer", { request: "", status: "unverified", reason: null });
    } else if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ type: "enrolled", answer }));
      this.tell("answer", { request: "", status: "enrolling", reason: null });
    }
  }

  // Sends a command; the answer comes as an `answer` event.
  ask(request, command, args, proof = null, quiet = false) {
    const message = { type: "command", request, command, args };
    const text = JSON.stringify(proof ? { ...message, proof } : message);
    const timer = setTimeout(() => this.settle(request, "no-answer", null), ANSWER_MS);
    clearTimeout(this.pending.get(request)?.timer);
    this.pending.set(request, { text, timer, command, quiet });
    if (this.connected) this.socket.send(text);
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.tell("state", { state });
    if (state === "here") this.sendWaiting();
  }

  settle(request, status, reason) {
    const asked = this.pending.get(request);
    if (!asked) return;
    clearTimeout(asked.timer);
    this.pending.delete(request);
    const quiet = this.waiting.get(request)?.quiet ?? asked.quiet;
    if (this.waiting.has(request) && status !== "away" && status !== "no-answer") {
      this.waiting.delete(request);
      this.keepWaiting();
    }
    this.tell("answer", { request, status, reason, command: asked.command, quiet });
  }

  hurry() {
    if (this.stopped || document.visibilityState === "hidden") return;
    this.listen();
    if (this.socket === null && this.opening.size === 0) {
      clearTimeout(this.retry);
      this.open();
    }
  }

  // A network that is gone closes no socket.
  listen() {
    const socket = this.socket;
    if (this.stopped || socket === null || Date.now() - this.heard_ms < SILENT_MS) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
    this.dropped();
  }

  open() {
    const socket = openSocket();
    this.opening.add(socket);
    // A network that swallows packets never fails by itself: give up soon and try anew.
    const timers = [
      setTimeout(() => socket.close(), STALLED_MS),
      setTimeout(() => this.openBeside(), BESIDE_MS),
    ];
    socket.onmessage = ({ data }) => {
      timers.forEach(clearTimeout);
      if (this.choose(socket)) this.heard(JSON.parse(data), socket);
    };
    socket.onclose = () => {
      timers.forEach(clearTimeout);
      this.opening.delete(socket);
      if (this.socket === socket || (this.socket === null && this.opening.size === 0)) this.dropped();
    };
  }

  openBeside() {
    if (!this.stopped && this.socket === null && this.opening.size < ATTEMPTS) this.open();
  }

  // The first attempt that the wall answers is the connection; the others end.
  choose(socket) {
    this.heard_ms = Date.now();
    if (this.socket === socket) return true;
    if (this.socket !== null) return false;
    this.socket = socket;
    this.opening.delete(socket);
    for (const other of this.opening) {
      other.onclose = null;
      other.close();
    }
    this.opening.clear();
    return true;
  }

  dropped() {
    this.socket = null;
    if (this.stopped) return;
    this.attempt += 1;
    const lost = this.welcomed || this.attempt >= LOST_ATTEMPTS;
    if (this.state !== "starting") this.become(lost ? "lost" : "connecting");
    const wait = RETRY_MS[Math.min(this.attempt - 1, RETRY_MS.length - 1)];
    this.retry = setTimeout(() => this.open(), wait);
  }

  async heard(message, socket) {
    switch (message.type) {
      case "challenge": {
        const { key, device } = this.identity;
        const signature = await signConnect(key, message.nonce, device);
        if (socket.readyState === WebSocket.OPEN) {
          socket.send(JSON.stringify({ type: "prove", device, signature }));
        }
        break;
      }
      case "welcome":
        this.welcomed = true;
        this.attempt = 0;
        this.tell("welcome", message);
        // What was asked but not answered is asked again under the same id: the wall runs it once.
        for (const { text } of this.pending.values()) socket.send(text);
        this.become(message.wall);
        break;
      case "wall":
        this.become(message.state);
        break;
      case "call":
      case "call_answer":
      case "call_way":
      case "call_over":
        this.tell("call", message);
        break;
      case "projection":
      case "desk":
      case "panel":
        this.tell(message.type, message);
        break;
      case "answer":
        if (this.pending.has(message.request)) {
          this.settle(message.request, message.status, message.reason);
        } else if (this.unproven.delete(message.request) || message.request === "") {
          this.tell("answer", message);
        }
        break;
      case "verify_with":
        this.prove(message, socket);
        break;
      case "enrol_with":
        this.answerEnrolment(message, socket);
        break;
      case "role":
        this.tell("role", message);
        break;
      case "refused":
        if (message.reason === "later") {
          this.become("starting");
        } else {
          this.tell("out", { reason: "refused" });
        }
        break;
      case "bye":
        if (message.reason === "revoked") this.tell("out", { reason: "revoked" });
        break;
    }
  }
}
