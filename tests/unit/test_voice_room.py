"""How noisy a room is, and when its sound is cleaned."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voice.denoiser import DELAY_MS, Denoiser
from voice.ears import unless_noisy
from voice.events import TOO_NOISY_DB, Answer, IntentMatch, NoMatch, NoMatchReason
from voice.level import MOST_SNR_DB, SnrMeter
from voice.noise import fan, kitchen, mixed, pink
from voice.room import Room, Suppression
from voice.sound_files import CHUNK_BYTES, RATE_HZ, read_chunks

SPEECH = Path(__file__).resolve().parents[2] / "assets" / "demo" / "speech"
SECOND = RATE_HZ * 2  # bytes


def chunks(sound: bytes) -> list[bytes]:
    return [sound[i : i + CHUNK_BYTES] for i in range(0, len(sound), CHUNK_BYTES)]


def spoken(name: str = "complaints") -> bytes:
    return b"".join(read_chunks(SPEECH / f"{name}.flac"))


def noisy(snr_db: float, noise: bytes) -> bytes:
    """A second of noise, a sentence in it, 0.3 s of noise."""
    return mixed(bytes(SECOND) + spoken() + bytes(9600), noise, snr_db, seed=5)


@pytest.mark.parametrize("make", [pink, fan, kitchen])
@pytest.mark.parametrize("snr_db", [5.0, 10.0, 20.0, 30.0])
def test_the_estimate_is_near_to_the_ratio_that_was_mixed(
    make: Callable[[float, int], bytes], snr_db: float
) -> None:
    meter = SnrMeter()
    for chunk in chunks(noisy(snr_db, make(5.0, 31))):
        meter.add(chunk)
    assert meter.snr_db == pytest.approx(snr_db, abs=4.5)


def test_nothing_is_known_before_the_first_sound_and_silence_is_no_noise() -> None:
    meter = SnrMeter()
    assert meter.snr_db is None
    meter.add(b"")
    assert meter.snr_db is None
    meter.add(bytes(CHUNK_BYTES))
    assert meter.snr_db == MOST_SNR_DB


def test_who_spoke_last_counts_on_while_the_room_gets_noisier() -> None:
    meter = SnrMeter()
    for chunk in chunks(noisy(20.0, pink(5.0, 1)) + pink(4.0, 2)):
        meter.add(chunk)
    assert meter.snr_db is not None
    assert meter.snr_db < 10


@pytest.mark.parametrize("answer", [IntentMatch("a", {}, "a", "a", 1.0, 0), None])
def test_in_too_much_noise_nothing_is_acted_on_and_silence_stays_silence(
    answer: Answer | None,
) -> None:
    assert unless_noisy(answer, None, 7) is answer
    assert unless_noisy(answer, TOO_NOISY_DB, 7) is answer
    refused = unless_noisy(answer, TOO_NOISY_DB - 0.1, 7)
    if answer is None:
        assert refused is None
    else:
        assert refused == NoMatch("", NoMatchReason.NOISY, (), 7)


class PlayedDenoiser(Denoiser):
    made = 0

    def __init__(self) -> None:
        PlayedDenoiser.made += 1

    def clean(self, samples: bytes) -> bytes:
        return b"cleaned"


@pytest.mark.parametrize(
    ("suppression", "snr_db", "cleaned"),
    [
        ("auto", 10.0, True),
        ("auto", 35.0, False),
        ("never", 10.0, False),
        ("always", 35.0, True),
    ],
)
def test_sound_is_cleaned_when_it_is_noisy_or_as_the_site_wants(
    suppression: Suppression, snr_db: float, cleaned: bool
) -> None:
    room = Room(suppression, PlayedDenoiser)
    heard = [room.clean(chunk) for chunk in chunks(noisy(snr_db, fan(5.0, 3)))]
    assert (heard[-1] == b"cleaned") is cleaned
    assert room.delay_ms == (DELAY_MS if cleaned else 0)


def test_a_room_at_the_border_is_not_cleaned_now_and_then() -> None:
    PlayedDenoiser.made = 0
    room = Room("auto", PlayedDenoiser)
    for chunk in chunks(noisy(15.0, fan(5.0, 3))):
        room.clean(chunk)
    border = chunks(noisy(23.0, fan(5.0, 4)))
    heard = [room.clean(chunk) for chunk in border]
    assert PlayedDenoiser.made == 1
    assert heard[-1] == b"cleaned"  # 23 dB: it would not have begun, but goes on


def test_the_denoiser_takes_the_noise_away_and_leaves_the_voice() -> None:
    noise = pink(5.0, 7)
    sound = noisy(10.0, noise)
    denoiser = Denoiser()
    heard = b"".join(denoiser.clean(chunk) for chunk in chunks(sound))
    assert 0 <= len(sound) - len(heard) <= RATE_HZ * 2 // 50  # at most 20 ms are held back
    before, after = (np.frombuffer(x, np.int16).astype(np.float64) for x in (sound, heard))
    second = slice(RATE_HZ // 2, RATE_HZ * 9 // 10)  # noise alone, after half a second to learn it
    assert np.mean(after[second] ** 2) < np.mean(before[second] ** 2) / 100
    voice = np.frombuffer(bytes(SECOND) + spoken(), np.int16).astype(np.float64)
    late = RATE_HZ * DELAY_MS // 1000
    alike = np.corrcoef(voice[:-late], after[late : voice.size])[0, 1]
    assert alike > 0.9


def test_denoising_gives_the_same_for_the_same_sound() -> None:
    sound = noisy(10.0, kitchen(5.0, 8))[: 2 * SECOND]
    first, again = (
        b"".join(d.clean(chunk) for chunk in chunks(sound)) for d in (Denoiser(), Denoiser())
    )
    assert first == again
