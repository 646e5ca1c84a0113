"""What the wall is used for is counted, never what was said."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cache.ledger import Ledger
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.core.menu import Category, Menu
from kiosk.core.usage import HOUR_MS, Use, by_use, most_opened, uses
from tests.helpers.city import text

NOON_MS = 500_000 * HOUR_MS


def record(
    id: str,  # noqa: A002
    panel: str = "traffic",
    source: Source = Source.TOUCH,
    *,
    t_ms: int = NOON_MS,
    status: Status = Status.DONE,
    opened: bool = False,
    profile: str = "",
) -> AuditRecord:
    return AuditRecord(
        id=id,
        t_ms=t_ms,
        command="district.select",
        args={"district": "11110"},
        source=source,
        actor="wall",
        role="mayor",
        trigger="종로구 보여 줘",
        status=status,
        reason=text("됨"),
        took_ms=1.5,
        panel=panel,
        opened=opened,
        profile=profile,
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger.open(tmp_path / "ledger.db", NOON_MS)
    yield made
    made.close()


def test_a_panel_is_counted_by_hour_input_and_profile(ledger: Ledger) -> None:
    ledger.add_audit(
        [
            record("a", opened=True),
            record("b"),
            record("c", status=Status.DENIED),
            record("d", source=Source.VOICE, opened=True, profile="visitor"),
            record("e", t_ms=NOON_MS + HOUR_MS, opened=True),
        ]
    )
    assert ledger.usage(0) == (
        Use(NOON_MS, "", "traffic", Source.TOUCH, opened=1, done=2, refused=1),
        Use(NOON_MS, "visitor", "traffic", Source.VOICE, opened=1, done=1),
        Use(NOON_MS + HOUR_MS, "", "traffic", Source.TOUCH, opened=1, done=1),
    )
    assert [use.hour_ms for use in ledger.usage(NOON_MS + HOUR_MS + 5)] == [NOON_MS + HOUR_MS]


def test_a_record_that_is_given_twice_counts_once(ledger: Ledger) -> None:
    ledger.add_audit([record("a"), record("b")])
    ledger.add_audit([record("b"), record("c")])
    (use,) = ledger.usage(0)
    assert use.done == 3


def test_no_word_of_what_was_said_is_kept_with_the_counts(ledger: Ledger) -> None:
    ledger.add_audit([record("a")])
    (use,) = ledger.usage(0)
    assert set(msgspec.structs.asdict(use).values()) == {NOON_MS, "", "traffic", "touch", 0, 1}


def test_what_the_program_does_by_itself_is_no_use() -> None:
    asked = record("b", status=Status.NEEDS_CONFIRM)
    assert uses([record("a", source=Source.SYSTEM), record("r", source=Source.REPLAY), asked]) == ()


def test_the_most_opened_come_first() -> None:
    found = uses(
        [
            record("a", "air", opened=True),
            record("b", "water", opened=True),
            record("c", "water", opened=True, t_ms=NOON_MS + HOUR_MS),
            record("d", "health"),
            record("e", "culture", opened=True, profile="visitor"),
        ]
    )
    assert most_opened(found, "") == ("water", "air")
    assert most_opened(found, "visitor") == ("culture",)
    assert most_opened((), "") == ()


MENU = Menu({"city": Category(text("도시"), ("traffic", "air", "water"))}, ("home", "city"))


def test_tabs_follow_use_and_the_dock_stays() -> None:
    arranged = by_use(MENU, ("water", "pledges"))
    assert arranged.categories["city"].panels == ("water", "traffic", "air")
    assert arranged.dock == MENU.dock


@given(st.lists(st.sampled_from(["traffic", "air", "water", "gone"]), unique=True))
def test_no_tab_is_lost_or_doubled_by_use(panels: list[str]) -> None:
    found = by_use(MENU, panels).categories["city"].panels
    assert sorted(found) == sorted(MENU.categories["city"].panels)
