"""`gestures train`: makes the weights of the hand-shape classifier from a folder of real hands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gestures.errors import GesturesError, SessionError
from gestures.index import INDEX_FILE
from gestures.network import WEIGHTS, save
from gestures.training.card import card
from gestures.training.data import read_examples
from gestures.training.lessons import PER_PATTERN
from gestures.training.trial import run


def main(argv: list[str]) -> int:
    """Prints the model card, writes it beside the weights. Exit code: 0 done, 2 bad input."""
    parser = argparse.ArgumentParser(prog="gestures train")
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help=f"folder with {INDEX_FILE}"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS, metavar="FILE", help="the weights")
    parser.add_argument(
        "--per-pattern",
        type=int,
        default=PER_PATTERN,
        metavar="N",
        help="composed hands per pattern of fingers",
    )
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return 2 if stop.code else 0
    try:
        _train(options.data, options.out, max(1, options.per_pattern))
    except GesturesError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{options.out}: can't be written ({error.strerror})\n")
        return 2
    return 0


def _train(data: Path, out: Path, per_pattern: int) -> None:
    examples = read_examples(data)
    try:
        trial = run(examples, per_pattern, _tell)
    except ValueError as error:
        raise SessionError(data / INDEX_FILE, 0, str(error)) from error
    text = card(examples, trial)
    save(trial.network, out)
    out.with_suffix(".md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    _tell(f"written: {out} and {out.with_suffix('.md')}")


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
