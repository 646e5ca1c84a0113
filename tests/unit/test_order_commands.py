"""Orders and replies as commands: whom, what, about what, and who may."""

from collections.abc import Mapping
from typing import Any

import pytest

from kiosk.commands import make_registry
from kiosk.core.contacts import Contact
from kiosk.core.invocation import Status
from kiosk.core.state import Place, replace
from kiosk.wire.messages import Device, TabletRequest, WriteOrder, WriteReply, WriteReport
from kiosk.wire.orders import Given, GivenOrder, Order, Report, SeenView
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

FIRE = {"text": "inspect", "about": "incidents/fire-1"}
OFFICIAL = Device("tablet-1", "상황실", "official", "{}", 1)
READ = {"state": "read"}
VISITOR = Device("tablet-2", "방문객", "visitor", "{}", 1)


def at(heart: Heart, **place: Any) -> None:
    heart.store.put(replace(heart.store.state, place=Place(**place)))


def confirmed(heart: Heart, command: str, args: Mapping[str, object]) -> None:
    """A finger asks, another press says yes."""
    asked = heart.intake.touch(command, dict(args), "give")
    assert asked.status is Status.NEEDS_CONFIRM, asked
    assert heart.sent == []
    assert heart.intake.touch("confirm.accept", {}, "accept").done


def ordered(heart: Heart) -> Order:
    message = heart.sent[-1].message
    assert isinstance(message, WriteOrder)
    return message.order


def test_an_order_is_asked_back_with_department_words_and_subject() -> None:
    heart = Heart()
    heart.intake.touch("order.give", FIRE, "give")
    assert heart.store.state.confirmation is not None
    question = heart.store.state.confirmation.question.ko
    for words in ("소방재난본부", "현장 확인 뒤 보고", "종로 상가 화재"):
        assert words in question


def test_what_is_sent_is_what_was_asked_whatever_the_screen_shows_by_then() -> None:
    heart = Heart()
    at(heart, panel="indicators", indicator="pm25")
    heart.intake.touch("order.give", {"text": "cause", "due": "today"}, "give")
    at(heart, panel="indicators", indicator="population")
    heart.intake.touch("confirm.accept", {}, "accept")
    order = ordered(heart)
    assert (order.to, order.text) == ("보건환경연구원", "원인 파악 뒤 보고")
    assert order.about == "indicators/pm25"
    assert order.by == "wall"
    assert order.id == "id-1"
    assert order.due_ms is not None
    assert 0 < order.due_ms - order.t_ms <= 86_400_000
    assert (order.due_ms + 9 * 3_600_000) % 86_400_000 == 0, "the end of a day in Korea"


def test_a_thing_falls_to_its_duty_and_else_to_its_district() -> None:
    heart = Heart()
    confirmed(heart, "order.give", {"text": "act", "about": "complaints/c-7"})
    assert ordered(heart).to == "climate"
    heart.sent.clear()
    confirmed(heart, "order.give", {"text": "act", "about": "complaints/c-8"})
    assert ordered(heart).to == "송파구청"


def test_an_order_about_nothing_needs_a_department() -> None:
    heart = Heart()
    assert heart.intake.touch("order.give", {"text": "brief"}, "give").status is Status.UNAVAILABLE
    confirmed(heart, "order.give", {"text": "brief", "to": "교통실"})
    assert (ordered(heart).to, ordered(heart).about) == ("transport", "")


@pytest.mark.parametrize(
    "args",
    [
        {"text": "brief", "to": "nobody"},
        {"text": "   ", "to": "fire"},
        {"text": "x" * 501, "to": "fire"},
        {"text": "act", "about": "incidents/none"},
        {"text": "act", "about": "devices/tablet-1", "to": "fire"},
        {"text": "act", "to": "fire", "due": "never"},
    ],
)
def test_what_does_not_fit_is_refused_before_anybody_is_asked(args: dict[str, object]) -> None:
    heart = Heart()
    assert heart.intake.touch("order.give", args, "give").status is Status.BAD_ARGUMENTS
    assert heart.store.state.confirmation is None


def test_nobody_signs_for_another() -> None:
    heart = Heart()
    confirmed(heart, "order.give", FIRE | {"by": "somebody else"})
    assert ordered(heart).by == "wall"


def test_while_sync_is_away_nothing_pretends() -> None:
    heart = Heart()
    heart.world.states["sync"] = "stopped"
    refused = heart.intake.touch("order.give", FIRE, "give")
    assert refused.status is Status.UNAVAILABLE
    assert "동기화" in refused.reason.ko
    heart.world.states["sync"] = "running"
    heart.intake.touch("order.give", FIRE, "give")
    heart.deaf.add("sync")
    assert heart.intake.touch("confirm.accept", {}, "accept").status is Status.UNAVAILABLE
    assert heart.records[-1].command == "order.give"
    assert heart.records[-1].status is Status.UNAVAILABLE


def test_a_locked_wall_and_a_visitor_give_none() -> None:
    heart = Heart()
    for device in (VISITOR, OFFICIAL):
        request = TabletRequest("r" * 8, device.id, "order.give", FIRE)
        assert heart.intake.tablet(request, device).status is Status.DENIED
        assert heart.records[-1].status is Status.DENIED
    heart.store.put(replace(heart.store.state, locked=True))
    assert heart.intake.touch("order.give", FIRE, "give").status is Status.UNAVAILABLE
    assert heart.sent == []


def test_an_order_is_written_about_what_is_on_the_screen_and_closed_again() -> None:
    heart = Heart()
    at(heart, panel="indicators", indicator="pm25")
    assert heart.intake.touch("order.compose", {}, "order").done
    assert heart.store.state.place == Place(panel="orders", about="indicators/pm25")
    confirmed(heart, "order.give", {"text": "cause"})
    assert heart.store.state.place == Place(panel="orders")
    heart.intake.touch("order.compose", {"about": ""}, "order")
    heart.intake.touch("nav.close", {}, "close")
    assert heart.store.state.place == Place(panel="orders")


def test_an_official_reports_at_a_tablet_and_only_forwards() -> None:
    heart = Heart()
    heart.world.orders = {"o-1": "delivered"}

    def report(state: str, device: Device = OFFICIAL, order: str = "o-1") -> Status:
        args = {"order": order, "state": state, "by": "the mayor"}
        request = TabletRequest("r" * 8, device.id, "order.report", args)
        return heart.intake.tablet(request, device).status

    assert report("read") is Status.DONE
    sent = heart.sent[-1].message
    assert isinstance(sent, WriteReport)
    assert sent.report == Report("o-1.read", heart.clock.now_ms(), "o-1", "read", "tablet-1")
    heart.world.orders = {"o-1": "read"}
    assert report("read") is Status.UNAVAILABLE
    assert report("sent") is Status.BAD_ARGUMENTS
    assert report("done", order="o-9") is Status.BAD_ARGUMENTS
    assert report("done", VISITOR) is Status.DENIED
    by_touch = heart.intake.touch("order.report", {"order": "o-1", "state": "done"}, "x")
    assert by_touch.status is Status.DENIED


def test_an_answer_is_in_words_and_a_delivery_is_not() -> None:
    heart = Heart()
    heart.world.orders = {"o-1": "read"}

    def report(state: str, text: str) -> Status:
        args = {"order": "o-1", "state": state, "text": text}
        request = TabletRequest("r" * 8, OFFICIAL.id, "order.report", args)
        return heart.intake.tablet(request, OFFICIAL).status

    assert report("answered", "  ") is Status.BAD_ARGUMENTS
    assert report("answered", "x" * 501) is Status.BAD_ARGUMENTS
    assert report("answered", "현장에 \n 나갔습니다") is Status.DONE
    sent = heart.sent[-1].message
    assert isinstance(sent, WriteReport)
    assert (sent.report.id, sent.report.text) == ("o-1.answered", "현장에 나갔습니다")
    assert report("delivered", "") is Status.UNAVAILABLE
    assert report("done", "끝") is Status.DONE
    heart.world.orders = {"o-1": "written"}
    assert report("delivered", "no words here") is Status.DONE
    sent = heart.sent[-1].message
    assert isinstance(sent, WriteReport)
    assert sent.report.text == ""


def test_a_departments_tablet_speaks_for_no_other() -> None:
    heart = Heart()
    heart.world.orders = {"o-1": "sent", "o-2": "sent", "o-3": "sent"}
    to = {"o-1": "fire", "o-2": "climate", "o-3": "fire-control"}
    heart.world.given = Given(
        tuple(GivenOrder(Order(k, 1, "wall", office, "x"), "sent", 1) for k, office in to.items())
    )
    heart.world.offices = {OFFICIAL.id: "fire"}

    def report(order: str) -> Status:
        request = TabletRequest("r" * 8, OFFICIAL.id, "order.report", {"order": order, **READ})
        return heart.intake.tablet(request, OFFICIAL).status

    assert [report(order) for order in to] == [Status.DONE, Status.DENIED, Status.DONE]
    assert heart.records[-2].status is Status.DENIED
    heart.world.offices = {}
    assert report("o-2") is Status.DONE


def test_an_order_goes_to_a_post_and_takes_the_view_along() -> None:
    heart = Heart()
    heart.world.seen = SeenView("air", Text("대기질", "Air"), 5, ())
    confirmed(heart, "order.give", {"text": "brief", "to": "119종합상황실장", "about": ""})
    assert (ordered(heart).to, ordered(heart).view) == ("fire-control", None)
    heart.sent.clear()
    forged = {"panel": "forged", "title": {"ko": "x", "en": "x"}, "t_ms": 1}
    heart.intake.touch("order.give", FIRE | {"view": forged}, "give")
    assert heart.store.state.confirmation is not None
    assert "소방재난본부" in heart.store.state.confirmation.question.ko
    assert "보던 화면 첨부" in heart.store.state.confirmation.question.ko
    heart.world.seen = SeenView("water", Text("물", "Water"), 6, ())
    heart.intake.touch("confirm.accept", {}, "accept")
    view = ordered(heart).view
    assert view is not None
    assert view.panel == "air", "what was asked, not what is shown by then, and no caller's own"
    heart.sent.clear()
    confirmed(heart, "order.give", FIRE | {"attach": False})
    assert ordered(heart).view is None


def test_the_list_is_filtered_and_an_order_opened() -> None:
    heart = Heart()
    heart.world.orders = {"o-1": "done"}
    heart.intake.touch("order.list", {"shown": "done"}, "filter")
    assert heart.store.state.orders_shown == "done"
    assert heart.intake.touch("order.show", {"order": "o-1"}, "row").done
    assert heart.store.state.place == Place(panel="orders", item="o-1")
    assert heart.intake.touch("order.show", {"order": "x"}, "row").status is Status.BAD_ARGUMENTS


def test_a_complaint_opens_with_its_district_and_is_answered() -> None:
    heart = Heart()
    assert heart.intake.touch("complaint.reply", {"text": "done"}, "x").status is (
        Status.UNAVAILABLE
    )
    heart.intake.touch("complaint.show", {"complaint": "c-7"}, "row")
    assert heart.store.state.place == Place("complaints", "11710", item="c-7")
    heart.intake.touch("complaint.compose", {}, "reply")
    confirmed(heart, "complaint.reply", {"text": "at-once"})
    message = heart.sent[-1].message
    assert isinstance(message, WriteReply)
    reply = message.reply
    assert (reply.complaint, reply.text, reply.by) == ("c-7", "바로 조치하겠습니다", "wall")
    assert heart.store.state.place == Place("complaints", "11710", item="c-7")


def test_news_is_told_and_a_refusal_is_a_refusal() -> None:
    heart = Heart()
    news = {"id": "o-1", "ko": "지시했습니다", "en": "Ordered"}
    assert heart.intake.system("order.told", news).reason.ko == "지시했습니다"
    refused = heart.intake.system("order.told", news | {"refused": True})
    assert refused.status is Status.UNAVAILABLE
    assert heart.intake.touch("order.told", news, "x").status is Status.DENIED


class TestOfficials:
    """An official orders within the own department, with the owner verified, and nobody else."""

    FIRE_TABLET = Device("tablet-f", "소방 당직", "official", "{}", 1, office="fire")
    OTHER = Device("tablet-o", "교통", "official", "{}", 1, office="transport")
    NOBODYS = Device("tablet-n", "공용", "official", "{}", 1)

    def heart(self) -> Heart:
        heart = Heart()
        heart.world.contacts = tuple(
            Contact(d.id, d.name, d.role, d.office, True)
            for d in (self.FIRE_TABLET, self.OTHER, self.NOBODYS)
        )
        return heart

    def says(
        self,
        heart: Heart,
        device: Device,
        command: str,
        args: Mapping[str, object] | None = None,
        *,
        proven: bool = False,
    ) -> Status:
        request = TabletRequest(f"r-{command}", device.id, command, dict(args or {}), proven)
        return heart.intake.tablet(request, device).status

    def test_it_goes_to_a_post_of_the_own_department_once_the_owner_is_verified(self) -> None:
        heart = self.heart()
        order = {"text": "inspect", "to": "fire-control", "about": ""}
        assert self.says(heart, self.FIRE_TABLET, "order.give", order) is Status.NEEDS_CONFIRM
        unproven = TabletRequest("r-yes", self.FIRE_TABLET.id, "confirm.accept", {})
        refused = heart.intake.tablet(unproven, self.FIRE_TABLET)
        assert refused.status is Status.DENIED
        assert "Verify yourself" in refused.reason.en
        assert heart.sent == []
        assert self.says(heart, self.FIRE_TABLET, "confirm.accept", proven=True) is Status.DONE
        assert (ordered(heart).to, ordered(heart).by) == ("fire-control", "tablet-f")

    @pytest.mark.parametrize("to", ["transport", "safety", "보건환경연구원"])
    def test_to_another_department_it_is_refused_before_it_is_asked(self, to: str) -> None:
        heart = self.heart()
        order = {"text": "inspect", "to": to, "about": ""}
        assert self.says(heart, self.FIRE_TABLET, "order.give", order) in (
            Status.DENIED,
            Status.BAD_ARGUMENTS,
        )
        assert heart.store.state.confirmation is None

    def test_whose_the_thing_is_does_not_widen_it(self) -> None:
        heart = self.heart()
        order = {"text": "inspect", "about": "incidents/fire-1"}
        assert self.says(heart, self.OTHER, "order.give", order) is Status.DENIED
        assert self.says(heart, self.FIRE_TABLET, "order.give", order) is Status.NEEDS_CONFIRM

    def test_a_tablet_of_no_department_orders_nobody(self) -> None:
        order = {"text": "inspect", "to": "fire", "about": ""}
        assert self.says(self.heart(), self.NOBODYS, "order.give", order) is Status.DENIED

    def test_one_who_moves_to_another_department_meanwhile_is_refused(self) -> None:
        heart = self.heart()
        order = {"text": "inspect", "to": "fire", "about": ""}
        assert self.says(heart, self.FIRE_TABLET, "order.give", order) is Status.NEEDS_CONFIRM
        first, *others = heart.world.contacts
        moved = Contact(first.device, first.name, first.role, "transport", True)
        heart.world.contacts = (moved, *others)
        assert self.says(heart, self.FIRE_TABLET, "confirm.accept", proven=True) is Status.DENIED
        assert heart.sent == []

    def test_nobody_says_yes_for_another_nor_to_what_was_not_granted(self) -> None:
        heart = self.heart()
        order = {"text": "inspect", "to": "fire", "about": ""}
        assert self.says(heart, self.FIRE_TABLET, "order.give", order) is Status.NEEDS_CONFIRM
        assert self.says(heart, self.OTHER, "confirm.accept", proven=True) is Status.DENIED
        heart.intake.touch("complaint.reply", {"text": "received", "complaint": "c-7"}, "reply")
        assert self.says(heart, self.FIRE_TABLET, "confirm.accept", proven=True) is Status.DENIED
        assert heart.sent == []

    def test_what_is_granted_at_a_tablet_is_granted_nowhere_else(self) -> None:
        policy = Heart().policy
        give = make_registry().resolve("order.give")
        assert not policy.may_take(give.risk, "official")
        assert "order.give" in policy.grant["official"]
