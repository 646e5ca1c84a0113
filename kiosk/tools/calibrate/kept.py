"""The input of a walk, kept so that it can be walked again at a desk with `--headless`."""

from pathlib import Path

import msgspec

from kiosk.tools.calibrate.walk import Done, Walk

SUFFIX = "-input"


def folder_of(kept: Path) -> Path:
    """Beside the file that a walk is kept in."""
    return kept.with_name(kept.stem + SUFFIX)


def write_input(folder: Path, walk: Walk) -> None:
    """What was told and measured of every step that is done; a take of which more than figures was
    kept is left as it is. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, done in walk.done.items():
        if done.takes:
            _write_step(folder / name, done)


def _write_step(folder: Path, done: Done) -> None:
    folder.mkdir(exist_ok=True, mode=0o700)
    if done.facts:
        lines = (f"{name} = {value!r}\n" for name, value in done.facts.items())
        _write(folder / "facts.toml", "".join(lines).encode())
    for take, values in enumerate(done.takes, 1):
        raw = [file for file in folder.glob(f"{take}.*") if file.suffix != ".json"]
        if not raw:
            _write(folder / f"{take}.json", msgspec.json.encode(values) + b"\n")


def _write(file: Path, data: bytes) -> None:
    fresh = file.with_name(f"{file.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(data)
    fresh.replace(file)
