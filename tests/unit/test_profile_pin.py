"""A PIN before a profile: what somebody who does not know it tries at the wall."""

import io
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.app.configuration import read_profiles
from kiosk.core.invocation import Status
from kiosk.core.pins import FIRST_WAIT_MS, FREE_TRIES, MOST_WAIT_MS, PinTries, hashed, matches
from kiosk.core.profiles import Profile, Profiles
from kiosk.core.state import PinView
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import UiSettings
from kiosk.tools import pin as tool
from kiosk.ui.components.pin_sheet import PinSheet
from kiosk.ui.theme import make_theme
from kiosk.wire.messages import Device, TabletRequest
from kiosk.wire.text import Text
from tests.helpers.heart import Heart
from voice.events import IntentMatch

PIN = "4711"
KEPT = hashed(PIN)
INSTALLER = Profile("installer", Text("설치 담당", "Installer"), "installer", "system", pin=KEPT)


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    profiles = Profiles((*made.world.profiles.profile, INSTALLER))
    made.world.profiles = made.intake._profiles = profiles
    return made


def choose(heart: Heart) -> None:
    assert heart.intake.touch("profile.choose", {"profile": "installer"}, "search").done


def asked(heart: Heart) -> str:
    """Whose PIN the wall asks for."""
    pin = heart.store.state.pin
    return pin.profile if pin is not None else ""


def enter(heart: Heart, pin: str) -> Status:
    args = {"profile": "installer", "pin": pin}
    return heart.intake.touch("profile.enter", args, "pin.enter").status


def test_nobody_is_let_in_before_the_pin(heart: Heart) -> None:
    choose(heart)
    assert heart.store.state.profile == ""
    assert asked(heart) == "installer"
    assert heart.intake.touch("gestures.record", {}, "system").status is Status.DENIED
    assert enter(heart, PIN) is Status.DONE
    assert asked(heart) == ""
    assert heart.intake.touch("gestures.record", {}, "system").status is Status.NEEDS_CONFIRM


def test_a_pin_without_being_asked_or_for_somebody_else_is_refused(heart: Heart) -> None:
    assert enter(heart, PIN) is Status.DENIED
    choose(heart)
    args = {"profile": "visitor", "pin": PIN}
    assert heart.intake.touch("profile.enter", args, "pin.enter").status is Status.DENIED
    heart.clock.advance(61_000)
    heart.dispatcher.tick()
    assert heart.store.state.pin is None  # nobody answered
    assert enter(heart, PIN) is Status.DENIED
    choose(heart)
    heart.intake.touch("system.lock", {}, "lock")
    assert heart.store.state.pin is None


def test_guessing_gets_slower_and_slower_and_each_guess_is_written_down(heart: Heart) -> None:
    choose(heart)
    for _ in range(FREE_TRIES):
        assert enter(heart, "0000") is Status.DENIED
    assert enter(heart, PIN) is Status.DENIED  # even the right one has to wait
    denied = [r for r in heart.records if r.command == "profile.enter"]
    assert [r.status for r in denied] == [Status.DENIED] * (FREE_TRIES + 1)
    heart.clock.advance(FIRST_WAIT_MS + 1)
    heart.dispatcher.tick()
    choose(heart)
    assert enter(heart, "1111") is Status.DENIED
    heart.clock.advance(FIRST_WAIT_MS + 1)
    choose(heart)
    assert enter(heart, PIN) is Status.DENIED  # twice as long now
    heart.clock.advance(FIRST_WAIT_MS + 1)
    choose(heart)
    assert enter(heart, PIN) is Status.DONE
    tries = PinTries()
    for _ in range(60):
        tries.wrong("a", 0)
    assert tries.wait_ms("a", 0) == MOST_WAIT_MS
    assert tries.wait_ms("b", 0) == 0


def test_no_record_holds_a_pin(heart: Heart) -> None:
    choose(heart)
    enter(heart, "2580")
    enter(heart, PIN)
    written = repr(heart.records)
    assert "2580" not in written
    assert PIN not in written
    assert heart.registry.redact("profile.enter", {"pin": PIN}) == {"pin": "…"}


def test_neither_voice_nor_hand_nor_tablet_gets_in(heart: Heart) -> None:
    choose(heart)
    args = {"profile": "installer", "pin": PIN}
    for command in ("profile.enter", "profile.choose"):
        own: dict[str, Any] = args if command == "profile.enter" else {"profile": "installer"}
        said = IntentMatch(command, own, "설치 담당", "설치 담당", 1.0, 0)
        assert heart.intake.voice(said).status is Status.DENIED
        assert heart.intake.pointed(command, own, "pinch_tap").status is Status.DENIED
        device = Device("t-1", "tablet", "mayor", "", 0)
        told = heart.intake.tablet(TabletRequest("r", "t-1", command, own), device)
        assert told.status is Status.DENIED
    assert heart.store.state.profile == ""


def test_who_is_in_already_is_not_asked_again_and_can_be_left(heart: Heart) -> None:
    choose(heart)
    enter(heart, PIN)
    choose(heart)
    assert asked(heart) == ""
    heart.intake.touch("profile.choose", {"profile": "mayor"}, "search")
    choose(heart)
    assert asked(heart) == "installer"
    heart.intake.touch("profile.cancel", {}, "pin.cancel")
    assert asked(heart) == ""
    assert heart.store.state.profile == "mayor"


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２３４", "12 4"])
def test_a_pin_is_four_to_eight_digits(pin: str) -> None:
    with pytest.raises(ValueError, match="4 to 8 digits"):
        hashed(pin)


def test_the_hash_tells_nothing() -> None:
    assert hashed(PIN) != KEPT  # a salt of its own each time
    assert PIN not in KEPT
    assert matches(PIN, KEPT)
    assert not matches("4712", KEPT)
    for broken in ("", "4711", "scrypt:a:b", KEPT[:-8], "md5" + KEPT[6:]):
        assert not matches(PIN, broken)


def site(*profiles: dict[str, object], chosen: str = "") -> Settings:
    return Settings(profiles=profiles, ui=UiSettings(profile=chosen))


def test_a_site_is_read_with_its_pins() -> None:
    one: dict[str, object] = {"id": "a", "name": {"ko": "가", "en": "A"}, "role": "mayor"}
    two: dict[str, object] = {**one, "id": "b", "role": "installer", "pin": KEPT}
    found = read_profiles(site(one, two)).find("b")
    assert found is not None
    assert found.pin == KEPT
    with pytest.raises(SettingsError, match=r"kiosk\.sh pin"):
        read_profiles(site(one, {**two, "pin": PIN}))
    for settings in (site(two, one), site(one, two, chosen="b")):
        with pytest.raises(SettingsError, match="begins with it"):
            read_profiles(settings)


def test_the_tool_prints_the_line_for_the_site(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    assert tool.main([]) == 0
    line = capsys.readouterr().out.strip()
    assert matches(PIN, line.removeprefix('pin = "').removesuffix('"'))
    monkeypatch.setattr("sys.stdin", io.StringIO("12\n"))
    assert tool.main([]) == 2
    assert "digits" in capsys.readouterr().err


# ---- the keys


@pytest.fixture
def sheet(qapp: object) -> PinSheet:
    made = PinSheet(make_theme(1280, 720))
    made.resize(1280, 720)
    made.show_view(PinView("installer", INSTALLER.name, 60_000))
    return made


def press(sheet: PinSheet, *names: str) -> None:
    for name in names:
        (target,) = [t for t in sheet.device_targets() if t.trigger == f"pin.{name}"]
        at = target.rect.center()
        QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(round(at.x()), round(at.y())))


def test_digits_stay_on_the_keys_until_all_are_there(sheet: PinSheet) -> None:
    told: list[tuple[str, object, str]] = []
    sheet.submitted.connect(lambda *what: told.append(what))
    press(sheet, "4", "7", "1", "enter")
    assert told == []  # too few
    press(sheet, "2", "erase", "1", "enter")
    args = {"profile": "installer", "pin": PIN}
    assert told == [("profile.enter", args, "pin.enter")]
    press(sheet, "enter")
    assert len(told) == 1  # nothing is left of it
    press(sheet, "9", "9", "cancel")
    assert told[-1] == ("profile.cancel", {}, "pin.cancel")
    sheet.deleteLater()


def test_what_was_pressed_for_one_is_not_there_for_the_next(sheet: PinSheet) -> None:
    told: list[object] = []
    sheet.submitted.connect(lambda *what: told.append(what))
    press(sheet, "4", "7", "1", "1")
    sheet.show_view(None)
    sheet.show_view(PinView("tester", Text("시험", "Tester"), 60_000))
    press(sheet, "enter")
    assert told == []
    sheet.deleteLater()
