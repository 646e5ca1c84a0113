"""`bench sync` with the smallest numbers: its figures, where they go, that it can be stopped."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.tools.bench import SYNC_PARTS, main, sync
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.fleet.kiosks import Followed
from kiosk.tools.bench.fleet.run import _figures
from kiosk.tools.bench.fleet.writers import overtaken
from kiosk.tools.bench.postgres import server_binaries
from kiosk.tools.bench.sync import PARTS, SAID, Size

ROOT = Path(__file__).resolve().parents[2]
TINY = Size(bulk=4000, kiosks=3, seconds=1.0, stored=1000, kills=1)
needs_postgres = pytest.mark.skipif(
    server_binaries() is None, reason="Debian's postgresql is not installed"
)


def measured(
    part: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, dict[str, object]]:
    monkeypatch.setattr(sync, "QUICK", TINY)
    assert main(["sync", "--part", part, "--quick", "--json"]) in (0, 1)
    said = capsys.readouterr()
    assert part in said.err
    return {figure["name"]: figure for figure in map(json.loads, said.out.splitlines())}


def test_every_part_can_be_asked_for() -> None:
    assert set(PARTS) == set(SYNC_PARTS) == set(SAID)


def test_upsert_is_told_beside_a_bare_sqlite(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measured("upsert", monkeypatch, capsys)
    for what in ("new rows", "rows that are there"):
        ratio = found[f"upsert of {what}, kiosk / bare"]
        assert (ratio["bar"], ratio["at"], ratio["n"]) == (0.6, "least", TINY.bulk)


@pytest.mark.slow
@needs_postgres
def test_kiosks_on_postgresql_are_told_every_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measured("kiosks", monkeypatch, capsys)
    written = found["3 kiosks: rows told"]["n"]
    assert isinstance(written, int)
    assert written > 0
    assert found["3 kiosks: rows told"]["value"] == 3 * written
    for name in ("rows skipped", "out of order"):
        assert (found[f"3 kiosks: {name}"]["value"], found[f"3 kiosks: {name}"]["bar"]) == (0, 0)
    assert found["3 kiosks: starved"]["bar"] == 0
    assert found["3 kiosks: answer p99"]["bar"] == 250


@pytest.mark.slow
def test_kills_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measured("kills", monkeypatch, capsys)
    assert {name: f["value"] for name, f in found.items() if f["bar"] == 0} == {
        f"1 kills: {fault}": 0
        for fault in (
            "orders lost in the kiosk",
            "orders lost on the way",
            "orders never sent",
            "orders doubled",
            "rows torn",
            "files damaged",
        )
    }


def test_a_kiosk_that_missed_met_twice_or_waited_is_counted() -> None:
    well = Followed(answers_ms=[1.0] * 98, rows=10, reached=50)
    missed = Followed(answers_ms=[1.0], rows=9, reached=50)
    behind = Followed(answers_ms=[1.0], rows=12, disorder=2, reached=49)
    slow = Followed(answers_ms=[5000.0], rows=10, reached=50)
    found = {f.name: f for f in _figures([well, missed, behind, slow], 10, 50, 0, 1.0)}
    assert found["4 kiosks: rows skipped"].value == 3
    assert found["4 kiosks: out of order"].value == 2
    assert found["4 kiosks: starved"].value == 2
    assert found["4 kiosks: slowest answer"].value == 5000
    assert not found["4 kiosks: starved"].holds


def test_writes_that_began_before_others_and_ended_after_them_were_overtaken() -> None:
    assert overtaken([(0, 1), (2, 3)]) == 0
    assert overtaken([(0, 9), (1, 2), (3, 4), (5, 10)]) == 2


def test_a_bar_is_the_most_or_the_least() -> None:
    assert Figure("b", "n", 0.6, "x", 0.6, at="least").holds
    assert not Figure("b", "n", 0.59, "x", 0.6, at="least").holds
    assert not Figure("b", "n", 0.61, "x", 0.6).holds
    assert Figure("b", "n", 0.61, "x").holds is None


def test_a_machine_without_postgresql_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sync, "server_binaries", lambda: None)
    assert main(["sync"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "apt-get install" in said.err


@pytest.mark.slow
@needs_postgres
@pytest.mark.parametrize(
    ("part", "number"),
    [("kiosks", signal.SIGINT), ("kiosks", signal.SIGTERM), ("kills", signal.SIGINT)],
)
def test_it_can_be_stopped_and_leaves_nothing_behind(
    tmp_path: Path, part: str, number: signal.Signals
) -> None:
    command = (sys.executable, "-m", "kiosk", "bench", "sync", "--part", part, "--quick")
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    bench = subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert bench.stderr is not None
    assert bench.stdout is not None
    while f"{part}:".encode() not in bench.stderr.readline():
        assert bench.poll() is None
    bench.send_signal(number)
    out, _ = bench.communicate(timeout=60)
    assert (bench.returncode, out) == (130, b"")
    assert list(tmp_path.iterdir()) == []
