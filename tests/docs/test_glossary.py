"""Installers' and testers' screens use no term that the glossary does not explain.

The terms are those of the screens themselves: every English word that they can say is an everyday
one (`everyday_words.txt`) or stands in the glossary. Korean words stand beside the English ones.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.tools.replay import words
from kiosk.wire.text import Text

SCREENS = ("calibrate", "replay", "campaign")
WORD = re.compile(r"[A-Za-z](?:[A-Za-z'-]*[A-Za-z])?")


def told(file: Path) -> Iterator[str]:
    """What a module says in English: the second half of each `Text`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id != "Text" or len(node.args) != 2:
            continue
        english = node.args[1]
        if isinstance(english, ast.Constant) and isinstance(english.value, str):
            yield english.value
        elif isinstance(english, ast.JoinedStr):
            yield " ".join(str(p.value) for p in english.values if isinstance(p, ast.Constant))


def plain(word: str) -> str:
    """Without the ending of a possession or a plural, as well as that goes without a dictionary."""
    word = word.casefold().removesuffix("'s")
    if word.endswith(("hes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "oes")):
        return word[:-1]
    return word


def words_in(text: str) -> set[str]:
    return {plain(word) for word in WORD.findall(text)}


def explained(root: Path) -> set[str]:
    rows = (root / "docs" / "glossary.md").read_text("utf-8").splitlines()[6:]
    return words_in(" ".join(row.split("|")[1] for row in rows if row.startswith("|")))


def everyday(root: Path) -> set[str]:
    return words_in((root / "tests" / "docs" / "everyday_words.txt").read_text("utf-8"))


@pytest.mark.parametrize("screens", SCREENS)
def test_every_word_is_an_everyday_one_or_explained(root: Path, screens: str) -> None:
    known = explained(root) | everyday(root)
    unknown = {
        word: file.name
        for file in sorted((root / "kiosk" / "tools" / screens).rglob("*.py"))
        for text in told(file)
        for word in words_in(text) - known
    }
    assert unknown == {}, "explain it in docs/glossary.md, or say it in an everyday word"


def test_no_term_hides_among_the_everyday_words(root: Path) -> None:
    """What the glossary explains is no everyday word, and the list holds nothing that is not
    said."""
    said = {
        word
        for screens in SCREENS
        for file in (root / "kiosk" / "tools" / screens).rglob("*.py")
        for text in told(file)
        for word in words_in(text)
    }
    listed = everyday(root)
    assert sorted(listed & TERMS) == []
    assert sorted(listed - said) == []


TERMS = {
    *("clipping", "clutch", "flicker", "gamma", "golden", "grade", "hum", "latency", "lane"),
    *("lead", "reverberation", "variant", "exposure", "infrared", "boost", "aspect", "tilt"),
}
"""Some that nobody is to list as everyday words."""


def test_each_measure_is_said_in_both_languages() -> None:
    for told_of in (words.MEASURES, words.LANES, words.DIFFERENCES, words.STATES, words.PHASES):
        for text in told_of.values():
            assert isinstance(text, Text)
            assert text.ko
            assert text.en
            assert text.ko != text.en
