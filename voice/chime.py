"""Main of a child process that plays one sound and ends: `python -m voice.chime VOLUME [ring]`.

VOLUME is 0..1 of what the device can; with `ring` it is a call that rings, else an announcement. In
a process of its own, because the sound library PortAudio may hang when a sound server dies under
it. Exit code 0 when it has been played, 1 when there is no device that plays.
"""

import sys

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
NOTES_HZ = (659.26, 880.0)  # E5 and A5, a fourth upwards: heard over talk, no alarm
NOTE_S = 0.22
FADE_S = 0.02
RING_HZ = (523.25, 659.26)  # C5 and E5
RING_BEAT_HZ = 12.0
RING_S, RING_PAUSE_S = 0.45, 0.2


def chime(volume: float) -> NDArray[np.float32]:
    """Mono samples of -volume..volume that begin and end in silence."""
    t = np.arange(round(NOTE_S * RATE_HZ)) / RATE_HZ
    fade = np.minimum(1.0, np.minimum(t, t[-1] - t) / FADE_S)
    notes = [np.sin(2 * np.pi * hz * t) * fade for hz in NOTES_HZ]
    return (np.concatenate(notes) * min(1.0, max(0.0, volume))).astype(np.float32)


def ring(volume: float) -> NDArray[np.float32]:
    """As `chime`: two pulses of two notes at once, that nobody takes for the other."""
    t = np.arange(round(RING_S * RATE_HZ)) / RATE_HZ
    fade = np.minimum(1.0, np.minimum(t, t[-1] - t) / FADE_S)
    beat = 0.5 + 0.5 * np.sin(2 * np.pi * RING_BEAT_HZ * t)
    pulse = sum(np.sin(2 * np.pi * hz * t) for hz in RING_HZ) / len(RING_HZ) * fade * beat
    pause = np.zeros(round(RING_PAUSE_S * RATE_HZ))
    loudness = min(1.0, max(0.0, volume))
    return (np.concatenate([pulse, pause, pulse]) * loudness).astype(np.float32)


def main(argv: list[str]) -> int:
    import sounddevice

    try:
        sound = ring if argv[1:] == ["ring"] else chime
        sounddevice.play(sound(float(argv[0])), RATE_HZ, blocking=True)
    except (sounddevice.PortAudioError, ValueError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
