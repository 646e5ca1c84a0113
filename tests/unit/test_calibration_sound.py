"""What the installers' walk says of microphones and rooms whose truth is known."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings
from kiosk.tools.calibrate.measuring import microphone
from kiosk.tools.calibrate.measuring.inputs import Asked, RecordedInputs
from kiosk.tools.calibrate.measuring.levels import measure_noise, measure_speech
from kiosk.tools.calibrate.measuring.sweep import measure_echo
from kiosk.tools.calibrate.step import Values, find_step
from kiosk.tools.calibrate.steps.level import gain_db
from kiosk.tools.calibrate.steps.spoken import LIST
from tests.helpers.rendered_site import as_bytes, in_a_room, noise_sound, voice_sound, write_sound
from voice.events import Gate, IntentMatch
from voice.matcher import Matcher
from voice.noise import fan, pink
from voice.recogniser import Heard as HeardSound
from voice.replay import Answered
from voice.sound_files import RATE_HZ


def states(step: str, *takes: Values) -> dict[str, str]:
    found = find_step(step)
    assert found is not None
    return {f.check: f.state for f in found.judge(takes, found.told({})).findings}


@pytest.mark.parametrize("level_db", [-65.0, -50.0, -35.0, -20.0])
def test_noise_floor_within_two_decibels(level_db: float) -> None:
    found = measure_noise(as_bytes(noise_sound(level_db, 3.0)))
    assert found.level_db == pytest.approx(level_db, abs=2.0)
    assert found.hum_hz == 0


@pytest.mark.parametrize("kind", [fan, pink])
def test_noise_floor_of_rooms(kind: object) -> None:
    sound = kind(4.0, 7)  # type: ignore[operator]
    values = np.frombuffer(sound, np.int16) / 32768.0
    true_db = 10 * np.log10(np.mean(values**2))
    assert measure_noise(sound).level_db == pytest.approx(true_db, abs=2.0)


def test_a_door_does_not_count_as_noise() -> None:
    values = noise_sound(-55.0, 5.0)
    values[RATE_HZ : RATE_HZ + RATE_HZ // 3] += noise_sound(-15.0, 1 / 3)[: RATE_HZ // 3]
    found = measure_noise(as_bytes(values))
    assert found.level_db == pytest.approx(-55.0, abs=2.0)
    assert found.peak_db > -20.0


@pytest.mark.parametrize("mains", [50, 60])
def test_hum_is_named(mains: int) -> None:
    t = np.arange(4 * RATE_HZ) / RATE_HZ
    hum = sum(np.sin(2 * np.pi * mains * k * t) / k for k in range(1, 6))
    values = noise_sound(-60.0, 4.0) + 0.01 * np.asarray(hum)
    assert measure_noise(as_bytes(values)).hum_hz == mains
    assert states("microphone-device", {"name": "x", "noise_db": -55.0, "hum_hz": mains}) == {
        "microphone-device": "ok",
        "noise-floor": "ok",
        "hum": "poor",
    }


def test_wrong_microphones_are_named() -> None:
    assert measure_noise(bytes(2 * RATE_HZ)).silent
    assert states("microphone-device", {"name": "x", "silent": True})["microphone-device"] == "fail"
    monitor: Values = {"name": "Monitor of Built-in Audio", "noise_db": -60.0}
    assert states("microphone-device", monitor)["microphone-device"] == "fail"


@pytest.mark.parametrize(("level_db", "state"), [(-60.0, "ok"), (-45.0, "poor"), (-30.0, "fail")])
def test_noise_is_judged(level_db: float, state: str) -> None:
    found = states("microphone-device", {"name": "x", "noise_db": level_db})
    assert found["noise-floor"] == state


def voice_values(speech_db: float, noise_db: float, top: float = 1.0) -> Values:
    values = voice_sound(speech_db, 8.0) + noise_sound(noise_db, 8.0)
    found = measure_speech(as_bytes(values, top))
    return {
        "speech_db": found.speech_db,
        "snr_db": found.snr_db,
        "peak_db": found.peak_db,
        "clipped": found.clipped,
        "silent": found.silent,
    }


@pytest.mark.parametrize(
    ("speech_db", "noise_db"), [(-22.0, -60.0), (-30.0, -50.0), (-25.0, -40.0)]
)
def test_level_and_distance_from_noise(speech_db: float, noise_db: float) -> None:
    found = voice_values(speech_db, noise_db)
    assert found["speech_db"] == pytest.approx(speech_db, abs=2.0)
    assert found["snr_db"] == pytest.approx(speech_db - noise_db, abs=3.0)
    assert states("level", found)["clipping"] == "ok"


def test_good_faint_loud_noisy_silent_voices() -> None:
    good = voice_values(-22.0, -60.0)
    assert set(states("level", good).values()) == {"ok"}
    faint = voice_values(-45.0, -80.0)
    assert states("level", faint)["level"] == "poor"
    assert gain_db(faint) == pytest.approx(23, abs=3)
    noisy = voice_values(-30.0, -45.0)
    assert states("level", noisy)["clear"] == "poor"
    nobody = voice_values(-90.0, -50.0)
    assert states("level", nobody) == {"level": "fail"}
    assert states("level", {"silent": True}) == {"level": "fail"}


@pytest.mark.parametrize("top", [1.0, 0.5])
def test_clipping_is_found_below_full_scale_too(top: float) -> None:
    clipped = voice_values(-3.0 + 20 * np.log10(top), -60.0, top)
    assert states("level", clipped)["clipping"] == "fail"


def test_direction() -> None:
    front, side = voice_values(-22.0, -70.0), voice_values(-26.0, -70.0)
    behind = voice_values(-37.0, -70.0)
    assert states("level", front, side)["direction"] == "ok"
    assert states("level", front, side, {}, behind)["direction"] == "fail"


@pytest.mark.parametrize("rt60_s", [0.3, 0.6, 1.2])
def test_reverberation(rt60_s: float) -> None:
    found = measure_echo(as_bytes(in_a_room(rt60_s)))
    assert found is not None
    assert found.rt60_s == pytest.approx(rt60_s, rel=0.2)


def test_echo_stands_out_of_the_noise_as_far_as_it_is_loud() -> None:
    loud, faint = (measure_echo(as_bytes(in_a_room(0.4, gain=gain))) for gain in (0.3, 0.03))
    assert loud is not None
    assert faint is not None
    assert loud.over_noise_db - faint.over_noise_db == pytest.approx(20.0, abs=1.5)
    values: Values = {"echo_db": -20.0, "echo_over_noise_db": 45.0, "rt60_s": 1.4}
    assert states("echo", values) == {"own-sound": "poor", "reverberation": "fail"}


def test_without_the_sweep_there_is_no_echo() -> None:
    assert measure_echo(as_bytes(noise_sound(-40.0, 6.0))) is None
    assert measure_echo(b"") is None
    assert states("echo", {}) == {"own-sound": "poor"}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(grammar_of(Settings(), "ko"))


def test_every_phrase_to_be_read_is_a_command_of_its_own(matcher: Matcher) -> None:
    meant = [matcher.match(phrase, 0) for phrase in LIST]
    assert all(isinstance(one, IntentMatch) for one in meant)
    keys = {(one.command, str(one.args)) for one in meant if isinstance(one, IntentMatch)}
    assert len(keys) == len(LIST)


class Heard:
    """Ears that heard these texts."""

    def __init__(self, matcher: Matcher, texts: tuple[str, ...]) -> None:
        self.matcher = matcher
        self.texts = texts

    def hear(self, _ears: object, chunks: Iterator[bytes], _gate: Gate) -> Iterator[Answered]:
        for _ in chunks:
            pass
        nothing = HeardSound("", 0, 0, 0)
        for text in self.texts:
            yield Answered(nothing, self.matcher.match(text, 0), 0)


def measured(
    step: str, matcher: Matcher, texts: tuple[str, ...], folder: Path, patch: pytest.MonkeyPatch
) -> Values:
    found = find_step(step)
    assert found is not None
    write_sound(folder / step / "1.wav", np.zeros(60 * RATE_HZ))
    heard = Heard(matcher, texts)
    patch.setattr(microphone, "_ears", lambda _inputs: heard)
    patch.setattr(microphone, "hear", heard.hear)
    inputs = RecordedInputs(Asked(found, 0, {}, Settings()), folder, lambda _done: None)
    function: Callable[[RecordedInputs], Values] = getattr(microphone, step)
    return function(inputs)


def test_commands_that_were_understood(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("뒤로", "도움말", "아무 말", *LIST[:2])
    found = measured("spoken", matcher, texts, tmp_path, monkeypatch)
    assert (found["right"], found["of"]) == (4, 8)
    assert "지도 확대" in str(found["missed"])
    assert states("spoken", found) == {"spoken-0": "fail"}


def test_talk_that_was_taken_for_commands(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("오늘 날씨가 참 좋네요", "처음으로")
    found = measured("talk", matcher, texts, tmp_path, monkeypatch)
    assert found == {"false": 1, "minutes": 1.0, "heard": "처음으로"}


def test_commands_and_talk() -> None:
    assert states("spoken", {"right": 8, "of": 8}, {}) == {"spoken-0": "ok"}
    far: Values = {"right": 4, "of": 8, "missed": "교통"}
    assert states("spoken", {"right": 8, "of": 8}, far)["spoken-1"] == "fail"
    assert states("talk", {"false": 0, "minutes": 5.0}) == {"talk": "ok"}
    assert states("talk", {"false": 2, "minutes": 5.0, "heard": "교통"}) == {"talk": "poor"}
