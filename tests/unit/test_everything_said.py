"""Every command that can be said, on walls where it may not apply: done, asked back, or refused
with a reason in both languages; never a fault of the program."""

import pytest

from kiosk.commands import make_registry
from kiosk.core.invocation import Status
from kiosk.core.state import Place, ViewState
from kiosk.wire.orders import Given, GivenOrder, Order
from tests.helpers.heart import Heart
from tests.helpers.speech import grammar
from voice.events import IntentMatch

REGISTRY = make_registry()
SAID = grammar("ko").commands()
SENTENCES = [
    phrase
    for phrases in SAID.values()
    for phrase in {str(sorted(p.args.items())): p for p in phrases[:40]}.values()
]
WALLS = {
    "home": ViewState(),
    "camera": ViewState(place=Place("cctv", camera="cam-03")),
    "indicator": ViewState(place=Place("indicators", indicator="pm25", district="11710")),
    "pledge": ViewState(place=Place("pledges", item="pledge-1")),
    "incident": ViewState(place=Place("incident", item="fire-1")),
    "complaint": ViewState(place=Place("complaints", item="c-7", about="complaints/c-7")),
    "order": ViewState(place=Place("orders", item="o-1")),
    "gone": ViewState(place=Place("orders", item="gone", camera="gone", indicator="gone")),
    "neighbourhood": ViewState(
        place=Place("compare", district="11710", neighbourhood="11710650", indicator="pm25")
    ),
}


@pytest.mark.parametrize("name", WALLS)
def test_no_sentence_is_a_fault_anywhere(name: str) -> None:
    heart = Heart(REGISTRY)
    order = Order("o-1", 0, "wall", "fire", "확인", "incidents/gone")
    heart.world.given = Given((GivenOrder(order, "sent", 0),))
    faults, speechless = [], []
    for number, phrase in enumerate(SENTENCES):
        heart.store.put(WALLS[name])
        said = IntentMatch(phrase.command, dict(phrase.args), phrase.text, "", 1.0, number)
        outcome = heart.intake.voice(said)
        if outcome.status in (Status.FAILED, Status.UNKNOWN):
            faults.append((phrase.text, phrase.command, outcome.reason.en))
        if not outcome.reason.ko or not outcome.reason.en:
            speechless.append((phrase.text, phrase.command))
    assert faults == []
    assert speechless == []


def test_every_refusal_says_why_where_nothing_is_open_and_nothing_runs() -> None:
    heart = Heart(REGISTRY)
    heart.world.states = dict.fromkeys(("gestures", "voice", "sync", "remote"), "failed")
    for command, phrases in SAID.items():
        heart.store.put(ViewState())
        said = IntentMatch(command, dict(phrases[0].args), phrases[0].text, "", 1.0, 1)
        outcome = heart.intake.voice(said)
        if outcome.status not in (Status.DONE, Status.NEEDS_CONFIRM):
            assert len(outcome.reason.ko) >= 5, command
            assert len(outcome.reason.en) >= 8, command
