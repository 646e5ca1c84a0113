"""A camera address that is not opened leaves a record, once."""

from collections.abc import Callable
from typing import Any

from kiosk.app.queries import Queries
from kiosk.app.refusals import Refusals
from kiosk.core.invocation import Source, Status
from kiosk.wire.messages import CameraState
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

INSIDE = Text("주소가 이 기계를 가리킵니다", "The address is this machine itself")
OTHER = Text("카메라 이름을 찾을 수 없습니다", "The camera's host name is not known")


class Asked(Queries):
    """Questions that are answered at once, with what catalogues refuse now."""

    def __init__(self) -> None:
        self.refused: tuple[tuple[str, Text], ...] = ()

    def ask(self, key: str, question: object, answered: Callable[[Any], object]) -> None:
        answered(self.refused)


def state(word: str, reason: Text = INSIDE, *, refused: bool = True) -> CameraState:
    return CameraState(camera="site/1", state=word, reason=reason, refused=refused)  # type: ignore[arg-type]


def test_each_refusal_is_written_down_once() -> None:
    heart = Heart()
    refusals = Refusals(heart.intake, Asked())
    for told in (state("off"), state("off"), state("lost", refused=False), state("lost")):
        refusals.receive(told)
    (record,) = heart.records
    assert (record.source, record.status, record.args) == (
        Source.SYSTEM,
        Status.DENIED,
        {"camera": "site/1"},
    )
    assert record.reason == INSIDE
    refusals.receive(state("lost", OTHER))
    refusals.receive(state("live", refused=False))
    refusals.receive(state("lost", OTHER))
    assert [record.reason for record in heart.records] == [INSIDE, OTHER, OTHER]


def test_what_a_catalogue_refuses_is_written_down_camera_by_camera_and_once() -> None:
    heart, queries = Heart(), Asked()
    refusals = Refusals(heart.intake, queries)
    refusals.read()
    gate = Text(f"정문: {INSIDE.ko}", f"Gate: {INSIDE.en}")
    roof = Text(f"옥상: {INSIDE.ko}", f"Roof: {INSIDE.en}")
    queries.refused = (("its-cctv", gate), ("its-cctv", roof))
    for tables in ({"sources"}, {"sources"}, {"cameras"}):
        refusals.rows_changed(frozenset(tables))
    assert [(r.args, r.reason) for r in heart.records] == [
        ({"camera": "its-cctv"}, gate),
        ({"camera": "its-cctv"}, roof),
    ]
    queries.refused = ()
    refusals.read()
    queries.refused = (("its-cctv", gate),)
    refusals.read()
    assert len(heart.records) == 3, "it came back"
