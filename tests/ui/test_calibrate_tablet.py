"""The installers' walk on a tablet: shown to all that were let in, pressed by installers alone."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.calibration import WalkTablets, devices_of, open_tablets
from kiosk.app.paths import UI_SOCKET
from kiosk.cache.ledger import Ledger
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import ManualClock
from kiosk.core.invocation import Status
from kiosk.settings import Settings
from kiosk.tools.calibrate.screen.window import WalkWindow
from kiosk.tools.calibrate.walk import Walk, WalkError
from kiosk.ui.theme import make_theme
from kiosk.wire.link import SocketLink
from kiosk.wire.messages import (
    Device,
    Devices,
    Message,
    RefusedRequest,
    Role,
    ShowProjection,
    TabletAnswer,
    TabletRequest,
)
from kiosk.wire.projection import Projection, RowsBlock


def device(name: str, role: Role) -> Device:
    return Device(name, name, role, "{}", 0)


class Records:
    def __init__(self) -> None:
        self.kept: list[AuditRecord] = []

    def append(self, record: AuditRecord) -> None:
        self.kept.append(record)


class Rig:
    """The walk's window with its tablets; this test is the tablets' server."""

    def __init__(self, qtbot: QtBot, runtime: Path) -> None:
        self.qtbot = qtbot
        theme = make_theme(960, 540)
        clock = ManualClock()
        self.window = WalkWindow(theme, Walk("hall"), Settings(), clock, lambda walk: None)
        qtbot.addWidget(self.window)
        settings = msgspec.convert({"paths": {"runtime_dir": str(runtime)}}, Settings)
        self.records = Records()
        self.spawned: list[str] = []
        devices = (device("a", "installer"), device("b", "official"))
        self.tablets = WalkTablets(
            *(self.window, settings, devices, self.records, clock), self._spawn
        )
        self.link = SocketLink(runtime / UI_SOCKET, "remote")
        self.got: list[Message] = []
        self.until(Devices)  # what is sent before the line stands is lost

    def _spawn(self, name: str, _file: Path) -> "subprocess.Popen[bytes]":
        self.spawned.append(name)
        return subprocess.Popen([sys.executable, "-c", ""])

    def until(self, kind: type, count: int = 1) -> list[Message]:
        def there() -> bool:
            while (message := self.link.receive(0.0)) is not None:
                self.got.append(message)
            return sum(isinstance(one, kind) for one in self.got) >= count

        self.qtbot.waitUntil(there)
        return [one for one in self.got if isinstance(one, kind)]

    def ask(self, who: str, command: str, **args: object) -> Status:
        before = len(self.until(TabletAnswer, 0))
        self.link.send(TabletRequest(f"r{before}", who, command, dict(args)))
        answer = self.until(TabletAnswer, before + 1)[-1]
        assert isinstance(answer, TabletAnswer)
        return Status(answer.status)

    def page(self) -> Projection:
        shown = self.until(ShowProjection)[-1]
        assert isinstance(shown, ShowProjection)
        return shown.projection

    def close(self) -> None:
        self.link.stopped.set()
        self.tablets.close()
        self.link.close()


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path) -> Iterator[Rig]:
    runtime = tmp_path / "r"
    runtime.mkdir()
    rig = Rig(qtbot, runtime)
    yield rig
    rig.close()
    assert not runtime.exists()


def test_who_was_let_in_sees_the_walk(rig: Rig) -> None:
    assert rig.spawned == ["remote"]
    (devices,) = rig.until(Devices)
    assert isinstance(devices, Devices)
    assert [one.id for one in devices.devices] == ["a", "b"]
    page = rig.page()
    assert page.title.en == "Calibration: Choose the camera"
    blocks = [block for block in page.blocks if isinstance(block, RowsBlock)]
    assert [block.title.en for block in blocks] == ["Press", "What to do", "Steps"]
    assert [row.headline.en for row in blocks[0].rows] == [
        "Start",
        "Leave this step out",
        "Keep the input",
        "Go on later",
    ]


def test_an_installer_leads_it(rig: Rig) -> None:
    assert rig.ask("a", "calibrate", press="choose", step="mounting") is Status.DONE
    assert rig.ask("a", "calibrate", press="fact", fact="mark_m", steps=10) is Status.DONE
    assert rig.window.guide.facts["mark_m"] == pytest.approx(2.5)
    assert rig.ask("a", "calibrate", press="skip_step") is Status.DONE
    assert "mounting" in rig.window.walk.left_out
    assert [record.status for record in rig.records.kept] == [Status.DONE] * 3
    assert rig.ask("a", "calibrate", press="choose", step="ghosts") is Status.DONE
    assert rig.ask("a", "calibrate", press="start") is Status.DONE
    assert rig.window.field is not None
    assert rig.ask("a", "calibrate", press="cancel") is Status.DONE
    assert rig.window.field is None


def test_everybody_else_is_refused_and_that_is_written_down(rig: Rig) -> None:
    assert rig.ask("b", "calibrate", press="skip_step") is Status.DENIED
    assert rig.ask("nobody", "calibrate", press="skip_step") is Status.DENIED
    assert rig.ask("a", "panel.open", panel="home") is Status.UNAVAILABLE
    assert rig.ask("a", "calibrate") is Status.UNAVAILABLE
    assert rig.ask("a", "calibrate", press="fact") is Status.BAD_ARGUMENTS
    rig.link.send(RefusedRequest("10.0.0.9", "unknown device", 5))
    rig.qtbot.waitUntil(lambda: len(rig.records.kept) == 6)
    assert rig.window.walk.left_out == ()
    assert [(record.actor, record.role) for record in rig.records.kept[:2]] == [
        ("b", "official"),
        ("nobody", "visitor"),
    ]
    assert rig.records.kept[5].actor == "10.0.0.9"


def test_a_wall_that_runs_is_not_calibrated(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    window = WalkWindow(
        make_theme(960, 540), Walk("x"), Settings(), ManualClock(), lambda walk: None
    )
    qtbot.addWidget(window)
    data = tmp_path / "data"
    settings = msgspec.convert({"paths": {"data_dir": str(data)}}, Settings)
    first = open_tablets(window, settings)
    with pytest.raises(WalkError, match="stop it first"):
        open_tablets(window, settings)
    first.close()
    open_tablets(window, settings).close()
    assert list(data.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_devices_come_from_the_ledger(tmp_path: Path) -> None:
    assert devices_of(tmp_path / "none.db") == ()
    ledger = Ledger.open(tmp_path / "ledger.db", 0)
    ledger.save_device(device("a", "installer"))
    ledger.save_device(msgspec.structs.replace(device("b", "official"), revoked=True))
    ledger.close()
    assert [one.id for one in devices_of(tmp_path / "ledger.db")] == ["a"]
    (tmp_path / "broken.db").write_text("no database")
    assert devices_of(tmp_path / "broken.db") == ()
