"""Evaluation on tiny sessions with known answers."""

import gzip
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from gestures.cli import main
from gestures.errors import SessionError
from gestures.evaluate import command
from gestures.evaluate.figures import f1, percentile, poisson_interval, ratio
from gestures.evaluate.matching import match
from gestures.evaluate.names import meant_by
from gestures.evaluate.people import SEEN, UNKNOWN, UNSEEN, seen_or_not
from gestures.evaluate.stills import Answer
from gestures.evaluate.streams import read_labels
from gestures.evaluate.tables import still_rows
from gestures.events import GestureEvent, GestureKind, HandFrame, Phase
from gestures.session import Header, Label, Session, write
from gestures.training.data import TEST_SOURCES, held_out
from gestures.tuning import HoldTuning
from tests.helpers.hands import Scene, palm

K = GestureKind
VICTORY = Label(1000, 2000, K.VICTORY)


def event(t_ms: int, kind: GestureKind = K.VICTORY, phase: Phase = Phase.FIRED) -> GestureEvent:
    return GestureEvent(kind, phase, "right", None, 1.0, t_ms)


@pytest.mark.parametrize(
    ("events", "right", "false"),
    [
        ([event(1500)], 1, 0),
        ([event(900)], 1, 0),
        ([event(3000)], 1, 0),
        ([event(899)], 0, 1),  # too early
        ([event(3001)], 0, 1),  # too late
        ([event(1500), event(1900)], 1, 1),  # a second one
        ([event(1500, K.CALL)], 0, 1),
        ([event(1500, K.CALL), event(1600)], 1, 1),
        ([], 0, 0),
        ([event(1500, phase=Phase.BEGAN), event(1600, phase=Phase.CHANGED)], 1, 0),
        ([event(1500, phase=Phase.ENDED)], 0, 0),
    ],
)
def test_what_answers_a_label(events: list[GestureEvent], right: int, false: int) -> None:
    matching = match((VICTORY,), events)
    assert sum(m.event is not None for m in matching.matched) == right
    assert len(matching.false) == false


def test_two_labels_take_an_event_each() -> None:
    labels = (VICTORY, Label(2500, 3500, K.VICTORY))
    matching = match(labels, [event(1600), event(3100)])
    assert [m.event and m.event.t_ms for m in matching.matched] == [1600, 3100]
    assert not matching.false
    late = match(labels, [event(2800)])  # within both: the first is answered
    assert [m.event is not None for m in late.matched] == [True, False]


def test_what_was_said_instead() -> None:
    matching = match((VICTORY,), [event(1500, K.THREE)])
    assert matching.matched[0].instead == (K.THREE,)


def test_delays() -> None:
    def delay(label: Label, at: int) -> int | None:
        return match((label,), [event(at, label.kind)]).matched[0].delay_ms

    hold_ms = HoldTuning().hold_ms[K.VICTORY]
    assert delay(VICTORY, 1000 + hold_ms + 40) == 40
    assert delay(Label(100, 400, K.SWIPE_LEFT), 480) == 80
    assert delay(Label(100, 400, K.GRAB_DRAG), 300) is None
    assert delay(Label(900, 900, K.VICTORY), 920) is None  # a moment: nobody noted the beginning
    assert match((VICTORY,), []).matched[0].delay_ms is None


def test_figures() -> None:
    assert ratio(1, 0) is None
    assert f1(3, 4, 5) == pytest.approx(6 / 9, abs=1e-4)
    assert percentile([], 0.5) is None
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile([4, 1, 3, 2], 0.95) == 4


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (3, 0.6187, 8.767), (100, 81.36, 121.63)],
)
def test_the_poisson_interval_is_the_tables(count: int, low: float, high: float) -> None:
    """Garwood's exact limits as printed in tables."""
    assert poisson_interval(count) == pytest.approx((low, high), rel=1e-3)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("one", "point"),
        ("Thumb_Up", "thumb_up"),
        ("Pointing_Up", "point"),
        ("timeout", "timeout"),
        ("palm_hold", "palm_hold"),
        ("three3", "none"),
        ("stop", None),
    ],
)
def test_names(label: str, kind: str | None) -> None:
    assert meant_by(label) == kind


def test_a_name_that_a_collection_gives_to_something_else() -> None:
    assert (meant_by("three"), meant_by("three", "hagrid_tiles")) == ("three", "none")


def test_stills_are_counted_by_hand() -> None:
    answers = [
        Answer("peace", "victory", "victory", "s", "a"),
        Answer("peace", "victory", "none", "s", "b"),
        Answer("rock", "none", "victory", "s", "a"),
        Answer("rock", "none", "none", "s", "a"),
        Answer("rock", "none", "none"),
    ]
    rows = list(still_rows(answers, lambda _: "unknown"))
    victory = next(row for row in rows if row["table"] == "stills" and row["kind"] == "victory")
    assert (victory["precision"], victory["recall"], victory["f1"]) == (0.5, 0.5, 0.5)
    total = next(row for row in rows if row["table"] == "stills_total")
    assert total["macro_f1"] == pytest.approx((0.5 + 4 / 6) / 2, abs=1e-3)
    assert total["taken_for_one"] == pytest.approx(1 / 3, abs=1e-3)
    assert (total["persons"], total["pictures"], total["accuracy"]) == (2, 5, 0.6)
    confused = {(r["meant"], r["said"]): r["pictures"] for r in rows if "said" in r}
    assert confused["victory", "none"] == 1


def test_who_was_trained_on() -> None:
    unseen = next(name for name in map(str, range(99)) if held_out(name))
    seen = next(name for name in map(str, range(99)) if not held_out(name))
    answers = [
        Answer("palm", "palm_hold", "palm_hold", source, person)
        for source, person in (("a", seen), ("a", unseen), (TEST_SOURCES[0], seen), ("", ""))
    ]
    assert [seen_or_not(each) for each in answers] == [SEEN, UNSEEN, UNSEEN, UNKNOWN]


def evaluated(
    folder: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["evaluate", str(folder), "--json", *options])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


def row_of(rows: list[dict[str, Any]], table: str, **where: object) -> dict[str, Any]:
    found = [r for r in rows if r["table"] == table and where.items() <= r.items()]
    assert len(found) == 1, found
    return found[0]


def raised_palm() -> tuple[HandFrame, ...]:
    return tuple(Scene().hold(palm(), 1500).away(1000).frames)


def test_a_folder_of_sessions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A palm that is meant, one that is not, and a label that nothing answers."""
    frames = raised_palm()
    meant = (Label(0, 1500, K.PALM_HOLD), Label(1800, 2200, K.SWIPE_LEFT))
    write(tmp_path / "meant.jsonl", Session(Header(aspect=16 / 9), frames, meant))
    header = Header(aspect=16 / 9, scene="idle: a palm", generator="by hand")
    (tmp_path / "deep").mkdir()
    write(tmp_path / "deep" / "idle.jsonl.gz", Session(header, frames))
    write(tmp_path / "unknown.jsonl", Session(Header(aspect=16 / 9), frames))
    code, rows, err = evaluated(tmp_path, capsys)
    assert code == 0
    assert "1 streams are neither labelled nor idle" in err
    assert row_of(rows, "online", made="recorded", kind="palm_hold")["detected"] == 1
    assert row_of(rows, "online", made="recorded", kind="swipe_left")["detected"] == 0
    total = row_of(rows, "online_total", made="recorded")
    assert (total["detection_rate"], total["false_per_gesture"]) == (0.5, 0.0)
    missed = row_of(rows, "online_confusion", meant="swipe_left")
    assert missed["said"] == "missed"
    idle = row_of(rows, "idle", made="generated")
    assert (idle["events"], idle["engaged_at_start"]) == (1, False)
    assert idle["per_hour_low"] < idle["per_hour"] < idle["per_hour_high"]
    assert row_of(rows, "idle_events")["kind"] == "palm_hold"
    assert 0 < idle["hours_engaged"] < idle["hours"]


def test_bad_files_are_named_and_the_others_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label = (Label(0, 1500, K.PALM_HOLD),)
    write(tmp_path / "good.jsonl", Session(Header(aspect=16 / 9), raised_palm(), label))
    (tmp_path / "bad.jsonl").write_text("no session\n")
    (tmp_path / "index.jsonl.gz").write_bytes(gzip.compress(b'{"file": 1}\n'))
    write(tmp_path / "odd.jsonl", Session(Header(aspect=16 / 9), raised_palm()))
    (tmp_path / "odd.labels.jsonl").write_text('{"start_ms": 5, "end_ms": 1, "kind": "call"}\n')
    code, rows, err = evaluated(tmp_path, capsys)
    assert code == 2
    assert row_of(rows, "online_total")["detected"] == 1
    for name in ("bad.jsonl:1", "index.jsonl.gz:1", "odd.labels.jsonl:1"):
        assert err.count(name) == 1


def test_labels_beside_and_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Landmark files have no header of ours: engaged, unless their labels begin with a palm."""
    (tmp_path / "clips").mkdir()
    (tmp_path / "labels").mkdir()
    header = {"type": "header", "format": "lab.landmarks/1"}
    frame = {"t_ms": 0, "hands": []}
    for name, spans in (
        ("idle", ""),
        ("meant", '{"start_ms": 0, "end_ms": 10, "kind": "victory"}\n'),
    ):
        (tmp_path / "clips" / f"{name}.jsonl").write_text(
            f"{json.dumps(header)}\n{json.dumps(frame)}\n"
        )
        (tmp_path / "labels" / f"{name}.labels.jsonl").write_text(spans)
    (tmp_path / "clips" / "meant.gif").write_bytes(b"not looked at: its session lies beside it")
    labels = ["--labels", str(tmp_path / "labels")]
    code, rows, _ = evaluated(tmp_path / "clips", capsys, *labels)
    assert code == 0
    assert row_of(rows, "online_total")["meant"] == 1
    assert row_of(rows, "idle")["engaged_at_start"] is True


def test_an_index_of_stills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand = palm()
    shown = {"handedness": "Right", "score": 0.9, "lm": hand.lm, "world": hand.world}
    if hand.side == "left":
        shown["handedness"] = "Left"
    rows = [
        {"file": f"{label}.jpg", "source": "s", "label": label, "person": "p", "hands": hands}
        for label, hands in (("palm", [shown]), ("rock", []), ("no_gesture", [shown]))
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "index.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    code, told, _ = evaluated(tmp_path, capsys)
    assert code == 0
    total = row_of(told, "stills_total", looked_at="landmarks")
    assert (total["pictures"], total["accuracy"], total["macro_f1"]) == (2, 1.0, 1.0)
    cv2.imwrite(str(tmp_path / "palm.jpg"), np.zeros((64, 64, 3), np.uint8))
    code, told, _ = evaluated(tmp_path, capsys)
    assert row_of(told, "stills_total", looked_at="landmarks") == total
    seen = row_of(told, "stills_total", looked_at="picture")  # its person, and no hand
    assert (seen["persons"], seen["pictures"], seen["accuracy"]) == (1, 1, 0.0)


def test_the_table_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label = (Label(0, 1500, K.PALM_HOLD),)
    write(tmp_path / "good.jsonl", Session(Header(aspect=16 / 9), raised_palm(), label))
    assert main(["evaluate", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "online_total" in lines
    assert any(line.split()[:2] == ["recorded", "palm_hold"] for line in lines)


def test_nothing_to_evaluate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == 2
    assert main(["evaluate", str(tmp_path / "absent")]) == 2
    assert "nothing labelled" in capsys.readouterr().err
    assert main(["evaluate"]) == 2


def test_ctrl_c_stops_cleanly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    write(tmp_path / "a.jsonl", Session(Header(scene="idle"), ()))
    monkeypatch.setattr(command, "replay_session", stop)
    assert main(["evaluate", str(tmp_path)]) == 130
    said = capsys.readouterr()
    assert "stopped" in said.err
    assert not said.out


def test_bad_labels_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.labels.jsonl"
    with pytest.raises(SessionError, match="can't be read"):
        read_labels(path)
    path.write_text('{"start_ms": 1, "end_ms": 2, "kind": "call"}\n{"kind": "salute"}\n')
    with pytest.raises(SessionError) as caught:
        read_labels(path)
    assert caught.value.line == 2
