"""Recordings of every kind, sane or not; how loud they are; and how a recording is replayed."""

import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.clock import ManualClock
from voice.errors import SoundFileError
from voice.level import SILENCE_DB, level_db
from voice.sound_files import CHUNK_BYTES, RATE_HZ, Replay, check_sound, read_chunks


def tone(file: Path, rate: int = RATE_HZ, channels: int = 1, seconds: float = 1.0) -> Path:
    """A square wave at half of full scale."""
    frames = int(rate * seconds)
    samples = (16384 if (i * 440 // rate) % 2 else -16384 for i in range(frames))
    data = b"".join(struct.pack("<h", s) * channels for s in samples)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(data)
    return file


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (48_000, 2), (96_000, 1), (44_100, 8)])
def test_any_rate_and_channels_become_16_khz_mono(tmp_path: Path, rate: int, channels: int) -> None:
    chunks = list(read_chunks(tone(tmp_path / "a.wav", rate, channels)))
    assert sum(map(len, chunks)) == pytest.approx(RATE_HZ * 2, rel=0.02)
    assert all(len(chunk) == CHUNK_BYTES for chunk in chunks[:-1])
    assert level_db(chunks[5]) == pytest.approx(-6.0, abs=3.0)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def text(file: Path) -> None:
    file.write_text("this is no sound at all\n" * 50)


def header_only(file: Path) -> None:
    tone(file, seconds=0.0)


def noise(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 40)


def folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize("make", [empty, text, header_only, noise, folder])
def test_what_is_no_sound_is_named(tmp_path: Path, make: Callable[[Path], None]) -> None:
    file = tmp_path / "a.wav"
    make(file)
    with pytest.raises(SoundFileError, match=r"a\.wav"):
        list(read_chunks(file))


def test_a_missing_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match="there is no such file"):
        check_sound(tmp_path / "none.wav")


def test_a_recording_that_was_cut_off_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tone(tmp_path / "a.wav")
    file.write_bytes(file.read_bytes()[: RATE_HZ + 44])
    assert sum(map(len, read_chunks(file))) == pytest.approx(RATE_HZ, rel=0.05)


def test_one_sample_is_sound(tmp_path: Path) -> None:
    file = tone(tmp_path / "a.wav", seconds=1 / RATE_HZ)
    assert sum(map(len, read_chunks(file))) == 2


def test_loudness_is_bounded() -> None:
    assert level_db(b"") == SILENCE_DB
    assert level_db(bytes(3200)) == SILENCE_DB
    assert level_db(struct.pack("<h", -32768) * 1600) == pytest.approx(0.0)


def test_a_replay_keeps_the_pace_of_speech_and_ends_in_silence(
    tmp_path: Path, clock: ManualClock
) -> None:
    replay = Replay(tone(tmp_path / "a.wav", seconds=0.3), clock.monotonic_ms)
    assert replay.due() == []
    clock.advance(250)
    assert len(replay.due()) == 5
    assert replay.due() == []
    clock.advance(350)
    late = replay.due()
    assert len(late) == 7
    assert late[-1] == bytes(CHUNK_BYTES)
