"""The wall's own sound, taken out of what the microphone hears.

WebRTC's echo canceller (AEC3) is given what the loudspeaker plays, as a second recording: of a
sound server's monitor, or of a card's loopback. It finds the delay between the two by itself.
"""

import logging
from collections.abc import Callable
from typing import Protocol

import numpy as np

from voice.errors import VoiceError
from voice.sound_files import BYTES_PER_MS, CHUNK_BYTES, RATE_HZ

log = logging.getLogger(__name__)

RETRY_MS = 10_000.0
DELAY_MS = 150
_MOST_APART = 400 * BYTES_PER_MS


class EchoCanceller:
    """Two streams of 16-bit mono samples at 16 kHz. Takes .01 of a core. Not thread-safe."""

    def __init__(self, delay_ms: int = DELAY_MS) -> None:
        """`delay_ms`: how much later the near stream is taken than it came. Two recordings that
        come in pieces may be that far apart; who plays the far one himself needs none."""
        from pywebrtc_audio import EchoCanceller as WebRtc

        self._canceller = WebRtc(RATE_HZ, 1, 0)
        # What was played has to be known before its echo is heard.
        self._near = bytes(delay_ms * RATE_HZ * 2 // 1000)
        self._far = b""

    def cancel(self, near: bytes, far: bytes) -> bytes:
        """What the microphone heard (`near`) without what was played meanwhile (`far`): `delay_ms`
        late, and as much later as the two come apart, up to 0.4 s."""
        self._near += near
        self._far += far
        apart = len(self._near) - len(self._far)
        if apart > _MOST_APART:  # nothing is played
            self._far += bytes(apart - _MOST_APART)
        elif -apart > _MOST_APART:  # the microphone was away
            self._far = self._far[-apart - _MOST_APART :]
        ready = min(len(self._near), len(self._far))
        now, self._near = self._near[:ready], self._near[ready:]
        played, self._far = self._far[:ready], self._far[ready:]
        if not ready:
            return b""
        cleaned = self._canceller.process(
            np.frombuffer(now, dtype=np.int16), np.frombuffer(played, dtype=np.int16)
        )
        return bytes(cleaned.tobytes())


class Recorded(Protocol):
    """An open microphone, see `voice.microphone.Microphone`."""

    @property
    def muted(self) -> bool: ...

    @property
    def overflows(self) -> int: ...

    def due(self) -> list[bytes]: ...

    def close(self) -> None: ...


class EchoFreeMicrophone:
    """A microphone, and a recording of what is played. While the recording can't be had the
    microphone is heard as it is, and the recording is tried again every ten seconds."""

    def __init__(
        self,
        microphone: Recorded,
        open_reference: Callable[[], Recorded],
        monotonic_ms: Callable[[], float],
    ) -> None:
        self._microphone = microphone
        self._open_reference = open_reference
        self._monotonic_ms = monotonic_ms
        self._reference: Recorded | None = None
        self._canceller: EchoCanceller | None = None
        self._retry_ms = monotonic_ms()

    @property
    def muted(self) -> bool:
        return self._microphone.muted

    @property
    def overflows(self) -> int:
        return self._microphone.overflows

    def due(self) -> list[bytes]:
        """16-bit mono samples at 16 kHz since the last call. Raises MicrophoneLost."""
        near = self._microphone.due()
        played = self._played()
        if self._canceller is None:
            return near
        cleaned = self._canceller.cancel(b"".join(near), b"".join(played))
        return [cleaned[at : at + CHUNK_BYTES] for at in range(0, len(cleaned), CHUNK_BYTES)]

    def close(self) -> None:
        self._microphone.close()
        if self._reference is not None:
            self._reference.close()

    def _played(self) -> list[bytes]:
        try:
            if self._reference is None:
                if self._monotonic_ms() < self._retry_ms:
                    return []
                self._retry_ms = self._monotonic_ms() + RETRY_MS
                self._reference = self._open_reference()
                self._canceller = EchoCanceller()
            return self._reference.due()
        except VoiceError as error:
            log.warning("the wall's own sound is not taken out: %s", error)
            self._canceller = None
            if self._reference is not None:
                self._reference.close()
                self._reference = None
            return []
