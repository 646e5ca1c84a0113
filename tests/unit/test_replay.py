"""`replay`: what comes of recorded sessions, the same every time; goldens; damage; woven files."""

import json
from pathlib import Path
from typing import Any

import pytest

from gestures.session import Session, read, write
from kiosk.app.replay import ReplayHouse
from kiosk.core.state import Place, ViewState
from kiosk.core.world import Entry
from kiosk.inputs.recorded import (
    SCHEMA,
    Flicked,
    Header,
    Keyed,
    Pointed,
    Requested,
    Said,
    There,
    Told,
    Touched,
    WallLine,
    WallSession,
    write_wall_session,
)
from kiosk.tools import replay
from kiosk.tools.replay import pacer
from kiosk.tools.replay.sources import find_sources
from kiosk.wire.text import Text
from tests.helpers.hands import DEMO

CLIP = DEMO / "palm_swipe_down.jsonl"
THREE = DEMO / "palm_three.jsonl"


@pytest.fixture(scope="module")
def house() -> ReplayHouse:
    return ReplayHouse()


class Run:
    """The command with one house for all tests."""

    def __init__(self, house: ReplayHouse, capsys: pytest.CaptureFixture[str]) -> None:
        self._house, self._capsys = house, capsys
        self.err = ""

    def __call__(self, *argv: str | Path) -> tuple[int, list[str]]:
        code = replay.main([str(each) for each in argv], lambda sites: self._house)
        out, self.err = self._capsys.readouterr()
        return code, out.splitlines()

    def events(self, *argv: str | Path) -> list[dict[str, Any]]:
        code, lines = self(*argv, "--json")
        assert code == 0, self.err
        return [json.loads(line) for line in lines]


@pytest.fixture
def run(house: ReplayHouse, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(house, capsys)


def wall(file: Path, *lines: WallLine, start: ViewState | None = None, epoch_ms: int = 0) -> Path:
    header = Header(SCHEMA, epoch_ms, start or ViewState())
    write_wall_session(file, WallSession(header, lines))
    return file


def outcomes(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(e["kind"], e["status"]) for e in events if e["what"] == "outcome"]


class TestHands:
    def test_a_gesture_and_what_it_gives_on_the_wall(self, run: Run) -> None:
        events = run.events(THREE)
        assert [(e["what"], e["kind"]) for e in events] == [
            ("gesture", "palm_hold"),
            ("gesture", "three"),
            ("outcome", "panel.open"),
        ]
        assert events[-1]["args"] == {"panel": "cctv"}
        assert events[-1]["t_ms"] == events[-2]["t_ms"]

    def test_the_same_every_time(self, run: Run) -> None:
        assert run(CLIP, THREE, "--json") == run(CLIP, THREE, "--json")

    def test_another_version_may_say_something_else(self, run: Run, tmp_path: Path) -> None:
        variant = tmp_path / "strict.toml"
        variant.write_text("[swipe]\nlength = 8.0\n")
        kinds = [e["kind"] for e in run.events(CLIP, "--variant", variant)]
        assert kinds == ["palm_hold"]
        variant.write_text("[swipe]\nlong = 8.0\n")
        assert run(CLIP, "--variant", variant)[0] == 2
        assert "long" in run.err

    def test_for_a_person_it_is_a_sentence(self, run: Run) -> None:
        _, lines = run(THREE)
        assert "2.28 s  outcome panel.open done — CCTV" in lines[-1]


class TestWall:
    def test_every_input_comes_to_the_dispatcher(self, run: Run, tmp_path: Path) -> None:
        events = run.events(
            wall(
                tmp_path / "a.wall.jsonl",
                Touched(100, "panel.open", {"panel": "cctv"}, "dock"),
                Pointed(200, "nav.home", {}, "pinch_tap"),
                Flicked(300, "up"),
                Keyed(400, "F1"),
                Requested(500, "tablet-1", "panel.open", "official", {"panel": "help"}),
                Requested(600, "tablet-2", "panel.open", None, {"panel": "help"}),
                Told(700, "system.dim"),
            )
        )
        told = [(e["t_ms"], e["source"]) for e in events if e["what"] == "outcome"]
        assert told[:2] == [(100, "touch"), (200, "gesture")]
        assert {(500, "tablet"), (600, "tablet"), (700, "system")} <= set(told)
        assert ("panel.open", "denied") in outcomes(events)

    def test_words_are_understood_by_the_real_matcher(self, run: Run, tmp_path: Path) -> None:
        events = run.events(wall(tmp_path / "a.wall.jsonl", Said(50, "강남구 보여 줘")))
        assert (events[0]["what"], events[0]["kind"]) == ("speech", "match")
        assert events[1]["source"] == "voice"
        assert events[1]["status"] == "done"

    def test_a_question_expires_and_what_is_sent_goes_nowhere(
        self, run: Run, tmp_path: Path
    ) -> None:
        start = ViewState(place=Place(panel="system"), profile="")
        file = wall(
            tmp_path / "a.wall.jsonl",
            Touched(0, "voice.listen"),
            Pointed(1000, "profile.leave", {}, "pinch_tap"),
            Keyed(12_000, "nothing"),
            start=start,
        )
        events = run.events(file)
        assert [e["kind"] for e in events if e["what"] == "send"] == ["listen"]
        asked = [(e["t_ms"], e["status"]) for e in events if e["kind"] == "profile.leave"]
        assert asked == [(1000, "needs-confirm"), (9000, "unavailable")]

    def test_a_finger_says_yes_to_the_question_on_the_wall(self, run: Run, tmp_path: Path) -> None:
        file = wall(
            tmp_path / "a.wall.jsonl",
            Pointed(1000, "profile.leave", {}, "pinch_tap"),
            Touched(2000, "confirm.accept", {}, "confirm"),
        )
        assert outcomes(run.events(file)) == [
            ("profile.leave", "needs-confirm"),
            ("confirm.accept", "done"),
            ("profile.leave", "done"),
        ]

    def test_what_the_city_had_is_known(self, run: Run, tmp_path: Path) -> None:
        fire = Entry("fire-1", Text("화재", "Fire"), 1, kind="fire")
        wanted = Touched(20, "incident.open", {"incident": "fire-1"})
        without = run.events(wall(tmp_path / "a.wall.jsonl", wanted))
        there = run.events(wall(tmp_path / "b.wall.jsonl", There(10, (fire,)), wanted))
        assert outcomes(without)[0][1] == "bad-arguments"
        assert outcomes(there)[0][1] == "done"

    def test_hands_and_wall_of_one_recording_are_woven(self, run: Run, tmp_path: Path) -> None:
        session = read(THREE)
        header = session.header.__class__(
            **{n: getattr(session.header, n) for n in session.header.__struct_fields__}
            | {"schema": "hands/1", "format": None, "epoch_ms": 1_790_000_001_000}
        )
        write(tmp_path / "a.jsonl.gz", Session(header, session.frames))
        wall(
            tmp_path / "a.wall.jsonl",
            Touched(500, "panel.open", {"panel": "help"}),
            epoch_ms=1_790_000_000_000,
        )
        events = run.events(tmp_path)
        assert [e["kind"] for e in events] == ["panel.open", "palm_hold", "three", "panel.open"]
        assert events[1]["t_ms"] == run.events(THREE)[0]["t_ms"] + 1000

    def test_files_named_together_are_woven_when_asked(self, run: Run, tmp_path: Path) -> None:
        file = wall(tmp_path / "x.wall.jsonl", Touched(2000, "panel.open", {"panel": "help"}))
        kinds = [e["kind"] for e in run.events(THREE, file, "--weave")]
        assert kinds == ["palm_hold", "panel.open", "three", "panel.open"]
        assert run(THREE, CLIP, "--weave")[0] == 2
        assert "only one of a kind" in run.err


class TestGolden:
    def test_what_was_written_holds(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "a.jsonl"
        file.write_bytes(CLIP.read_bytes())
        assert run(file, "--golden", "UPDATE")[0] == 0
        assert run(file, "--golden", "CHECK") == (0, [])
        assert "1 compared, 0 differ" in run.err

    def test_a_difference_is_told_and_ends_with_one(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "a.jsonl"
        file.write_bytes(CLIP.read_bytes())
        run(file, "--golden", "UPDATE")
        golden = tmp_path / "a.golden.jsonl"
        golden.write_text(golden.read_text().replace('"swipe_down"', '"swipe_up"'))
        code, lines = run(file, "--golden", "check")
        assert code == 1
        assert "other kind" in lines[0]
        assert "gesture swipe_up fired expected, gesture swipe_down fired found" in lines[0]

    def test_a_damaged_golden_is_named_with_its_line(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "a.jsonl"
        file.write_bytes(CLIP.read_bytes())
        run(file, "--golden", "UPDATE")
        with (tmp_path / "a.golden.jsonl").open("a") as golden:
            golden.write("{]\n")
        assert run(file, "--golden", "CHECK")[0] == 2
        assert "a.golden.jsonl:5:" in run.err

    def test_without_any_golden_nothing_was_compared(self, run: Run) -> None:
        assert run(CLIP, "--golden", "CHECK")[0] == 2
        assert "no golden" in run.err


class TestDamaged:
    @pytest.mark.parametrize(
        ("name", "text", "place"),
        [
            ("bad.jsonl", "{}\n", "bad.jsonl:1"),
            ("bad.jsonl.gz", "no gzip", "bad.jsonl.gz:0"),
            ("bad.wall.jsonl", "", "bad.wall.jsonl:0"),
            ("bad.wall.jsonl", '{"type":"touch","t_ms":0,"command":"x"}\n', "bad.wall.jsonl:1"),
            (
                "bad.wall.jsonl",
                '{"type":"header","schema":"wall/1"}\n{"type":"key","t_ms":5,"name":"a"}\n'
                '{"type":"key","t_ms":4,"name":"b"}\n',
                "bad.wall.jsonl:3",
            ),
            ("bad.wall.jsonl", '{"type":"header","schema":"wall/9"}\n', "wall/9"),
        ],
    )
    def test_it_is_named_with_its_line_and_the_others_go_on(
        self, run: Run, tmp_path: Path, name: str, text: str, place: str
    ) -> None:
        (tmp_path / name).write_text(text)
        (tmp_path / "good.jsonl").write_bytes(CLIP.read_bytes())
        code, lines = run(tmp_path, "--json")
        assert code == 2
        assert place in run.err
        assert "1 of 2 sessions could not be read" in run.err
        assert any("swipe_down" in line for line in lines)

    def test_sound_that_is_none(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.flac").write_bytes(b"")
        code, _ = run(tmp_path)
        assert code == 2
        assert "a.flac" in run.err

    @pytest.mark.parametrize("name", ["gone.jsonl", "README.md", "empty"])
    def test_what_is_no_session(self, run: Run, tmp_path: Path, name: str) -> None:
        (tmp_path / "README.md").write_text("")
        (tmp_path / "empty").mkdir()
        assert run(tmp_path / name)[0] == 2
        assert name in run.err


def test_ctrl_c_says_how_far_it_came(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(replay, "play", interrupted)
    assert run(CLIP, THREE)[0] == 130
    assert "stopped after 0 of 2 sessions" in run.err


def test_a_window_without_a_screen_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in replay.SCREENS:
        monkeypatch.delenv(name, raising=False)
    assert run(CLIP, "--view")[0] == 2
    assert "needs a screen" in run.err


def test_a_speed_waits_for_each_moment() -> None:
    slept: list[float] = []
    wait = pacer(2.0, lambda: 100.0, slept.append)
    wait(0)
    wait(500)
    assert slept == [0.25]
    pacer(None, lambda: 0.0, slept.append)(9_999)
    assert len(slept) == 1


def test_a_folder_is_one_session_a_name(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.wall.jsonl", "a.labels.jsonl", "a.golden.jsonl", "b.wav"):
        (tmp_path / name).touch()
    (tmp_path / "index.jsonl.gz").touch()
    first, second = find_sources([tmp_path])
    assert (first.name, second.name) == (str(tmp_path / "a"), str(tmp_path / "b"))
    assert [p.name for p in (first.hands, first.wall, first.labels) if p] == [
        "a.jsonl",
        "a.wall.jsonl",
        "a.labels.jsonl",
    ]
    assert find_sources([tmp_path / "a.jsonl"]) == [first]
