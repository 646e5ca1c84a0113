"""No file, however broken, does more than be heard in whole samples or be refused by its name."""

import struct
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from voice.errors import SoundFileError
from voice.sound_files import CHUNK_BYTES, LEAST_RATE_HZ, MOST_RATE_HZ, RATE_HZ, read_chunks

FORMS = {"wav": "pcm_s16le", "flac": "flac", "ogg": "libopus"}
SAMPLES = 4800
some = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@cache
def recording(form: str) -> bytes:
    """0.3 s of a tone that fades."""
    t_s = np.arange(SAMPLES) / RATE_HZ
    tone = (12_000 * np.exp(-3 * t_s) * np.sin(2 * np.pi * 300 * t_s)).astype(np.int16)
    with tempfile.NamedTemporaryFile(suffix=f".{form}") as file:
        with av.open(file.name, "w") as container:
            stream: Any = container.add_stream(FORMS[form], rate=RATE_HZ, layout="mono")
            frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = RATE_HZ
            container.mux([*stream.encode(frame), *stream.encode(None)])
        return Path(file.name).read_bytes()


def heard(content: bytes, name: str = "a.wav") -> bytes | None:
    """The sound, or None when it was refused, which is checked."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        try:
            chunks = list(read_chunks(file))
        except SoundFileError as error:
            reason = str(error)
            chunks = None
    if chunks is None:
        assert name in reason
        return None
    assert all(len(chunk) == CHUNK_BYTES for chunk in chunks[:-1])
    assert len(b"".join(chunks)) % 2 == 0
    return b"".join(chunks)


def wav(
    data: bytes, *, code: int = 1, channels: int = 1, rate_hz: int = RATE_HZ, bits: int = 16,
    claimed: int | None = None,
) -> bytes:  # fmt: skip
    """A wav file whose header says what it is told to."""
    block = max(1, channels * bits // 8) % 65536
    speed = min(rate_hz * block, 2**32 - 1)
    form = struct.pack("<HHIIHH", code, channels, rate_hz, speed, block, bits)
    size = len(data) if claimed is None else claimed
    riff = min(36 + size, 2**32 - 1)
    return b"RIFF%sWAVEfmt \x10\0\0\0%sdata%s%s" % (
        struct.pack("<I", riff), form, struct.pack("<I", size), data
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_heard_whole(form: str) -> None:
    sound = heard(recording(form), f"a.{form}")
    assert sound is not None
    assert len(sound) == pytest.approx(2 * SAMPLES, abs=0.05 * 2 * RATE_HZ)


@some
@given(st.sampled_from(sorted(FORMS)), st.integers(0, 10_000))
def test_a_recording_may_be_cut_anywhere(form: str, length: int) -> None:
    sound = heard(recording(form)[:length], f"a.{form}")
    assert sound is None or len(sound) <= 2 * SAMPLES + CHUNK_BYTES


@some
@given(
    st.sampled_from(sorted(FORMS)),
    st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), min_size=1, max_size=30),
)
def test_any_bytes_may_be_wrong(form: str, wrong: list[tuple[int, int]]) -> None:
    content = bytearray(recording(form))
    for at, value in wrong:
        content[at % len(content)] = value
    heard(bytes(content), f"a.{form}")


@some
@given(st.binary(max_size=2000), st.sampled_from(["a.wav", "a.flac", "a.ogg", "a.txt", "a"]))
def test_anything_may_be_called_a_recording(content: bytes, name: str) -> None:
    heard(content, name)


@some
@given(st.integers(0, 2**32 - 1), st.integers(0, 65535), st.sampled_from([0, 8, 16, 24, 32, 64]))
@example(1, 1, 16)
@example(0, 1, 16)
@example(96_000, 8, 16)
@example(2**32 - 1, 65535, 64)
def test_a_header_may_claim_any_format(rate_hz: int, channels: int, bits: int) -> None:
    sound = heard(wav(bytes(4000), channels=channels, rate_hz=rate_hz, bits=bits))
    if not LEAST_RATE_HZ <= rate_hz <= MOST_RATE_HZ:
        assert sound is None


@some
@given(st.integers(0, 2**32 - 1))
@example(0)
@example(2**32 - 1)
def test_a_header_may_lie_about_the_length(claimed: int) -> None:
    sound = heard(wav(bytes(3200), claimed=claimed))
    assert sound is None or len(sound) <= 3200


@some
@given(st.lists(st.floats(width=32), min_size=1, max_size=400))
def test_floats_that_are_no_numbers_are_no_sound_but_no_trouble_either(values: list[float]) -> None:
    data = struct.pack(f"<{len(values)}f", *values)
    assert heard(wav(data, code=3, bits=32)) == heard(wav(data, code=3, bits=32))


def test_a_name_that_is_too_long_for_any_file_is_refused() -> None:
    with pytest.raises(SoundFileError, match="too long"):
        list(read_chunks(Path("a" * 5000 + ".wav")))
