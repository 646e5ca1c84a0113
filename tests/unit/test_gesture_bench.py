"""The bench prints figures alone on standard output, in the form of every bench."""

import json

import numpy as np
import pytest

from gestures.bench import Figure, main
from gestures.bench_footage import Footage

QUICK = ["--seconds", "0.1", "--minutes", "0.02", "--hours", "0.001"]


def test_a_figure_knows_whether_its_bar_holds() -> None:
    assert Figure("a", 1.2, "x", 1.2).holds is True
    assert Figure("a", 1.3, "x", 1.2).holds is False
    assert Figure("a", 1.3, "x").holds is None


def test_footage_runs_there_and_back_with_rising_times() -> None:
    footage = Footage([np.full((40, 40, 3), level, np.uint8) for level in (10, 20, 30)])
    seen = [footage.next() for _ in range(7)]
    assert [int(p.rgb[0, 0, 0]) for p in seen] == [10, 20, 30, 20, 10, 20, 30]
    assert [p.t_ms for p in seen] == sorted({p.t_ms for p in seen})


@pytest.mark.slow
def test_without_a_clip_the_drawn_hand_is_seen_by_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", *QUICK]) == 0
    out, err = capsys.readouterr()
    figures = {line["name"]: line for line in map(json.loads, out.splitlines())}
    assert all(
        set(line) == {"bench", "name", "value", "unit", "bar", "holds", "n"}
        for line in figures.values()
    )
    assert figures["pipeline sees a hand"]["value"] > 0.9
    assert figures["bare sees a hand"]["value"] > 0.9
    assert "draws" in err


@pytest.mark.parametrize("arguments", [["none.mp4"], ["--minutes", "0"], ["--seconds", "soon"]])
def test_bad_usage_and_bad_clips_say_so(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert not out
    assert arguments[-1] in err
