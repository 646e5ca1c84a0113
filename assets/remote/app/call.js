// A call's media on this tablet: what it sends, what it shows and plays, and its way back after a
// cut. Nothing is sent before this tablet's owner and the wall have both said yes.

import { CallWays } from "./call_ways.js";

const LOST_MS = 2000;
const RETRY_MS = 1500;
const GATHER_MS = 1500;
const PICTURE = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 20, max: 24 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

// Events (CustomEvent): `change` whenever what is to be drawn is another, `sends` {camera,
// microphone} when what this tablet sends is another.
export class CallMedia extends EventTarget {
  // `offer(sdp)` brings an offer to the wall, `answer(way, sdp)` what is said to an offer of the
  // other side; false while it can't be brought. `kind`: "wall" for a call with the wall, "several"
  // over the server that passes pictures and sound on, "caller" and "callee" between two tablets.
  constructor(offer, answer, kind) {
    super();
    this.offer = offer;
    this.answer = answer;
    this.kind = kind;
    this.opened = null;
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
    this.opened = Promise.all([this.open("audio"), this.open("video")]);
    await this.opened;
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
  turn(kind) {
    if (kind === this.kind) return;
    this.kind = kind;
    for (const track of this.theirs.getTracks()) this.theirs.removeTrack(track);
    if (this.peer) this.connect();
  }

  // What comes of another, or what the caller of this tablet offers.
  async led(name, sdp) {
    if (this.kind === "callee") return this.answerCaller(name, sdp);
    const answer = await this.ways.take(name, sdp);
    if (answer) this.answer(name, answer);
  }

  async answerCaller(name, sdp) {
    await this.opened;
    if (this.closed) return;
    const peer = this.renew();
    try {
      await peer.setRemoteDescription({ type: "offer", sdp });
      for (const made of peer.getTransceivers()) {
        made.direction = "sendrecv";
        await made.sender.replaceTrack(this.own[made.receiver.track.kind]);
      }
      await peer.setLocalDescription(await peer.createAnswer());
      await gathered(peer);
    } catch {
      return; // it is offered anew
    }
    if (this.peer === peer) this.answer(name, peer.localDescription.sdp);
  }

  // A new connection; the one before ends. Also the way back after a cut.
  async connect() {
    if (this.closed || this.kind === "callee") return;
    const peer = this.renew();
    for (const kind of ["audio", "video"]) {
      const direction = this.kind === "several" ? "sendonly" : "sendrecv";
      const made = peer.addTransceiver(this.own[kind] ?? kind, { direction });
      made.setCodecPreferences?.(preferred(kind));
    }
    await peer.setLocalDescription(await peer.createOffer());
    // The wall learns this tablet's addresses from its packets; another tablet is told them.
    if (this.kind === "caller") await gathered(peer);
    if (this.peer === peer) this.offer(peer.localDescription.sdp);
  }

  renew() {
    this.asked_ms = Date.now();
    this.drop();
    const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
    this.peer = peer;
    peer.ontrack = ({ track }) => {
      for (const old of this.theirs.getTracks()) {
        if (old.kind === track.kind) this.theirs.removeTrack(old);
      }
      this.theirs.addTrack(track);
      track.onmute = track.onunmute = () => this.changed();
      this.changed();
    };
    peer.onconnectionstatechange = () => this.changed();
    return peer;
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

// The tablet's own addresses on this network are known, or it is not waited for them any more.
function gathered(peer) {
  if (peer.iceGatheringState === "complete") return null;
  return new Promise((done) => {
    const late = setTimeout(done, GATHER_MS);
    peer.onicegatheringstatechange = () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(late);
      done();
    };
  });
}

// The one codec of each kind that the wall speaks: what it would leave out is not even said.
function preferred(kind) {
  const wanted = kind === "audio" ? ["audio/opus"] : ["video/vp8", "video/rtx"];
  const known = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  return known.filter((codec) => wanted.includes(codec.mimeType.toLowerCase()));
}
