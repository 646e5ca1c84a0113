"""`gestures replay`: what the recogniser makes of pictures, clips and recorded sessions."""

from __future__ import annotations

import argparse
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from gestures.camera import STILLS, is_still
from gestures.engine import GestureEngine
from gestures.errors import GesturesError, UnreadableFileError, printable
from gestures.events import GestureEvent, HandFrame
from gestures.session import is_session
from gestures.source import TAIL_MS, open_source

REPLAY_FPS = 30.0


def main(argv: list[str]) -> int:
    """Exit code: 0 done, 2 wrong usage or a file that can't be read (the others are still done)."""
    parser = argparse.ArgumentParser(prog="gestures replay")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--engaged", action="store_true", help="start with the clutch closed")
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return 2 if stop.code else 0
    failed = False
    for path in options.paths:
        try:
            for line in _recognise(path, options.engaged):
                _write(line, options.json)
        except GesturesError as error:
            failed = True
            sys.stderr.write(f"{error}\n")
    return 2 if failed else 0


def _recognise(path: Path, engaged: bool) -> Iterator[dict[str, Any]]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise UnreadableFileError(str(path), error.strerror or "can't be opened") from error
    if stat.S_ISDIR(mode):
        yield from _stills(path, sorted(f for f in path.rglob("*") if _named_still(f)))
    elif not stat.S_ISREG(mode):
        raise UnreadableFileError(str(path), "neither a file nor a folder")
    elif not is_session(path) and is_still(path):
        yield from _stills(path, [path])
    else:
        for event in replay_stream(path, engaged):
            yield {
                "file": printable(path),
                "t_ms": event.t_ms,
                "kind": event.kind,
                "phase": event.phase,
                "hand": event.hand,
                "score": event.confidence,
            }


def replay_stream(path: Path, engaged: bool) -> Iterator[GestureEvent]:
    """The events of a clip or session on its own times. Raises GesturesError."""
    source = open_source(str(path), (0, 0), lambda: 0, REPLAY_FPS)
    engine = GestureEngine(engaged=engaged)
    source.look_for(2 if engaged else 1)
    last_ms = 0
    try:
        while (frame := source.read()) is not None:
            last_ms = frame.t_ms
            yield from engine.feed(frame)
            source.look_for(2 if engine.engaged else 1)
        for after_ms in TAIL_MS:
            yield from engine.feed(HandFrame(t_ms=last_ms + after_ms))
    finally:
        source.close()


def _stills(folder: Path, files: list[Path]) -> Iterator[dict[str, Any]]:
    from gestures.camera import read_still
    from gestures.still import StillReader, still_gesture

    if not files:
        raise UnreadableFileError(str(folder), f"a folder without pictures ({', '.join(STILLS)})")
    unreadable: list[str] = []
    with StillReader() as reader:
        for file in files:
            try:
                found = still_gesture(reader.hands(read_still(file)))
            except UnreadableFileError as error:
                unreadable.append(str(error))
                continue
            yield {
                "file": printable(file),
                "kind": found.kind or "none",
                "score": round(found.score, 3),
                "hands": found.hands,
            }
    if unreadable:
        raise GesturesError("\n".join(unreadable))


def _named_still(path: Path) -> bool:
    return path.suffix.lower() in STILLS and not path.is_dir()


def _write(line: dict[str, Any], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
        return
    place = f"{line['t_ms'] / 1000:8.2f} s  " if "t_ms" in line else ""
    phase = f" {line['phase']}" if "phase" in line else ""
    sys.stdout.write(f"{line['file']}: {place}{line['kind']}{phase} ({line['score']:.2f})\n")
