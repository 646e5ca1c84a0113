"""The measurements of the microphone's steps: from inputs to figures. Each raises VoiceError."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.tools.calibrate.measuring.inputs import Inputs
from kiosk.tools.calibrate.measuring.levels import measure_noise, measure_speech
from kiosk.tools.calibrate.measuring.sweep import measure_echo
from kiosk.tools.calibrate.step import Value
from kiosk.tools.calibrate.steps.spoken import LIST
from voice.ears import Ears
from voice.events import Answer, Choice, Gate, IntentMatch
from voice.replay import hear
from voice.sound_files import RATE_HZ

Measured = dict[str, Value]


def noise(inputs: Inputs) -> Measured:
    source, name = inputs.microphone()
    found = measure_noise(b"".join(inputs.sound()))
    return {
        "source": source,
        "name": name,
        "noise_db": found.level_db,
        "peak_db": found.peak_db,
        "hum_hz": found.hum_hz,
        "silent": found.silent,
    }


def voice(inputs: Inputs) -> Measured:
    found = measure_speech(b"".join(inputs.sound()))
    return {
        "speech_db": found.speech_db,
        "snr_db": found.snr_db,
        "peak_db": found.peak_db,
        "clipped": found.clipped,
        "silent": found.silent,
    }


def echo(inputs: Inputs) -> Measured:
    chunks: list[bytes] = []
    for chunk in inputs.sound():
        if not chunks:
            inputs.play_sweep()  # only now: the microphone is open
        chunks.append(chunk)
    found = measure_echo(b"".join(chunks))
    if found is None:
        return {}
    return {
        "echo_db": found.level_db,
        "echo_over_noise_db": found.over_noise_db,
        "rt60_s": found.rt60_s,
    }


def spoken(inputs: Inputs) -> Measured:
    """Which commands of the list were understood, in whatever order they were read."""
    ears = _ears(inputs)
    understood = [
        one for answered in hear(ears, inputs.sound(), Gate.OPEN) for one in _meant(answered.answer)
    ]
    missed = [
        phrase
        for phrase in LIST
        if not any(one in understood for one in _meant(ears.matcher.match(phrase, 0)))
    ]
    return {"right": len(LIST) - len(missed), "of": len(LIST), "missed": ", ".join(missed)}


def _meant(answer: Answer) -> list[tuple[str, dict[str, str | int | float]]]:
    """Commands and their arguments: what is asked back about counts as understood."""
    match answer:
        case IntentMatch(command=command, args=args):
            return [(command, args)]
        case Choice(options=options):
            return [(one.command, one.args) for one in options]
        case _:
            return []


def talk(inputs: Inputs) -> Measured:
    """What of ordinary talk would have been taken for a command, with the microphone open all the
    time: after a press the chance is smaller still."""
    ears = _ears(inputs)
    samples = 0

    def counted() -> Iterator[bytes]:
        nonlocal samples
        for chunk in inputs.sound():
            samples += len(chunk) // 2
            yield chunk

    heard = [
        answered.answer.text
        for answered in hear(ears, counted(), Gate.OPEN)
        if isinstance(answered.answer, IntentMatch)
    ]
    return {
        "false": len(heard),
        "minutes": samples / RATE_HZ / 60,
        "heard": ", ".join(heard[:5]),
    }


def _ears(inputs: Inputs) -> Ears:
    from kiosk.workers.hearing import load_ears

    inputs.progress(0.0)
    ears = load_ears(inputs.asked.settings)
    assert isinstance(ears, Ears)
    return ears
