"""What was heard for what is counted, and tells which phrase was said."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.confusions import LETTERS, Confusions, Explained, count_confusions, read_confusions
from voice.errors import ModelError
from voice.sounds import sounds

GUESSED = count_confusions(())
texts = st.text(LETTERS, min_size=1, max_size=12)


def chances(nats: tuple[float, ...]) -> float:
    return float(np.exp(-np.array(nats)).sum())


@pytest.mark.parametrize("counted", [GUESSED, count_confusions([("kaN", "kan"), ("poso", "po")])])
def test_every_sound_is_heard_as_something_or_dropped(counted: Confusions) -> None:
    for row, dropped in zip(counted.heard, counted.dropped, strict=True):
        assert chances((*row, dropped)) == pytest.approx(1.0, abs=0.01)
    assert chances(counted.usual) == pytest.approx(1.0, abs=0.01)
    assert chances(counted.added) < 1.0


def test_what_is_often_heard_for_a_sound_costs_less() -> None:
    n, m = LETTERS.index("n"), LETTERS.index("s")
    taught = count_confusions([("nanana", "sasasa")] * 40)
    assert taught.heard[n][m] < taught.heard[n][n] < GUESSED.heard[n][m]


def test_the_phrase_that_was_said_explains_best_what_was_misheard() -> None:
    phrases = ["강남구 민원 현황", "강북구 교통 상황", "도봉구 미세먼지 보여 줘", "도움말"]
    explained = Explained([sounds(p.replace(" ", "")) for p in phrases], GUESSED)
    for heard, said in (("간낭구미눤현왕", 0), ("더멍구미재먼지버려처", 2), ("동망", 3)):
        evidence = explained.evidence(sounds(heard))
        assert int(evidence.argmax()) == said
        assert evidence[said] > 0


def test_a_text_of_another_length_explains_nothing() -> None:
    explained = Explained(["ka", "kanata" * 5], GUESSED)
    assert explained.evidence("kanatakanata" * 3)[0] < 0
    assert explained.evidence("ka")[1] < 0
    assert (explained.evidence("") < 0).all()
    assert Explained([], GUESSED).evidence("ka").size == 0


def test_only_the_wanted_texts_are_looked_at() -> None:
    explained = Explained(["ka", "kana", "poso"], GUESSED)
    some = explained.evidence("kana", np.array([2, 1]))
    assert some.tolist() == explained.evidence("kana")[[2, 1]].tolist()


@given(texts, texts)
def test_no_other_text_explains_a_text_better_than_itself_where_all_sounds_are_alike(
    one: str, other: str
) -> None:
    flat = Confusions(
        heard=tuple(
            tuple(0.1 if a == b else 5.0 for b in range(len(LETTERS))) for a in range(len(LETTERS))
        ),
        dropped=(5.0,) * len(LETTERS),
        added=(5.0,) * len(LETTERS),
        usual=(3.0,) * len(LETTERS),
    )
    own, others = Explained([one, other], flat).evidence(one)
    assert own == pytest.approx(2.9 * len(one), abs=1e-3)
    assert others <= own + 1e-4


def test_a_file_that_is_none_is_named_and_a_missing_one_is_guessed(tmp_path: Path) -> None:
    assert read_confusions(tmp_path / "ko_confusions.toml") == GUESSED
    (tmp_path / "broken.toml").write_text("heard = 3")
    with pytest.raises(ModelError, match=r"broken\.toml"):
        read_confusions(tmp_path / "broken.toml")
