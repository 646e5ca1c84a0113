"""Counting what recordings come to, and the intervals that stand beside the counts."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.speech import grammar
from voice.errors import RecordingsError
from voice.evaluation import (
    Clip,
    Outcome,
    meant_by,
    read_index,
    result_of,
    sentences_as_commands,
    speech_end_ms,
    summary,
    table_row,
)
from voice.events import Answer, Choice, IntentMatch, NoMatch, NoMatchReason
from voice.intervals import poisson_interval, wilson_interval
from voice.matcher import Matcher

HEADER = "file\tspeaker\tkind\tlicence\tseconds\ttranscript\n"
HOME = IntentMatch("nav.home", {}, "처음으로", "처음으로", 0.9, 0)
BACK = IntentMatch("nav.back", {}, "뒤로 가기", "뒤로 가기", 0.9, 0)
NOTHING = NoMatch("", NoMatchReason.UNKNOWN, (), 0)


def test_an_index_is_read_by_its_column_names(tmp_path: Path) -> None:
    index = tmp_path / "index.tsv"
    index.write_text(
        HEADER
        + "a/1.flac\tkim\tcommand (synthetic)\tfree\t3.5\t처음으로\n"
        + 'b/2.flac\tlee\tnon-command\tfree\t2.0\t"따옴표가 열리고 닫히지 않는다\n'
        + "c/3.flac\tjoe\tcommand EN (intent labels)\tfree\t2.0\tespresso\n",
        "utf-8",
    )
    command, talk = read_index(tmp_path, index)
    assert (command.file, command.voice, command.is_talk) == (
        tmp_path / "a/1.flac",
        "synthetic",
        False,
    )
    assert (talk.speaker, talk.voice, talk.is_talk) == ("lee", "human", True)
    (english,) = read_index(tmp_path, index, "en")
    assert english.speaker == "joe"


@pytest.mark.parametrize(
    "text",
    [
        "file\tspeaker\na.flac\tkim\n",
        HEADER + "a.flac\tkim\tcommand\tfree\tlong\t처음으로\n",
        HEADER + "a.flac\tkim\n",
    ],
)
def test_an_index_that_is_none_names_the_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.tsv").write_text(text, "utf-8")
    with pytest.raises(RecordingsError, match="line 2"):
        read_index(tmp_path, tmp_path / "index.tsv")
    with pytest.raises(RecordingsError, match="absent"):
        read_index(tmp_path, tmp_path / "absent.tsv")


@pytest.mark.parametrize(
    ("answers", "wanted", "result"),
    [
        ([HOME], HOME, "right"),
        ([BACK], HOME, "wrong"),
        ([HOME, BACK], HOME, "wrong"),
        ([HOME], None, "wrong"),
        ([NOTHING], HOME, "refused"),
        ([], HOME, "refused"),
        ([NOTHING, HOME], HOME, "right"),
        ([Choice((BACK, HOME), "", 0)], HOME, "asked"),
        ([Choice((BACK, HOME), "", 0)], None, "asked about others"),
    ],
)
def test_one_wrong_act_makes_a_recording_wrong(
    answers: Sequence[Answer], wanted: IntentMatch | None, result: str
) -> None:
    assert result_of(answers, wanted) == result


def test_only_a_sentence_of_ours_as_it_stands_is_wanted() -> None:
    matcher = Matcher(grammar())
    wanted = meant_by(matcher, "강남구 보여 줘")
    assert wanted is not None
    assert wanted.args == {"district": "11680"}
    assert meant_by(matcher, "강낭구 보여 줘") is None
    assert meant_by(matcher, "점심 뭐 먹지") is None


def test_sentences_of_talks_become_commands_of_their_own() -> None:
    def clip(text: str, kind: str = "non-command") -> Clip:
        return Clip(Path("x.flac"), "kim", kind, 2.0, text)

    told = "삶을 추구하다가는"
    matcher, clips = sentences_as_commands(
        Matcher(grammar()), [clip(told), clip(""), clip("1등 하기"), clip("처음으로", "command")]
    )
    (sentence,) = clips
    assert (sentence.is_talk, sentence.voice) == (False, "human")
    wanted = meant_by(matcher, told)
    assert wanted is not None
    assert (wanted.command, wanted.args) == ("sentence", {"said": told})


def test_speech_ends_at_its_last_loud_frame() -> None:
    loud = np.full(16_000, 8000, dtype=np.int16)
    faint = np.full(8_000, 20, dtype=np.int16)
    assert speech_end_ms(np.concatenate([faint, loud, faint]).tobytes()) == 1500
    assert speech_end_ms(bytes(3200)) == 0
    assert speech_end_ms(b"") == 0


def outcome(group: str, result: str, *accepted: str) -> Outcome:
    clip = Clip(Path("x.flac"), "kim", "", 1800.0, "")
    return Outcome(clip, group, result, accepted, 200, 250)


def test_a_summary_tells_groups_apart_with_intervals() -> None:
    lines = summary(
        [outcome("commands, human", "right")] * 9
        + [outcome("commands, human", "refused")]
        + [
            outcome("talk, human", "wrong", "nav.home"),
            outcome("talk, human", "refused"),
        ]
    )
    commands, talk = lines
    assert commands["right"] == {
        "n": 9,
        "share": 0.9,
        "low": pytest.approx(0.596, abs=0.001),
        "high": pytest.approx(0.982, abs=0.001),
    }
    assert commands["delay_computed_ms"]["median"] == 250
    assert (talk["hours"], talk["accepted"], talk["an_hour"]["value"]) == (1.0, 1, 1.0)
    assert talk["an_hour"]["high"] == pytest.approx(5.572, abs=0.001)
    assert (talk["acted"]["n"], talk["acted"]["share"]) == (1, 0.5)
    assert all(isinstance(table_row(line), str) for line in lines)


@given(st.integers(1, 5000), st.data())
def test_a_share_lies_in_its_interval(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    low, high = wilson_interval(count, n)
    assert 0 <= low <= count / n + 1e-12
    assert count / n - 1e-12 <= high <= 1
    wider = wilson_interval(count * 2, n * 2)
    assert wider[1] - wider[0] < high - low


@pytest.mark.parametrize(
    ("count", "low", "high"),  # Garwood (1936), as in every table of the Poisson distribution
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.2422, 7.225), (10, 4.795, 18.39)],
)
def test_a_count_has_the_exact_interval(count: int, low: float, high: float) -> None:
    assert list(poisson_interval(count)) == pytest.approx([low, high], abs=0.005)


@given(st.integers(0, 300))
def test_a_count_lies_in_its_interval(count: int) -> None:
    low, high = poisson_interval(count)
    assert low <= count <= high
    assert math.isfinite(high)
