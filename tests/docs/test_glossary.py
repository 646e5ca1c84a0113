"""Testers' screens use no term that the glossary does not explain."""

from pathlib import Path

from kiosk.tools.replay import words
from kiosk.wire.text import Text

TERMS = {
    *("campaign", "clutch", "command", "delay", "detection rate", "difference", "engaged", "false"),
    *("golden", "grade", "ground truth", "held shape", "interval", "label", "lane", "lead", "move"),
    *("outcome", "palm", "session", "tolerance", "variant", "weave"),
}
"""What a word on a tester's screen may stand for that is no everyday word."""


def known(root: Path) -> str:
    rows = (root / "docs" / "glossary.md").read_text("utf-8").splitlines()[6:]
    return " ".join(row.split("|")[1] for row in rows if row.startswith("|")).casefold()


def test_every_term_is_in_the_glossary(root: Path) -> None:
    explained = known(root)
    assert {term for term in TERMS if term not in explained} == set()


def test_each_measure_is_said_in_both_languages() -> None:
    for told in (words.MEASURES, words.LANES, words.DIFFERENCES, words.STATES, words.PHASES):
        for text in told.values():
            assert isinstance(text, Text)
            assert text.ko
            assert text.en
            assert text.ko != text.en
