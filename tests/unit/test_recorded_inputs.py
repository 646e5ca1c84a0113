"""What a recording keeps of fingers, speech and tablets, and what it does not."""

from pathlib import Path
from typing import Any

import pytest

from gestures.events import GestureEvent, GestureKind, Phase
from kiosk.app.recorded_inputs import _KEPT, InputFile
from kiosk.app.recordings import Recordings
from kiosk.core.state import ConfirmationView, ViewState, replace
from kiosk.inputs.recorded import (
    Answered,
    Requested,
    There,
    Told,
    Touched,
    WallSession,
    read_wall_session,
)
from kiosk.wire.messages import Device, Message, Recording, StopRecording, TabletRequest
from kiosk.wire.text import Text
from tests.helpers.heart import Heart
from voice.events import IntentMatch, NoMatch, NoMatchReason

NAME = "김민수 시장님 태블릿"


class Wall:
    def __init__(self, folder: Path) -> None:
        self.heart = Heart()
        self.folder = folder
        self.sent: list[Any] = []
        self.recordings = Recordings(
            intake=self.heart.intake,
            store=self.heart.store,
            world=self.heart.world,
            clock=self.heart.clock,
            send=self._send,
            folder=folder,
            redact=self.heart.registry.redact,
        )

    def _send(self, to: str, message: Message) -> bool:
        self.sent.append((to, message))
        return True

    def begin(self) -> None:
        until_ms = self.heart.clock.now_ms() + 60_000
        self.recordings.receive(Recording(until_ms, name="one"))

    def end(self) -> WallSession:
        self.recordings.receive(Recording(None, reason=Text("끝", "over")))
        return read_wall_session(self.folder / "one.wall.jsonl")


@pytest.fixture
def wall(tmp_path: Path) -> Wall:
    return Wall(tmp_path)


def kept(session: WallSession, kind: type) -> list[Any]:
    return [line for line in session.lines if isinstance(line, kind)]


def test_inputs_with_their_times_from_the_beginning(wall: Wall) -> None:
    wall.heart.intake.touch("panel.open", {"panel": "help"}, "before")
    wall.begin()
    wall.heart.clock.advance(1500)
    wall.heart.intake.touch("panel.open", {"panel": "cctv"}, "dock")
    session = wall.end()
    wall.heart.intake.touch("nav.home", {}, "after")
    assert kept(session, Touched) == [Touched(1500, "panel.open", {"panel": "cctv"}, "dock")]
    assert session.header.start.panel == "help"
    assert session.header.epoch_ms == wall.heart.clock.now_ms() - 1500
    assert kept(session, There)[0].incidents[0].id == "fire-1"


def test_until_it_is_over_the_file_says_that_it_is_not(wall: Wall) -> None:
    wall.begin()
    assert [f.name for f in wall.folder.iterdir()] == ["unfinished-one.wall.jsonl"]
    assert (wall.folder / "unfinished-one.wall.jsonl").stat().st_mode & 0o777 == 0o600
    wall.recordings.close()
    assert [f.name for f in wall.folder.iterdir()] == ["one.wall.jsonl"]


def test_people_and_what_they_wrote_are_not_in_it(wall: Wall) -> None:
    wall.heart.store.put(
        replace(
            wall.heart.store.state,
            sought="홍길동",
            confirmation=ConfirmationView(
                "secret-nonce", Text("?", "?"), Text("", ""), Text("", ""), 1
            ),
        )
    )
    wall.begin()
    intake = wall.heart.intake
    device = Device("device-of-kim", NAME, "official", "key", 0)
    request = TabletRequest("r-1", "device-of-kim", "order.give", {"text": "홍길동에게 전하라"})
    intake.tablet(request, device)
    intake.tablet(TabletRequest("r-2", "device-of-kim", "nav.home", {}), device)
    intake.tablet(
        TabletRequest("r-3", "device-of-kim", "call.ring", {"about": "홍길동 건"}), device
    )
    intake.touch("confirm.accept", {"nonce": "secret-nonce"}, "confirm")
    intake.misheard(NoMatch("홍길동이 왔다", NoMatchReason.UNKNOWN, (), 0))
    intake.voice(IntentMatch("search.open", {"text": "홍길동"}, "홍길동 찾아 줘", "홍길동", 1.0, 0))
    intake.voice(IntentMatch("nav.home", {}, "처음으로", "처음 으로", 1.0, 0))
    session = wall.end()
    text = (wall.folder / "one.wall.jsonl").read_text("utf-8")
    for secret in ("홍길동", "김민수", "device-of-kim", "secret-nonce", "처음 으로"):
        assert secret not in text, secret
    asked = kept(session, Requested)
    assert [(line.device, line.role) for line in asked] == [("tablet-1", "official")] * 3
    assert kept(session, Touched)[0].args == {}
    spoken = [line.answer.command for line in kept(session, Answered)[1:]]
    assert spoken == ["search.open", "nav.home"]


def test_complaints_are_known_by_kind_and_place_only(wall: Wall) -> None:
    wall.begin()
    there = kept(wall.end(), There)[0]
    assert [c.id for c in there.complaints] == ["c-7", "c-8"]
    assert {c.name.ko for c in there.complaints} == {"complaint-1", "complaint-2"}


def test_gestures_are_left_to_the_hands_and_processes_to_themselves(wall: Wall) -> None:
    wall.begin()
    event = GestureEvent(GestureKind.VICTORY, Phase.FIRED, "right", None, 0.9, 0)
    wall.heart.intake.gesture(event)
    wall.heart.intake.system("remote.gone", {"ko": "끝", "en": "over"})
    wall.heart.intake.system("system.dim", {})
    assert [line.command for line in kept(wall.end(), Told)] == ["system.dim"]


def test_a_disk_that_takes_nothing_ends_no_recording_of_hands(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heart = Heart()
    file = InputFile(
        tmp_path / "gone" / "x.wall.jsonl", 0, heart.store.state, heart.world.catalogue
    )
    file.note(Touched(5, "nav.home"))
    file.finish()
    assert caplog.text.count("can't be written") == 1


def test_a_lock_ends_it(wall: Wall) -> None:
    wall.begin()
    wall.heart.intake.touch("system.lock", {}, "lock")
    assert wall.sent == [("gestures", StopRecording())]


def test_of_how_the_wall_stands_only_what_names_nobody_is_kept(wall: Wall) -> None:
    """A field that is new in the state is not recorded before somebody has thought about it."""
    known = set(_KEPT) | {
        *("past", "future", "pasts", "person", "sought", "kept", "confirmation", "choice"),
        *("pairing", "pin", "recording", "ticked", "call", "talks"),
    }
    assert set(ViewState.__struct_fields__) == known
    wall.heart.store.put(
        replace(wall.heart.store.state, sought="홍길동", person="kim", goal="sdg-3")
    )
    wall.begin()
    start = wall.end().header.start
    assert (start.sought, start.person, start.goal) == ("", "", "sdg-3")
