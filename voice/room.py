"""The sound of one room on its way to the recogniser: measured always, cleaned when it is noisy."""

from collections.abc import Callable
from typing import Literal

from voice.denoiser import DELAY_MS, Denoiser
from voice.level import SnrMeter

Suppression = Literal["auto", "always", "never"]

_NOISY_DB = 22.0  # cleaned below this ...
_CALM_DB = 26.0  # ... until it is calmer than this


class Room:
    """Follows the noise of one stream. `suppression` auto: cleaned while speech stands out by less
    than 22 dB, which quiet rooms never pay for; docs/voice.md has what it brings and costs."""

    def __init__(
        self, suppression: Suppression = "auto", denoiser: Callable[[], Denoiser] = Denoiser
    ) -> None:
        self._suppression = suppression
        self._make_denoiser = denoiser
        self._denoiser: Denoiser | None = None
        self._meter = SnrMeter()
        self._noisy = suppression == "always"

    @property
    def snr_db(self) -> float | None:
        """How far speech stands out of the noise; None before the first sound."""
        return self._meter.snr_db

    @property
    def delay_ms(self) -> int:
        """By how much what `clean` gives is late now."""
        return DELAY_MS if self._noisy else 0

    def overhear(self, samples: bytes) -> None:
        """Takes sound that nobody listens to: it counts for the noise, and is forgotten."""
        self._meter.add(samples)
        self._decide()

    def clean(self, samples: bytes) -> bytes:
        """The sound for the recogniser, 16-bit mono at 16 kHz, cleaned where that helps."""
        self.overhear(samples)
        if not self._noisy:
            return samples
        if self._denoiser is None:
            self._denoiser = self._make_denoiser()
        return self._denoiser.clean(samples)

    def _decide(self) -> None:
        snr_db = self._meter.snr_db
        if self._suppression == "auto" and snr_db is not None:
            self._noisy = snr_db < (_CALM_DB if self._noisy else _NOISY_DB)
