"""A whole kiosk: fingers at the camera wall open, zoom, keep a picture, tour and take over."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Touch

pytestmark = pytest.mark.slow

OPTIONS = ("--windowed", "--camera", "none", "--microphone", "none", "--size", "1920x1080")
PICTURES = "KIOSK_PICTURES"  # a folder for what the wall looked like


@pytest.fixture
def kiosk() -> Iterator[DrivenKiosk]:
    with driven_kiosk(OPTIONS, {"remote": {"enabled": False}}) as made:
        assert wait_until_on(made, 60) is not None
        yield made


def touch(kiosk: DrivenKiosk, command: str, status: str = "done", **args: Any) -> dict[str, Any]:
    kiosk.say(Touch(command, args))
    found = kiosk.outcome(command, 15, source="touch", status=status)
    assert found is not None, command
    return found


def look(kiosk: DrivenKiosk, name: str) -> None:
    if PICTURES in os.environ:
        folder = Path(os.environ[PICTURES])
        folder.mkdir(parents=True, exist_ok=True)
        assert kiosk.screenshot(folder / f"{name}.png")


def test_a_camera_is_opened_zoomed_kept_and_the_tour_ends_at_a_touch(kiosk: DrivenKiosk) -> None:
    touch(kiosk, "panel.open", panel="cctv")
    touch(kiosk, "cctv.layout", tiles=4)
    touch(kiosk, "cctv.open", camera="seoul-plaza")
    touch(kiosk, "cctv.zoom_in")
    look(kiosk, "zoomed")
    touch(kiosk, "cctv.snapshot", "needs-confirm")
    look(kiosk, "asked")
    touch(kiosk, "confirm.accept")
    told = kiosk.outcome("cctv.snapshot_told", 15, status="done")
    assert told is not None
    file = Path(told["args"]["file"])
    assert file.parent == kiosk.data_dir / "snapshots"
    assert file.read_bytes()[:2] == b"\xff\xd8", "a JPEG"
    assert str(file) in told["reason"]["ko"]

    touch(kiosk, "cctv.close")
    touch(kiosk, "cctv.preset", preset="flood")
    touch(kiosk, "cctv.tour")
    look(kiosk, "touring")
    turned = kiosk.outcome("cctv.tour_turn", 30, source="system", status="done")
    assert turned is not None, "ten seconds a step, as the selection says"
    touch(kiosk, "cctv.layout", tiles=9)
    kiosk.say(Touch("cctv.tour"))
    assert kiosk.outcome("cctv.tour", 15, source="touch", status="done"), "it had ended"
