"""`assess`: the sheet of self-assessment, with what this wall measures of it by itself."""

import argparse
import sys
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.core.clock import SystemClock
from kiosk.pack.loading import CONFIG
from kiosk.settings import SettingsError
from kiosk.settings.loading import read_model
from kiosk.tools.assess.measures import MEASURES, Evidence, Measured, read_evidence
from kiosk.tools.printed import keep_whole, printed
from kiosk.tools.sources.site import add_options, data_dir, read_settings
from kiosk.wire.text import Text

FILE = CONFIG / "kit" / "assessment.toml"
TITLE = Text("자체 점검표", "Self-assessment")


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Question(_Entry, frozen=True):
    """What the office answers."""

    id: str
    title: Text


class Index(_Entry, frozen=True):
    """An index of the sheet; `measured` are names of MEASURES."""

    id: str
    title: Text
    about: Text
    measured: tuple[str, ...]
    asked: tuple[Question, ...]


class _Sheet(_Entry, frozen=True):
    index: tuple[Index, ...]


class Answer(_Entry, frozen=True):
    """An office's: 0 nothing, 1 planned, 2 begun, 3 running, 4 effect shown."""

    score: Annotated[int, Meta(ge=0, le=4)] | None = None
    note: str = ""


class _Answers(_Entry, frozen=True):
    answers: dict[str, Answer] = {}


class Asked(_Entry, frozen=True):
    id: str
    title: Text
    score: int | None
    note: str


class Filled(_Entry, frozen=True):
    """An index with what was measured and answered."""

    id: str
    title: Text
    about: Text
    measured: tuple[Measured, ...]
    asked: tuple[Asked, ...]


def main(argv: list[str]) -> int:
    """Exit code 0; 1 when the page can't be written."""
    options = _parser().parse_args(argv)
    settings = read_settings(options)
    answers = read_answers(options.answers) if options.answers else {}
    sheet = filled(read_evidence(settings, data_dir(options, settings)), answers)
    try:
        if options.json:
            print(msgspec.json.encode(sheet).decode())
        elif options.page is not None:
            keep_whole(options.page, as_page(sheet, SystemClock().now_ms()))
        else:
            print(as_text(sheet))
    except OSError as error:
        print(f"assess: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk.sh assess",
        description="The sheet of self-assessment: ten indices, what this wall measures of them by "
        "itself, and what the office answers.",
    )
    parser.add_argument("--answers", type=Path, metavar="FILE", help="the office's answers, TOML")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true", help="one line of JSON")
    what.add_argument("--page", type=Path, metavar="FILE.html", help="a page to fill in and print")
    add_options(parser)
    return parser


def read_sheet() -> tuple[Index, ...]:
    """Raises SettingsError."""
    found = read_model(FILE, _Sheet).index
    for index in found:
        for name in index.measured:
            if name not in MEASURES:
                known = f"one of: {', '.join(MEASURES)}"
                raise SettingsError(str(FILE), f"index {index.id}.measured", name, known)
    return found


def read_answers(file: Path) -> dict[str, Answer]:
    """By the question's id. Raises SettingsError, also for an answer that nothing asked for."""
    found = read_model(file, _Answers).answers
    known = [question.id for index in read_sheet() for question in index.asked]
    for name in found:
        if name not in known:
            raise SettingsError(str(file), "answers", name, f"one of: {', '.join(known)}")
    return found


def filled(evidence: Evidence, answers: dict[str, Answer]) -> tuple[Filled, ...]:
    return tuple(
        Filled(
            index.id,
            index.title,
            index.about,
            tuple(MEASURES[name](evidence) for name in index.measured),
            tuple(_asked(question, answers.get(question.id, Answer())) for question in index.asked),
        )
        for index in read_sheet()
    )


def _asked(question: Question, answer: Answer) -> Asked:
    return Asked(question.id, question.title, answer.score, answer.note)


def as_page(sheet: tuple[Filled, ...], now_ms: int) -> str:
    return printed("assessment.html", TITLE, now_ms, indices=sheet)


def as_text(sheet: tuple[Filled, ...]) -> str:
    lines = [f"{TITLE.ko} / {TITLE.en}"]
    for n, index in enumerate(sheet, 1):
        lines.append(f"\n{n}. {index.title.ko} / {index.title.en}")
        lines += [f"   = {m.title.ko} / {m.title.en}: {m.value.en}" for m in index.measured]
        for asked in index.asked:
            said = "-" if asked.score is None else f"{asked.score}"
            note = f" {asked.note}" if asked.note else ""
            lines.append(f"   ? {asked.title.ko} / {asked.title.en} ({asked.id}): {said}{note}")
    return "\n".join(lines)
