"""How a name is typed changes nothing of what is found."""

import unicodedata
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.app.configuration import read_desk
from kiosk.core.finder import Findable, Finder
from kiosk.core.hangul import LEADS, initials, ordinary
from kiosk.settings import Settings
from kiosk.wire.text import Text
from tests.helpers.speech import grammar

FORMS: list[Literal["NFC", "NFD"]] = ["NFC", "NFD"]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
NAMES = sorted(
    {
        *(value.spoken for value in grammar().listed_slots["district"]),
        *(value.spoken for value in grammar().listed_slots["indicator"]),
        *(department.name.ko for department in read_desk(Settings()).department),
        "CCTV",
    }
)
FINDER = Finder(Findable("x", Text(name, name), "x.open", {"id": name}) for name in NAMES)


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and the same in another Unicode form, width, letter case, with spaces around it."""
    name = draw(st.sampled_from(NAMES))
    text = unicodedata.normalize(draw(st.sampled_from(FORMS)), name)
    if draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    if draw(st.booleans()):
        text = text.lower()
    return name, draw(st.sampled_from(["", " ", "\u3000"])) + text + draw(
        st.sampled_from(["", " "])
    )


@given(typed())
@settings(max_examples=150, deadline=None)
def test_a_name_is_found_first_however_it_is_typed(told: tuple[str, str]) -> None:
    name, text = told
    assert FINDER.find(text)[0].entry.name.ko == name


@given(st.sampled_from([name for name in NAMES if name != "CCTV"]), st.sampled_from(FORMS))
@settings(deadline=None)
def test_initial_consonants_find_the_name(name: str, form: Literal["NFC", "NFD"]) -> None:
    asked = unicodedata.normalize(form, initials(name.replace(" ", "")))
    found = [one.entry.name.ko for one in FINDER.find(asked, limit=len(NAMES))]
    assert name in found


def test_initial_consonants_of_a_district() -> None:
    assert FINDER.find("ㄱㄴㄱ")[0].entry.name.ko == "강남구"
    assert FINDER.find("\u1100\u1102\u1100")[0].entry.name.ko == "강남구"  # of composing systems


WILD = st.text(st.characters() | st.characters(categories=["Cs", "Cc", "So"]), max_size=60)


@given(WILD)
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_search(text: str) -> None:
    assert len(FINDER.find(text, 5)) <= 5
    assert ordinary(ordinary(text)) == ordinary(text)
    assert ordinary(LEADS) == LEADS
