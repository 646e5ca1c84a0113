"""Changing who may see something: asked back, for those who may, written down with its reason."""

import json
from pathlib import Path

import msgspec
import pytest

from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.core.clock import ManualClock, SystemClock
from kiosk.core.disclosure import Decided, Disclosure
from kiosk.core.invocation import Status
from kiosk.pack import load_here
from kiosk.public.projection import Door
from kiosk.settings import Settings
from kiosk.sync.worker import run as run_sync
from kiosk.tools.disclosure import main
from kiosk.wire.messages import WriteDecision, Written
from tests.helpers.city import indicator, running, settings_in
from tests.helpers.heart import Heart
from tests.helpers.public_city import settings_of, write_cache
from tests.helpers.some_decisions import some_decisions

NOW_MS = 1_790_000_000_000
WISH = {"thing": "pm25", "level": "restricted"}


def decided(thing: str, level: str, n: int = 1) -> Decided:
    made = {"id": f"d-{n}", "t_ms": NOW_MS + n, "sort": "indicators", "thing": thing}
    return msgspec.convert(made | {"level": level, "reason": {"ko": "ㄱ", "en": "a"}}, Decided)


def confirmed(heart: Heart) -> Status:
    view = heart.store.state.confirmation
    assert view is not None
    return heart.intake.touch("confirm.accept", {}, "yes").status


def test_a_level_is_changed_only_after_a_second_word() -> None:
    heart = Heart()
    assert heart.intake.touch("disclosure.set", WISH, "t").status is Status.NEEDS_CONFIRM
    assert heart.sent == []
    question = heart.store.state.confirmation
    assert question is not None
    assert "공개 → 제한" in question.question.ko
    assert confirmed(heart) is Status.DONE
    (sent,) = heart.sent
    assert sent.to == "sync"
    assert isinstance(sent.message, WriteDecision)
    told = sent.message.decided
    assert (told.sort, told.thing, told.level, told.before) == (
        "indicators",
        "pm25",
        "restricted",
        "public",
    )
    assert told.reason.ko != told.reason.en
    done = [r.command for r in heart.records if r.status is Status.DONE]
    assert sorted(done) == ["confirm.accept", "disclosure.set"]


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"thing": "pm25", "level": "public"}, Status.UNAVAILABLE),
        ({"thing": "nothing", "level": "public"}, Status.BAD_ARGUMENTS),
        ({"thing": "pm25", "level": "secret"}, Status.BAD_ARGUMENTS),
        ({"thing": "items.nothing", "sort": "fields", "level": "public"}, Status.BAD_ARGUMENTS),
    ],
)
def test_what_makes_no_sense_is_refused_before_anybody_is_asked(
    wish: dict[str, str], status: Status
) -> None:
    heart = Heart()
    assert heart.intake.touch("disclosure.set", wish, "t").status is status
    assert heart.store.state.confirmation is None


def test_nothing_is_taken_while_nobody_can_write_it_down() -> None:
    heart = Heart()
    heart.world.states["sync"] = "failed"
    assert heart.intake.touch("disclosure.set", WISH, "t").status is Status.UNAVAILABLE


def test_a_clock_that_went_back_does_not_undo_what_is_newer() -> None:
    heart = Heart()
    later = decided("pm25", "internal", n=10**9)
    heart.world.disclosure = Disclosure(heart.world.disclosure.files, (later,))
    heart.intake.touch("disclosure.set", {"thing": "pm25", "level": "public"}, "t")
    assert confirmed(heart) is Status.DONE
    message = heart.sent[0].message
    assert isinstance(message, WriteDecision)
    assert message.decided.t_ms > later.t_ms


def test_a_visitor_may_not() -> None:
    heart = Heart()
    command = heart.registry.resolve("disclosure.set")
    for role in ("visitor", "official", "tester"):
        assert not heart.policy.may_take(command.risk, role)


def test_what_is_decided_holds_in_the_ledger_and_at_the_door_at_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    write_cache(tmp_path, [indicator("pm25")])
    door = Door(settings, load_here(settings), ManualClock(NOW_MS))
    try:
        before = door.city
        assert [i.id for i in before.indicators()] == ["pm25"]
        assert not door.look()
        ledger = Ledger.open(tmp_path / LEDGER, NOW_MS)
        for n, level in enumerate(("restricted", "public", "internal")):
            ledger.decide(decided("pm25", level, n))
            assert door.look()
            assert door.city is not before
            assert bool(door.city.indicators()) == (level == "public")
        ledger.decide(decided("pm25", "internal", 2))  # told twice, kept once
        assert not door.look()
        assert len(ledger.decided()) == 3
        ledger.close()
    finally:
        door.close()


def test_sync_writes_it_and_says_so(tmp_path: Path) -> None:
    with running(run_sync, settings_in(tmp_path), SystemClock()) as sync:
        sync.ui.send(WriteDecision(decided("pm25", "internal")))
        assert sync.wait_for(lambda m: isinstance(m, Written)) == Written("d-1")
    ledger = Ledger.open(tmp_path / LEDGER, NOW_MS)
    assert ledger.decided() == (decided("pm25", "internal"),)
    ledger.close()


def test_a_damaged_ledger_gives_its_decisions_back(tmp_path: Path) -> None:
    """What was taken back from the public must not be public again because a disk failed."""
    file = tmp_path / LEDGER
    ledger = Ledger.open(file, NOW_MS)
    for each in some_decisions(NOW_MS):
        ledger.decide(each)
    ledger.close()
    file.write_bytes(file.read_bytes()[:16] + b"\xff" * 84 + file.read_bytes()[100:])
    again = Ledger.open(file, NOW_MS)
    assert again.decided() == some_decisions(NOW_MS)
    again.close()


def test_the_list_says_what_each_level_sees_and_hides_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Ledger.open(tmp_path / LEDGER, NOW_MS)
    ledger.decide(decided("pm25", "restricted"))
    ledger.close()
    assert main(["--json", "--data", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "pm25" not in told["levels"]["public"]["sees"]["indicators"]
    assert "pm25" in told["levels"]["restricted"]["sees"]["indicators"]
    assert told["levels"]["restricted"]["hides"] == []
    hidden = {(h["sort"], h["thing"]): h for h in told["levels"]["public"]["hides"]}
    assert hidden["indicators", "pm25"]["by"] == "wall"
    assert hidden["panels", "cctv"]["reason"]["en"]
    assert told["changes"][0]["thing"] == "pm25"
    assert main(["--level", "public", "--data", str(tmp_path)]) == 0
    assert "changed at the wall: indicators pm25" in capsys.readouterr().out


def test_a_kiosk_without_a_ledger_has_what_the_files_say(tmp_path: Path) -> None:
    door = Door(settings_of(tmp_path), load_here(Settings()), ManualClock(NOW_MS))
    assert door.city.disclosure.decided == ()
    assert door.city.indicators() == ()
    door.close()
