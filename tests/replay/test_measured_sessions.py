"""The whole measurement in small, printed (pytest -s): recorded clips, and made-up sessions of
people whom the shape weights never saw. The bars are what held when they were written, with a
margin for the few gestures. The generator was shaped while this seed and the suite's at 1000 were
looked at: for a figure to go by, run `gestures generate --suite` with a seed nobody has used."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from gestures.cli import main
from gestures.generator.library import FIRST_MEASUREMENT_SEED

LABELS = Path(__file__).resolve().parents[1] / "data" / "gesture_labels"
SEED = FIRST_MEASUREMENT_SEED + 500


def evaluated(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by table; prints them."""
    capsys.readouterr()
    assert main(["evaluate", *options, "--json"]) == 0
    tables: dict[str, list[dict[str, Any]]] = {}
    lines = capsys.readouterr().out.splitlines()
    for line in lines:
        row = json.loads(line)
        tables.setdefault(row["table"], []).append(row)
    with capsys.disabled():
        print("", *lines, sep="\n")
    return tables


def made(capsys: pytest.CaptureFixture[str], shared: Path, out: Path, *options: str) -> Path:
    shapes = str(shared / "gestures" / "data")
    assert main(["generate", str(out), "--seed", str(SEED), "--shapes", shapes, *options]) == 0
    capsys.readouterr()
    return out


def test_the_recorded_clips(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twelve gestures of two or three men: a floor, no statistic."""
    clips = shared / "gestures" / "data" / "dyn_hagrid"
    (total,) = evaluated(capsys, str(clips), "--labels", str(LABELS))["online_total"]
    assert total["made"] == "recorded"
    assert total["meant"] == 12
    assert total["detected"] >= 10
    assert total["false_events"] <= 1


def test_skeletons_recorded_in_space(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slow pinch, grabs that hardly move, and hands that mean nothing."""
    folder = shared / "gestures" / "data" / "leapjs"
    assert main(["generate", str(tmp_path), "--skeletons", str(folder)]) == 0
    tables = evaluated(capsys, str(tmp_path))
    assert {row["made"] for row in tables["online_total"]} == {"recorded, converted"}
    assert tables["idle"][0]["events"] <= 4  # 20 recordings of 1 to 6 s, all hands up, engaged


@pytest.mark.slow
def test_pictures_themselves(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A clip through camera and tracker; stills in folders named by label; one that is none."""
    data = shared / "gestures" / "data"
    shutil.copy(data / "dyn_hagrid" / "dndv1.gif", tmp_path)
    shutil.copy(LABELS / "dndv1.labels.jsonl", tmp_path)
    for label in ("palm", "one", "rock"):
        (tmp_path / label).mkdir()
        shutil.copy(data / "hagrid_tiles" / label / f"{label}.jpg", tmp_path / label)
    (tmp_path / "palm" / "broken.jpg").write_text("no picture")
    assert main(["evaluate", str(tmp_path), "--json"]) == 2
    said = capsys.readouterr()
    assert "broken.jpg" in said.err
    rows = {row["table"]: row for row in map(json.loads, said.out.splitlines())}
    assert rows["online_total"]["detected"] == 3
    assert rows["stills_total"]["pictures"] == 3
    assert rows["stills_total"]["accuracy"] >= 0.6


@pytest.mark.slow
def test_made_up_gestures(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(capsys, shared, tmp_path, "--count", "160")
    (total,) = evaluated(capsys, str(tmp_path))["online_total"]
    assert total["meant"] >= 160
    assert total["detection_rate"] >= 0.88
    assert total["false_per_gesture"] <= 0.09


@pytest.mark.slow
def test_made_up_idle_life(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(capsys, shared, tmp_path / "engaged", "--idle", "--minutes", "16", "--engaged")
    made(capsys, shared, tmp_path / "not", "--idle", "--minutes", "16")
    tables = evaluated(capsys, str(tmp_path))
    kinds = {row["kind"] for row in tables.get("idle_events", [])}
    assert not kinds & {"call", "timeout", "thumb_up", "thumb_down"}
    for row in tables["idle"]:
        assert row["hours"] > 0.2
        assert row["events"] <= (5 if row["engaged_at_start"] else 2)
