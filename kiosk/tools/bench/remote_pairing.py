"""How long the machines take to pair a tablet, and to cut one off, on a whole kiosk.

A driver in the place of the person presses as soon as there is something to press; what a person
takes to scan, to write a name and to compare comes on top.
"""

import asyncio
import time
from typing import TypeVar

from kiosk.remote.client import Tablet
from kiosk.tools.bench.figure import Figure
from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Ask, PairingAsked, PairingOffered

M = TypeVar("M", PairingAsked, PairingOffered)

PAIRED_BAR_S = 5.0
CUT_OFF_BAR_S = 1.0
WAIT_S = 60.0
OPTIONS = ("--camera", "none", "--microphone", "none", "--windowed")


def pairing_figures(rounds: int) -> list[Figure]:
    """Raises TimeoutError, TabletError."""
    with driven_kiosk(OPTIONS, {"remote": {"host": "127.0.0.1", "port": 0}}) as kiosk:
        if wait_until_on(kiosk, WAIT_S) is None:
            raise TimeoutError("the kiosk did not come on")
        times = asyncio.run(_rounds(kiosk, rounds))
    paired, cut_off = (sorted(each) for each in zip(*times, strict=True))
    middle, view, goodbye = rounds // 2, "code used to first view", "cut off to goodbye"
    return [
        Figure("remote", f"{view}, p50", paired[middle], "s", n=rounds),
        Figure("remote", f"{view}, longest", paired[-1], "s", PAIRED_BAR_S, rounds),
        Figure("remote", f"{goodbye}, p50", cut_off[middle], "s", n=rounds),
        Figure("remote", f"{goodbye}, longest", cut_off[-1], "s", CUT_OFF_BAR_S, rounds),
    ]


async def _rounds(kiosk: DrivenKiosk, rounds: int) -> list[tuple[float, float]]:
    return [await _round(kiosk) for _ in range(rounds)]


async def _round(kiosk: DrivenKiosk) -> tuple[float, float]:
    """(seconds from the code to the first view, from the press that cuts off to the goodbye)."""
    async with Tablet(kiosk.data_dir / "certificates/ca.pem") as tablet:
        kiosk.say(Ask("remote.pair"))
        offered = await asyncio.to_thread(_heard, kiosk, PairingOffered)
        began = time.perf_counter()
        pairing = asyncio.ensure_future(tablet.pair(offered.url, "bench"))
        await asyncio.to_thread(_heard, kiosk, PairingAsked)
        kiosk.say(Ask("remote.accept"))
        await pairing
        await tablet.connect()
        await tablet.wait_until(lambda: tablet.projection is not None, WAIT_S)
        paired_s = time.perf_counter() - began
        began = time.perf_counter()
        kiosk.say(Ask("remote.revoke", {"device": tablet.device}))
        await tablet.wait_until(lambda: tablet.goodbye is not None, WAIT_S)
        return paired_s, time.perf_counter() - began


def _heard(kiosk: DrivenKiosk, kind: type[M]) -> M:
    """The next message of this kind."""
    found = kiosk.wait(lambda message: isinstance(message, kind), WAIT_S)
    if not isinstance(found, kind):
        raise TimeoutError(f"the wall said no {kind.__name__}")
    return found
