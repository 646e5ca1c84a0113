"""A camera address that is not opened leaves a record, once."""

from kiosk.app.refusals import Refusals
from kiosk.core.invocation import Source, Status
from kiosk.wire.messages import CameraState
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

INSIDE = Text("주소가 이 기계를 가리킵니다", "The address is this machine itself")
OTHER = Text("카메라 이름을 찾을 수 없습니다", "The camera's host name is not known")


def state(word: str, reason: Text = INSIDE, *, refused: bool = True) -> CameraState:
    return CameraState(camera="site/1", state=word, reason=reason, refused=refused)  # type: ignore[arg-type]


def test_each_refusal_is_written_down_once() -> None:
    heart = Heart()
    refusals = Refusals(heart.intake)
    for told in (state("off"), state("off"), state("lost", refused=False), state("lost")):
        refusals.take(told)
    (record,) = heart.records
    assert (record.source, record.status, record.args) == (
        Source.SYSTEM,
        Status.DENIED,
        {"camera": "site/1"},
    )
    assert record.reason == INSIDE
    refusals.take(state("lost", OTHER))
    refusals.take(state("live", refused=False))
    refusals.take(state("lost", OTHER))
    assert [record.reason for record in heart.records] == [INSIDE, OTHER, OTHER]
