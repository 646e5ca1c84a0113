"""`gestures evaluate DIR`: how well the recogniser does on what lies labelled in a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from gestures.camera import STILLS
from gestures.errors import CameraError, GesturesError, SessionError
from gestures.evaluate.people import seen_or_not
from gestures.evaluate.stills import Answer, from_index, from_pictures, indexed
from gestures.evaluate.streams import Stream, read_labels, replay_clip, replay_session
from gestures.evaluate.tables import Row, still_rows, stream_rows
from gestures.index import INDEX_FILE, Still
from gestures.session import SUFFIXES, Label, is_session

LABELS = ".labels.jsonl"
CLIPS = (".gif", ".mp4", ".avi", ".mov", ".mkv", ".webm")
T = TypeVar("T")
STOPPED = 130  # as a shell says of a program that Ctrl-C ended
TOLD_EVERY = 25


def main(argv: list[str]) -> int:
    """Exit code: 0 done, 2 wrong usage or a file that can't be read (the others are still done),
    130 stopped by Ctrl-C."""
    parser = argparse.ArgumentParser(prog="gestures evaluate", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--labels", type=Path, metavar="DIR", help=f"where else NAME{LABELS} files may lie"
    )
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return 2 if stop.code else 0
    if not options.folder.is_dir():
        sys.stderr.write(f"{options.folder}: no such folder; expected one with labelled files\n")
        return 2
    try:
        return _evaluate(options)
    except GesturesError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("stopped; nothing was counted\n")
        return STOPPED


def _evaluate(options: argparse.Namespace) -> int:
    work = Evaluation(options.folder, options.labels)
    streams, answers = work.streams(), work.answers()
    rows = [*still_rows(answers, seen_or_not), *stream_rows(streams)]
    for line in _json(rows) if options.json else _table(rows):
        sys.stdout.write(line + "\n")
    for problem in dict.fromkeys(work.problems):
        sys.stderr.write(problem + "\n")
    if work.unlabelled:
        sys.stderr.write(f"{work.unlabelled} streams are neither labelled nor idle: not counted\n")
    if not rows:
        sys.stderr.write(f"{options.folder}: nothing labelled in it\n")
    return 2 if work.problems or not rows else 0


class Evaluation:
    """One folder's files, and what was wrong with them."""

    def __init__(self, folder: Path, labels: Path | None) -> None:
        self._files = sorted(path for path in folder.rglob("*") if path.is_file())
        self._labels = labels
        self.problems: list[str] = []
        self.unlabelled = 0

    def streams(self) -> list[Stream]:
        """Sessions; and clips beside which no session of the same name lies."""
        sessions = [f for f in self._files if is_session(f) and not _is_other(f)]
        known = {_stem(file) for file in sessions}
        clips = [f for f in self._files if f.suffix.lower() in CLIPS and _stem(f) not in known]
        found = []
        for done, file in enumerate([*sessions, *clips], start=1):
            stream = self._tried(self._stream, file)
            if stream is not None:
                found.append(stream)
            _tell(done, len(sessions) + len(clips), "streams")
        return found

    def answers(self) -> list[Answer]:
        """Of all pictures, and of the landmarks that indices hold."""
        found: list[Answer] = []
        known: dict[Path, Still] = {}
        for index in (file for file in self._files if file.name == INDEX_FILE):
            found += self._tried(lambda each: list(from_index(each)), index) or []
            known |= self._tried(indexed, index) or {}
        files = [file for file in self._files if file.suffix.lower() in STILLS]
        pictures = {file: known.get(file.resolve()) for file in files}
        if pictures:
            for done, answer in enumerate(from_pictures(pictures, self.problems), start=1):
                found += [] if answer is None else [answer]
                _tell(done, len(pictures), "pictures")
        return found

    def _stream(self, file: Path) -> Stream | None:
        labels = self._labels_of(file)
        stream = None
        if is_session(file):
            stream = replay_session(file, labels)
        elif labels is not None:
            stream = replay_clip(file, labels)
        self.unlabelled += stream is None
        return stream

    def _labels_of(self, file: Path) -> tuple[Label, ...] | None:
        name = _stem(file).name + LABELS
        folders = [file.parent] if self._labels is None else [file.parent, self._labels]
        for folder in folders:
            if (folder / name).is_file():
                return read_labels(folder / name)
        return None

    def _tried(self, what: Callable[[Path], T], file: Path) -> T | None:
        try:
            return what(file)
        except (SessionError, CameraError) as error:
            self.problems.append(str(error))
            return None


def _is_other(file: Path) -> bool:
    return file.name.endswith(LABELS) or file.name == INDEX_FILE


def _stem(file: Path) -> Path:
    """The file without what its name ends in, `.jsonl.gz` included."""
    for suffix in sorted((*SUFFIXES, file.suffix), key=len, reverse=True):
        if file.name.endswith(suffix):
            return file.with_name(file.name.removesuffix(suffix))
    return file


def _tell(done: int, of: int, what: str) -> None:
    if done % TOLD_EVERY == 0 and done < of:
        sys.stderr.write(f"{done} of {of} {what}\n")


def _json(rows: list[Row]) -> Iterator[str]:
    return (msgspec.json.encode(row).decode() for row in rows)


def _table(rows: list[Row]) -> Iterator[str]:
    """Each table under its name, its columns as wide as they need to be."""
    for name, group in groupby(rows, key=lambda row: row["table"]):
        these = [{k: v for k, v in row.items() if k != "table"} for row in group]
        lines = [list(these[0]), *([_cell(v) for v in row.values()] for row in these)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        yield f"\n{name}"
        for line in lines:
            yield "  " + "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip()


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
