"""The recordings of the tour that a city understands."""

from pathlib import Path
from typing import Any

import msgspec

from voice.grammar import Grammar


class Clip(msgspec.Struct, frozen=True):
    """A recording as `index.jsonl` describes it; `answer` is match, choice or refused."""

    file: str
    says: str
    answer: str
    command: str
    args: dict[str, Any]


class Speech:
    """Those of a folder, and which of them name something that the grammar has."""

    def __init__(self, folder: Path, grammar: Grammar) -> None:
        lines = (folder / "index.jsonl").read_text("utf-8").splitlines()
        self._clips = {clip.file: clip for clip in map(_clip, lines)}
        self._known = [(phrase.command, phrase.args) for phrase in grammar.phrases]

    def understands(self, file: str) -> bool:
        """Whether what a recording asks for is there in this city."""
        clip = self._clips[file]
        return (clip.command, clip.args) in self._known

    def first(self, files: tuple[str, ...]) -> Clip:
        """The first of these that is understood; raises StopIteration (a bug) without any."""
        return next(self._clips[file] for file in files if self.understands(file))


def _clip(line: str) -> Clip:
    return msgspec.json.decode(line, type=Clip)
