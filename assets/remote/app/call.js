// A call's media on this tablet: what it sends, what it shows and plays, and its way back after a
// cut. Nothing is sent before this tablet's owner and the wall have both said yes.

import { CallWays } from "./call_ways.js";

const LOST_MS = 2000;
const RETRY_MS = 1500;
const PICTURE = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 20, max: 24 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

// Events (CustomEvent): `change` whenever what is to be drawn is another, `sends` {camera,
// microphone} when what this tablet sends is another.
export class CallMedia extends EventTarget {
  // `offer(sdp)` brings an offer to the wall, `answer(way, sdp)` what is said to what comes of
  // another tablet; false while it can't be brought. `several`: over the server that passes
  // pictures and sound on, else with the wall alone.
  constructor(offer, answer, several) {
    super();
    this.offer = offer;
    this.answer = answer;
    this.several = several;
    this.ways = new CallWays();
    this.ways.addEventListener("change", () => this.changed());
    this.own = { audio: null, video: null };
    this.wanted = { audio: true, video: true };
    this.trouble = "";
    this.theirs = new MediaStream();
    this.mine = new MediaStream();
    this.peer = null;
    this.closed = false;
    this.lost_ms = 0;
    this.asked_ms = 0;
    this.watch = setInterval(() => this.look(), 500);
  }

  get connected() {
    return this.peer?.connectionState === "connected";
  }

  // Camera and microphone, then the first offer. What is not there is done without.
  async begin() {
    await Promise.all([this.open("audio"), this.open("video")]);
    if (this.closed) return this.release();
    this.tell();
    await this.connect();
  }

  async open(kind) {
    if (!this.wanted[kind] || this.own[kind]) return;
    const wish = kind === "audio" ? { audio: SOUND } : { video: PICTURE };
    try {
      const stream = await navigator.mediaDevices.getUserMedia(wish);
      [this.own[kind]] = stream.getTracks();
    } catch (error) {
      this.wanted[kind] = false;
      this.trouble = error.name === "NotAllowedError" ? "call_not_allowed" : "call_no_device";
      return;
    }
    if (kind === "video") this.mine.addTrack(this.own.video);
  }

  shut(kind) {
    const track = this.own[kind];
    if (!track) return;
    track.stop(); // the tablet's own lamp goes out
    this.mine.removeTrack(track);
    this.own[kind] = null;
  }

  // The call has become one of several, or of two again.
  turn(several) {
    if (several === this.several) return;
    this.several = several;
    for (const track of this.theirs.getTracks()) this.theirs.removeTrack(track);
    if (this.peer) this.connect();
  }

  // What comes of another.
  async led(name, sdp) {
    const answer = await this.ways.take(name, sdp);
    if (answer) this.answer(name, answer);
  }

  // A new connection; the one before ends. Also the way back after a cut.
  async connect() {
    if (this.closed) return;
    this.asked_ms = Date.now();
    this.drop();
    const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
    this.peer = peer;
    for (const kind of ["audio", "video"]) {
      const direction = this.several ? "sendonly" : "sendrecv";
      const made = peer.addTransceiver(this.own[kind] ?? kind, { direction });
      made.setCodecPreferences?.(preferred(kind));
    }
    peer.ontrack = ({ track }) => {
      for (const old of this.theirs.getTracks()) {
        if (old.kind === track.kind) this.theirs.removeTrack(old);
      }
      this.theirs.addTrack(track);
      track.onmute = track.onunmute = () => this.changed();
      this.changed();
    };
    peer.onconnectionstatechange = () => this.changed();
    await peer.setLocalDescription(await peer.createOffer());
    if (this.peer !== peer) return;
    // No addresses are waited for: the wall learns this tablet's from its packets.
    this.offer(peer.localDescription.sdp);
  }

  async answered(sdp) {
    const peer = this.peer;
    if (!sdp || !peer || peer.signalingState !== "have-local-offer") return;
    await peer.setRemoteDescription({ type: "answer", sdp }).catch(() => {});
  }

  // The network is back, or the page is: what had stopped is asked for anew.
  returned() {
    if (this.peer && !this.connected) this.connect();
  }

  look() {
    if (this.closed || !this.peer) return;
    if (this.connected && !this.ways.lost) {
      this.lost_ms = 0;
      return;
    }
    const now = Date.now();
    this.lost_ms ||= now;
    if (now - this.lost_ms > LOST_MS && now - this.asked_ms > RETRY_MS) this.connect();
  }

  async toggle(kind) {
    this.wanted[kind] = !this.wanted[kind];
    this.trouble = "";
    if (this.wanted[kind]) await this.open(kind);
    else this.shut(kind);
    if (this.closed) return this.release();
    const sender = this.peer?.getTransceivers().find((t) => t.receiver.track.kind === kind)?.sender;
    await sender?.replaceTrack(this.own[kind]);
    this.tell();
  }

  get sends() {
    return { camera: this.own.video !== null, microphone: this.own.audio !== null };
  }

  tell() {
    this.dispatchEvent(new CustomEvent("sends", { detail: this.sends }));
    this.changed();
  }

  changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }

  drop() {
    this.ways.close();
    if (!this.peer) return;
    this.peer.ontrack = this.peer.onconnectionstatechange = null;
    this.peer.close();
    this.peer = null;
  }

  release() {
    this.shut("audio");
    this.shut("video");
  }

  close() {
    this.closed = true;
    clearInterval(this.watch);
    this.drop();
    this.release();
    for (const track of this.theirs.getTracks()) this.theirs.removeTrack(track);
  }
}

// The one codec of each kind that the wall speaks: what it would leave out is not even said.
function preferred(kind) {
  const wanted = kind === "audio" ? ["audio/opus"] : ["video/vp8", "video/rtx"];
  const known = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  return known.filter((codec) => wanted.includes(codec.mimeType.toLowerCase()));
}
