"""The wall's side of the tablets: what a request may, and that it runs once."""

from collections.abc import Callable
from typing import cast

import pytest

from kiosk.app.hub import Hub
from kiosk.app.tablets import ANSWERS_KEPT, REMOTE, SYNC, Tablets
from kiosk.wire.desk import TabletDesk
from kiosk.wire.messages import (
    CredentialOffered,
    Device,
    Devices,
    DeviceSaved,
    GiveCredential,
    GiveOffice,
    Message,
    Role,
    SaveDevice,
    ShowDesk,
    TabletAnswer,
    TabletCount,
    TabletRequest,
)
from tests.helpers.heart import Heart

ORDER = {"text": "act", "to": "fire", "about": ""}


class Lines:
    """The hub without sockets: what was sent, and to whom."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Message]] = []

    def send(self, worker: str, message: Message) -> bool:
        self.sent.append((worker, message))
        return True

    def answers(self) -> list[TabletAnswer]:
        return [m for to, m in self.sent if to == REMOTE and isinstance(m, TabletAnswer)]


class Wall:
    """Heart and tablets, one paired tablet."""

    def __init__(self, role: Role = "official") -> None:
        self.heart = Heart()
        self.lines = Lines()
        self.changes = 0
        heart = self.heart
        self.tablets = Tablets(cast(Hub, self.lines), heart.intake, heart.clock, self._changed)
        self.device = Device("tablet-1", "비서실", role, "{}", 1)
        self.tablets.receive(DeviceSaved(self.device))

    def _changed(self) -> None:
        self.changes += 1
        self.heart.world.contacts = self.tablets.contacts

    def become(self, role: Role) -> None:
        """A person at the wall gives the tablet another role."""
        assert self.tablets.give_role("tablet-1", role)

    def saved(self) -> list[Device]:
        """What sync was asked to write down."""
        return [m.device for to, m in self.lines.sent if to == SYNC and isinstance(m, SaveDevice)]

    def ask(self, request: str, command: str, **args: object) -> TabletAnswer:
        self.tablets.receive(TabletRequest(request, "tablet-1", command, dict(args)))
        return self.lines.answers()[-1]

    def confirm_as_owner(self, request: str) -> TabletAnswer:
        """Yes to the wall's question, with the owner's fingerprint."""
        self.tablets.receive(TabletRequest(request, "tablet-1", "confirm.accept", {}, True))
        return self.lines.answers()[-1]


def test_a_resent_request_is_answered_and_not_run_again() -> None:
    wall = Wall()
    first = wall.ask("tablet-1/press-1", "panel.open", panel="cctv")
    wall.ask("tablet-1/press-2", "nav.home")
    assert wall.ask("tablet-1/press-1", "panel.open", panel="cctv") == first
    assert first.status == "done"
    assert wall.heart.store.state.panel == "home"
    assert [r.command for r in wall.heart.records] == ["panel.open", "nav.home"]


def test_a_resent_order_asks_no_second_time_and_is_given_once() -> None:
    wall = Wall("mayor")
    assert wall.ask("tablet-1/press-1", "order.give", **ORDER).status == "needs-confirm"
    confirmation = wall.heart.store.state.confirmation
    assert confirmation is not None
    wall.heart.intake.touch("confirm.accept", {"nonce": confirmation.nonce}, "confirm")
    assert len(wall.heart.sent) == 1
    assert wall.ask("tablet-1/press-1", "order.give", **ORDER).status == "needs-confirm"
    assert wall.heart.store.state.confirmation is None
    assert len(wall.heart.sent) == 1


def test_what_is_remembered_has_a_bound() -> None:
    wall = Wall()
    for number in range(ANSWERS_KEPT + 1):
        wall.ask(f"tablet-1/press-{number}", "none")
    assert wall.ask("tablet-1/press-1", "nav.home").status == "unknown"
    assert wall.ask("tablet-1/press-0", "nav.home").status == "done"


@pytest.mark.parametrize("role", ["official", "tester", "visitor"])
def test_an_order_by_a_role_without_the_right_is_denied_and_written_down(role: Role) -> None:
    wall = Wall(role)
    assert wall.ask("tablet-1/press-1", "order.give", **ORDER).status == "denied"
    record = wall.heart.records[-1]
    assert (record.command, record.actor, record.role) == ("order.give", "tablet-1", role)
    assert record.status == "denied"
    assert wall.heart.sent == []


def test_a_role_that_changes_in_mid_session_counts_from_the_next_request() -> None:
    wall = Wall("mayor")
    assert wall.ask("tablet-1/press-1", "order.give", **ORDER).status == "needs-confirm"
    wall.become("official")
    assert wall.ask("tablet-1/press-2", "order.give", **ORDER).status == "denied"
    wall.become("visitor")
    assert wall.ask("tablet-1/press-3", "panel.open", panel="cctv").status == "done"
    assert wall.ask("tablet-1/press-4", "order.report", order="o", state="read").status == "denied"


@pytest.mark.parametrize("change", ["official", "revoked"])
def test_a_question_does_not_outlive_the_rights_of_who_asked(change: str) -> None:
    wall = Wall("mayor")
    assert wall.ask("tablet-1/press-1", "order.give", **ORDER).status == "needs-confirm"
    confirmation = wall.heart.store.state.confirmation
    assert confirmation is not None
    wall.tablets.revoke("tablet-1") if change == "revoked" else wall.become("official")
    assert wall.heart.store.state.confirmation is None
    assert wall.heart.records[-1].status == "denied"
    answer = wall.heart.intake.touch("confirm.accept", {"nonce": confirmation.nonce}, "confirm")
    assert answer.status == "unavailable"
    assert wall.heart.sent == []


def test_the_mayor_gives_an_order_from_a_tablet_once_they_are_verified() -> None:
    wall = Wall("mayor")
    assert wall.ask("tablet-1/press-1", "order.give", **ORDER).status == "needs-confirm"
    refused = wall.ask("tablet-1/press-2", "confirm.accept")
    assert refused.status == "denied"
    assert "Verify yourself" in refused.reason.en
    assert wall.heart.sent == []
    assert wall.confirm_as_owner("tablet-1/press-3").status == "done"
    assert len(wall.heart.sent) == 1
    confirmed = [record for record in wall.heart.records if record.command == "confirm.accept"]
    assert [(record.status, record.verified) for record in confirmed] == [
        ("denied", False),
        ("done", True),
    ]


@pytest.mark.parametrize("role", ["visitor", "official", "tester"])
def test_nobody_says_yes_to_what_they_may_not_ask_for(role: Role) -> None:
    """A question about an order stands on the wall; a tablet answers, even a verified one."""
    wall = Wall(role)
    wall.heart.intake.touch("order.give", dict(ORDER), "order")
    assert wall.heart.store.state.confirmation is not None
    answer = wall.confirm_as_owner("tablet-1/press-1")
    assert answer.status == "denied"
    assert wall.heart.sent == []


def test_a_tablets_owner_is_registered_by_a_finger_at_the_wall_alone() -> None:
    wall = Wall("mayor")
    wall.heart.world.devices = {"tablet-1": "비서실"}
    wall.tablets.receive(CredentialOffered("tablet-1", "{}"))
    confirmation = wall.heart.store.state.confirmation
    assert confirmation is not None
    assert "비서실" in confirmation.question.ko
    assert wall.confirm_as_owner("tablet-1/press-1").status == "denied"
    wall.heart.intake.touch("confirm.accept", {"nonce": confirmation.nonce}, "confirm")
    (sent,) = wall.heart.sent
    assert sent.message == GiveCredential("tablet-1", "{}")
    assert wall.tablets.give_credential("tablet-1", "{}")
    (saved,) = wall.saved()[-1:]
    assert saved.credential == "{}"
    assert all("{}" not in str(r.args.get("credential")) for r in wall.heart.records)


def test_a_credential_of_a_tablet_that_is_not_paired_is_not_asked_about() -> None:
    wall = Wall("mayor")
    wall.tablets.receive(CredentialOffered("tablet-9", "{}"))
    assert wall.heart.store.state.confirmation is None
    assert wall.heart.records[-1].status == "unavailable"


def test_a_note_of_use_leaves_the_question_open() -> None:
    wall = Wall("mayor")
    assert wall.ask("tablet-1/press-1", "order.give", **ORDER).status == "needs-confirm"
    (used,) = wall.saved()
    assert used.last_used_ms == wall.heart.clock.now_ms()
    wall.tablets.receive(DeviceSaved(used))
    assert wall.heart.store.state.confirmation is not None


def test_an_older_word_of_the_ledger_brings_no_tablet_back() -> None:
    """A note of use was on its way to the disk when the tablet was cut off."""
    wall = Wall()
    wall.ask("tablet-1/press-1", "nav.home")
    (used,) = wall.saved()
    wall.tablets.revoke("tablet-1")
    wall.tablets.receive(DeviceSaved(used))
    assert wall.tablets.devices == ()
    assert wall.ask("tablet-1/press-2", "nav.home").status == "denied"
    told = [m for to, m in wall.lines.sent if to == REMOTE and isinstance(m, Devices)]
    assert told[-1].devices == ()


def test_what_was_not_written_down_is_given_to_the_next_sync() -> None:
    wall = Wall()
    wall.tablets.revoke("tablet-1")
    wall.lines.sent.clear()
    wall.tablets.came("sync")
    (again,) = wall.saved()
    assert again.revoked
    wall.tablets.receive(DeviceSaved(again))
    wall.lines.sent.clear()
    wall.tablets.came("sync")
    assert wall.saved() == []


def test_rights_of_a_tablet_that_is_not_paired_are_not_changed() -> None:
    wall = Wall()
    wall.tablets.revoke("tablet-1")
    assert not wall.tablets.give_role("tablet-1", "mayor")
    assert not wall.tablets.give_role("tablet-9", "mayor")
    assert not wall.tablets.revoke("tablet-9")


def test_a_tablet_changes_nobodys_rights() -> None:
    wall = Wall("mayor")
    for command in ("remote.role", "remote.revoke", "remote.accept"):
        args = {"role": "mayor"} if command == "remote.accept" else {"device": "tablet-1"}
        args |= {"role": "mayor"} if command == "remote.role" else {}
        assert wall.ask(f"tablet-1/{command}", command, **args).status in ("denied", "unavailable")
    assert wall.heart.sent == []


def test_a_revoked_tablet_is_denied_although_its_request_was_on_its_way() -> None:
    wall = Wall("mayor")
    assert wall.tablets.revoke("tablet-1")
    told = [m for to, m in wall.lines.sent if to == REMOTE and isinstance(m, Devices)]
    assert told[-1].devices == ()
    saved = [m for to, m in wall.lines.sent if to == SYNC and isinstance(m, SaveDevice)]
    assert saved[-1].device.revoked
    assert wall.ask("tablet-1/press-1", "nav.home").status == "denied"
    assert wall.heart.records[-1].status == "denied"


def test_the_first_written_words_wait_until_they_can_be_understood_and_run_once() -> None:
    wall = Wall()
    waiting: list[Callable[[], object]] = []

    def wait(then: Callable[[], object]) -> bool:
        waiting.append(then)
        return len(waiting) < 3

    wall.tablets.wait_for_words = wait
    request = TabletRequest("tablet-1/press-1", "tablet-1", "words.say", {"text": "씨씨티비"})
    for _ in range(2):  # sent again by a tablet that has heard nothing yet
        wall.tablets.receive(request)
    assert (wall.lines.answers(), wall.heart.records) == ([], [])
    for then in tuple(waiting):
        then()
    first, again = wall.lines.answers()
    assert first == again
    assert [record.command for record in wall.heart.records] == ["words.say"]


def test_a_tablet_belongs_to_whom_a_finger_at_the_wall_says() -> None:
    wall = Wall("mayor")
    own = wall.ask("tablet-1/press-1", "remote.office", device="tablet-1", office="fire")
    assert own.status == "denied"
    for office, known in (("소방재난본부", "fire"), ("", ""), ("nobody", None)):
        args = {"device": "tablet-1", "office": office}
        outcome = wall.heart.intake.touch("remote.office", args, "device.office")
        assert outcome.done == (known is not None)
        if known is not None:
            assert wall.heart.sent[-1].message == GiveOffice("tablet-1", known)
            assert wall.tablets.give_office("tablet-1", known)
            assert wall.tablets.devices[0].office == known
            assert wall.saved()[-1].office == known


def test_desks_are_laid_once_for_each_change_and_again_for_a_new_server() -> None:
    wall = Wall()
    desk = TabletDesk(about="indicators/pm25")
    wall.tablets.lay(desk)
    wall.tablets.lay(TabletDesk(about="indicators/pm25"))
    wall.tablets.came("remote")
    told = [m for to, m in wall.lines.sent if to == REMOTE and isinstance(m, ShowDesk)]
    assert told == [ShowDesk(desk), ShowDesk(desk)]


def test_what_is_shown_of_the_tablets_is_new_when_one_comes_goes_or_is_cut_off() -> None:
    wall = Wall()
    before = wall.changes
    wall.tablets.receive(TabletCount(1, ("tablet-1",)))
    assert (wall.changes, wall.tablets.online) == (before + 1, frozenset({"tablet-1"}))
    wall.tablets.receive(TabletCount(1, ("tablet-1",)))
    assert wall.changes == before + 1
    wall.tablets.lost("sync")
    assert wall.changes == before + 1
    wall.tablets.lost("remote")
    assert (wall.changes, wall.tablets.connected) == (before + 2, 0)
    assert wall.tablets.revoke("tablet-1")
    assert (wall.changes, wall.tablets.devices) == (before + 3, ())
