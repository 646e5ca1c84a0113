// In a call of several: what comes of each of the others, a connection each, offered by the server
// that passes pictures and sound on. This tablet sends nothing on them.

const LOST_MS = 4000;

// Events: `change` whenever what is to be drawn is another.
export class CallWays extends EventTarget {
  constructor() {
    super();
    this.ways = new Map();
  }

  // What comes of one, in place of what came before; the answer.
  async take(name, sdp) {
    this.drop(name);
    const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
    const way = { peer, stream: new MediaStream(), since_ms: Date.now() };
    this.ways.set(name, way);
    peer.ontrack = ({ track }) => {
      way.stream.addTrack(track);
      track.onmute = track.onunmute = () => this.changed();
      this.changed();
    };
    peer.onconnectionstatechange = () => {
      if (peer.connectionState === "connected") way.since_ms = 0;
      else way.since_ms ||= Date.now();
      this.changed();
    };
    try {
      await peer.setRemoteDescription({ type: "offer", sdp });
      await peer.setLocalDescription(await peer.createAnswer());
    } catch {
      this.drop(name);
      return "";
    }
    return peer.localDescription?.sdp ?? "";
  }

  // Its picture and sound, null while there is nothing.
  stream(name) {
    return this.ways.get(name)?.stream ?? null;
  }

  sees(name) {
    return this.stream(name)?.getVideoTracks().some((track) => !track.muted) ?? false;
  }

  // Whether one of them has been cut off for a while.
  get lost() {
    const now = Date.now();
    return [...this.ways.values()].some((way) => way.since_ms && now - way.since_ms > LOST_MS);
  }

  keep(names) {
    for (const name of [...this.ways.keys()]) if (!names.includes(name)) this.drop(name);
  }

  drop(name) {
    const way = this.ways.get(name);
    if (!way) return;
    this.ways.delete(name);
    way.peer.ontrack = way.peer.onconnectionstatechange = null;
    way.peer.close();
    this.changed();
  }

  close() {
    this.keep([]);
  }

  changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
