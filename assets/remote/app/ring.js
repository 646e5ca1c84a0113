// The tone of a call that rings, made here: no file, and no sound before somebody has touched the
// page, which browsers ask for. How loud: the tablet's own buttons.

const EVERY_MS = 3000;
const NOTES_HZ = [523.25, 659.26];
const PULSES_S = [0, 0.65];
const PULSE_S = 0.45;
const LOUDNESS = 0.25;

export class Ring {
  constructor() {
    this.context = null;
    this.timer = 0;
    this.wanted = false;
  }

  // On or off, as often as one likes.
  set(on) {
    if (on === this.wanted) return;
    this.wanted = on;
    clearInterval(this.timer);
    if (!on) return this.quiet();
    this.sound();
    this.timer = setInterval(() => this.sound(), EVERY_MS);
    navigator.vibrate?.([400, 200, 400]);
  }

  sound() {
    this.context ??= new AudioContext();
    const { context } = this;
    context.resume().catch(() => {});
    if (context.state !== "running") return; // tried again with the next pulse
    for (const after of PULSES_S) {
      const begins = context.currentTime + after;
      const loudness = context.createGain();
      loudness.gain.setValueAtTime(0, begins);
      loudness.gain.linearRampToValueAtTime(LOUDNESS, begins + 0.02);
      loudness.gain.setValueAtTime(LOUDNESS, begins + PULSE_S - 0.02);
      loudness.gain.linearRampToValueAtTime(0, begins + PULSE_S);
      loudness.connect(context.destination);
      for (const pitch of NOTES_HZ) {
        const note = context.createOscillator();
        note.frequency.value = pitch;
        note.connect(loudness);
        note.start(begins);
        note.stop(begins + PULSE_S);
      }
    }
  }

  quiet() {
    this.context?.close();
    this.context = null;
  }
}
