"""The verbs of `kiosk voice` that measure: evaluate, fit, bench."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from voice.confusions import confusions_file
from voice.ears import Ears, load_ears
from voice.errors import RecordingsError, SoundFileError, VoiceError
from voice.evaluation import (
    Clip,
    Noise,
    each_line,
    evaluate,
    read_index,
    sentences_as_commands,
    summary,
    table_row,
)
from voice.figures import row
from voice.fitting import Observations, as_toml, confusions_as_toml, fit, observe
from voice.matcher import Matcher
from voice.noise import MADE, read_noise
from voice.noise_bench import noise_figures
from voice.phrase_list import read_words
from voice.speech_bench import day_figures, decision_figures, listening_figures
from voice.text_bench import text_figures

SPEECH = Path(__file__).resolve().parent.parent / "assets" / "demo" / "speech"
PARTS = ("text", "decision", "listening", "noise", "day")


def add_verbs(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Each verb's `run` takes the options and the matcher, and gives the exit code."""
    clips = argparse.ArgumentParser(add_help=False)
    clips.add_argument("directory", type=Path, help="the recordings")
    clips.add_argument("--index", type=Path, required=True, help="tab-separated: docs/voice.md")
    clips.add_argument("--speakers", type=Path, help="only these: a file with their names")

    verb = verbs.add_parser(
        "evaluate", parents=[shared, clips], help="recordings: right, wrong, asked, refused"
    )
    verb.add_argument(
        "--noise",
        type=Path,
        help=f"a recording that is mixed under all others, or what is made: {', '.join(MADE)}",
    )
    verb.add_argument("--snr", type=float, help="how far under the speech, in dB")
    verb.add_argument(
        "--sentences", action="store_true", help="transcripts of talk are taken as commands of ours"
    )
    verb.add_argument(
        "--pressed", action="store_true", help="talk is heard as if it came after a press"
    )
    verb.add_argument("--each", action="store_true", help="a line for each recording as well")
    verb.set_defaults(run=_evaluate)

    verb = verbs.add_parser("fit", parents=[shared, clips], help="the judge's weights anew")
    verb.add_argument("--out", type=Path, help="where the weights go; else they are only told")
    verb.add_argument("--observed", type=Path, help="what was heard: read, or written")
    verb.set_defaults(run=_fit)

    verb = verbs.add_parser("bench", parents=[shared], help="figures beside their bars")
    verb.add_argument("--part", choices=PARTS, action="append", help="all but day when not given")
    verb.add_argument("--seed", type=int, default=1, help="text: which sentences are drawn")
    verb.add_argument("--speech", type=Path, default=SPEECH, help="folder of recordings")
    verb.add_argument("--hours", type=float, default=24.0, help="day: of sound")
    verb.set_defaults(run=_bench)


def _clips(options: argparse.Namespace) -> list[Clip]:
    found = read_index(options.directory, options.index, options.language)
    if options.speakers is not None:
        wanted = frozenset(read_words(options.speakers))
        found = [clip for clip in found if clip.speaker in wanted]
    if not found:
        raise RecordingsError(f"{options.index}: no recording of these speakers and this language")
    return found


def _ears(options: argparse.Namespace, matcher: Matcher) -> Ears:
    return load_ears(options.config / options.language, matcher=matcher)


def _evaluate(options: argparse.Namespace, matcher: Matcher) -> int:
    if (options.noise is None) != (options.snr is None):
        sys.stderr.write("kiosk voice evaluate: --noise and --snr go together\n")
        return 2
    clips = _clips(options)
    if options.sentences:
        matcher, clips = sentences_as_commands(matcher, clips)
    noise = None if options.noise is None else Noise(read_noise(options.noise), options.snr)
    outcomes, code = [], 0
    for outcome in evaluate(_ears(options, matcher), clips, noise, pressed=options.pressed):
        if isinstance(outcome, SoundFileError):
            _complain(outcome)
            code = 2
            continue
        outcomes.append(outcome)
        if options.each:
            _tell(each_line(outcome))
    for line in summary(outcomes):
        _say(line, table_row, as_json=options.json)
    return code


def _fit(options: argparse.Namespace, matcher: Matcher) -> int:
    seen = _observed(options, matcher)
    fitted = fit(seen.candidates, seen.talk_hours, seen.commands, seen.speakers)
    heard = f"commands heard {seen.commands} times, {seen.talk_hours:.2f} h of talk"
    data = f"{options.index.name}: {heard}"
    if options.out is not None:
        options.out.write_text(as_toml(fitted, data), "utf-8")
        file = confusions_file(options.out)
        file.write_text(confusions_as_toml(seen.confusions, data), "utf-8")
    _tell(
        {
            "data": data,
            "speakers": len(fitted.rules.fitted_on),
            "left_out_in_turn": {"after a press": fitted.pressed, "gate open": fitted.open},
            "highest_talk": [[round(odds, 2), phrase] for odds, phrase in fitted.talk_highest],
            "rules": msgspec.to_builtins(fitted.rules),
        }
    )
    return 0


def _observed(options: argparse.Namespace, matcher: Matcher) -> Observations:
    file: Path | None = options.observed
    if file is not None and file.is_file():
        return msgspec.json.decode(file.read_bytes(), type=Observations)
    seen = observe(_ears(options, matcher), _clips(options))
    if file is not None:
        file.write_bytes(msgspec.json.encode(seen))
    return seen


def _bench(options: argparse.Namespace, matcher: Matcher) -> int:
    """Exit code 1 when a bar does not hold."""
    held = True
    for line in _figures(options, matcher):
        _say(line, row, as_json=options.json)
        held = held and line["holds"] is not False
    return 0 if held else 1


def _figures(options: argparse.Namespace, matcher: Matcher) -> Iterator[dict[str, Any]]:
    parts = options.part or [part for part in PARTS if part != "day"]
    if "text" in parts:
        yield from text_figures(matcher, options.config / options.language, options.seed)
    if set(parts) == {"text"}:
        return
    ears = _ears(options, matcher)
    files = sorted(options.speech.rglob("*.flac"))
    if "decision" in parts:
        yield from decision_figures(ears, files)
    if "listening" in parts:
        yield from listening_figures(ears, files)
    if "noise" in parts:
        yield from noise_figures(ears, files)
    if "day" in parts:
        yield from day_figures(ears, files, options.hours)


def _say(
    line: dict[str, Any], for_people: Callable[[dict[str, Any]], str], *, as_json: bool
) -> None:
    if as_json:
        _tell(line)
    else:
        _write(for_people(line))


def _tell(line: dict[str, Any]) -> None:
    _write(msgspec.json.encode(line).decode())


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _complain(error: VoiceError) -> None:
    sys.stderr.write(f"kiosk voice: {error}\n")
