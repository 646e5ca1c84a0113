"""Which files are one session: hands, wall, sound and golden of one name lie beside one another."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from gestures.session import SUFFIXES as HANDS
from kiosk.inputs.recorded import SUFFIXES as WALL

SOUNDS = (".flac", ".wav", ".ogg")
CLIPS = (".gif", ".mp4", ".avi", ".mov", ".mkv", ".webm")
GOLDEN = ".golden.jsonl"
LABELS = ".labels.jsonl"
INDEX = "index."


class Source(NamedTuple):
    """The files of one session; `name` is how it is told of. At least one of them is not None."""

    name: str
    golden: Path
    hands: Path | None = None
    wall: Path | None = None
    sound: Path | None = None
    labels: Path | None = None


class NoSession(Exception):  # noqa: N818 - an answer to a person, not a fault
    """A path that leads to no session; the text says what was expected."""


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """Every session of these files and folders, each once, in the order of their names. Raises
    NoSession."""
    found: dict[tuple[Path, str], dict[str, Path]] = {}
    for path in paths:
        files = _files(path)
        if not files:
            raise NoSession(f"{path}: no session in it; expected {_expected()}")
        for file in files:
            stem, part = _part(file.name) or ("", "")
            kept = found.setdefault((file.parent, stem), {})
            kept[part] = file
    sources = [_source(folder, stem, parts) for (folder, stem), parts in sorted(found.items())]
    return [source for source in sources if source is not None]


def weave(sources: Sequence[Source]) -> Source:
    """One session of several: at most one of each kind. Raises NoSession."""
    taken: dict[str, Path] = {}
    for source in sources:
        for part in ("hands", "wall", "sound", "labels"):
            file = getattr(source, part)
            if file is None:
                continue
            if part in taken:
                raise NoSession(f"{taken[part]} and {file}: only one of a kind can be woven")
            taken[part] = file
    first = sources[0]
    return Source("+".join(s.name for s in sources), first.golden, **taken)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(f for f in path.rglob("*") if _part(f.name) is not None and f.is_file())
    if not path.exists():
        raise NoSession(f"{path}: no such file or folder")
    part = _part(path.name)
    if part is None or not path.is_file():
        raise NoSession(f"{path}: no session; expected {_expected()}")
    return [path, *_beside(path, part[0])]


def _beside(path: Path, stem: str) -> Iterable[Path]:
    """What belongs to the same session, of the kinds that the file itself is not."""
    own = _part(path.name)
    for file in sorted(path.parent.glob(f"{_escaped(stem)}.*")):
        part = _part(file.name)
        if part is not None and own is not None and part[0] == stem and part[1] != own[1]:
            yield file


def _escaped(stem: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)


def _part(name: str) -> tuple[str, str] | None:
    """The session's name and which part of it a file is; None when it is none."""
    if name.startswith(INDEX) or name.endswith(GOLDEN):
        return None
    kinds = (("labels", (LABELS,)), ("wall", WALL), ("hands", HANDS), ("sound", SOUNDS))
    for part, suffixes in (*kinds, ("clip", CLIPS)):
        for suffix in sorted(suffixes, key=len, reverse=True):
            if name.lower().endswith(suffix) and len(name) > len(suffix):
                return name[: -len(suffix)], part
    return None


def _source(folder: Path, stem: str, parts: dict[str, Path]) -> Source | None:
    hands = parts.get("hands") or parts.get("clip")
    if hands is None and "wall" not in parts and "sound" not in parts:
        return None  # labels of something else
    return Source(
        name=str(folder / stem),
        golden=folder / (stem + GOLDEN),
        hands=hands,
        wall=parts.get("wall"),
        sound=parts.get("sound"),
        labels=parts.get("labels"),
    )


def _expected() -> str:
    return f"files that end in {', '.join((*HANDS, *WALL, *SOUNDS, *CLIPS))}"
