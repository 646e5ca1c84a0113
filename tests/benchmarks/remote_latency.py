"""Command of one tablet to its answer, and to the new view on all tablets.

Run: `python -m tests.benchmarks.remote_latency [TABLETS]`. Server, wall and tablets share this one
process, so the figures are an upper bound.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from kiosk.remote.client import Tablet
from kiosk.remote.limits import Limits
from kiosk.wire.messages import TabletAnswer, TabletRequest
from tests.helpers.sample_projections import home
from tests.helpers.scripted_wall import DONE, ScriptedWall, scripted_wall

ROUNDS = 200
LIMITS = Limits(connections_per_address=1000, commands_per_s=1e6, command_burst=10**6)


async def measure(wall: ScriptedWall, folder: Path, count: int) -> None:
    view = home(1)
    tablets = [Tablet(folder / "certificates" / "ca.pem") for _ in range(count)]

    def reply(request: TabletRequest) -> TabletAnswer:
        wall.show(msgspec.structs.replace(view, t_ms=int(request.args["t"])))
        return TabletAnswer(request.request, "done", DONE)

    wall.accepts = "official"
    for number, tablet in enumerate(tablets):
        await tablet.pair(await asyncio.to_thread(wall.offer), f"tablet {number}")
        await tablet.connect()
    wall.reply = reply
    answers_ms, views_ms = [], []
    for t_ms in range(1, ROUNDS + 1):
        began = time.perf_counter()

        async def seen(tablet: Tablet, t_ms: int = t_ms) -> None:
            await tablet.wait_until(
                lambda: bool(tablet.projection and tablet.projection.t_ms == t_ms)
            )

        everywhere = asyncio.gather(*(seen(tablet) for tablet in tablets))
        await tablets[t_ms % count].send("bench", {"t": t_ms})
        answers_ms.append((time.perf_counter() - began) * 1000)
        await everywhere
        views_ms.append((time.perf_counter() - began) * 1000)
    for tablet in tablets:
        await tablet.close()
    for name, values in (("answer", sorted(answers_ms)), ("view on all", sorted(views_ms))):
        p50, p99 = values[len(values) // 2], values[int(len(values) * 0.99)]
        print(f"{count} tablets, command to {name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, n {ROUNDS}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as name, scripted_wall(Path(name), limits=LIMITS) as wall:
        wall.tell_devices()
        asyncio.run(measure(wall, Path(name), count))


if __name__ == "__main__":
    main()
