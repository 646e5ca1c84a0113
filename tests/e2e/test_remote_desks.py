"""What a tablet is dealt besides the wall's view, and what it says besides commands, against the
real server: desks, watched panels, points."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from kiosk.remote.client import Tablet
from kiosk.wire.desk import TabletDesk
from kiosk.wire.messages import (
    RefusedRequest,
    Role,
    ShowPanel,
    TabletPoint,
    WatchPanels,
)
from tests.helpers.sample_desks import desk, order
from tests.helpers.sample_projections import home
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[ScriptedWall]:
    with scripted_wall(tmp_path) as made:
        made.tell_devices()
        yield made


@asynccontextmanager
async def paired(
    wall: ScriptedWall, folder: Path, role: Role = "official"
) -> AsyncIterator[Tablet]:
    """A tablet that was let in with this role and is connected."""
    wall.accepts = role
    async with Tablet(folder / "certificates" / "ca.pem") as tablet:
        await tablet.pair(await asyncio.to_thread(wall.offer), "태블릿")
        await tablet.connect()
        yield tablet


async def refused(wall: ScriptedWall, reason: str) -> None:
    def told(refusal: RefusedRequest) -> bool:
        return refusal.reason == reason

    await asyncio.to_thread(wall.wait_for, RefusedRequest, told)


async def test_desks_are_dealt_by_department_and_change_with_it(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    orders = (order("o-1", "불", 1), order("o-2", "냄새", 1, office="climate"))
    async with paired(wall, tmp_path) as tablet:

        def belong(role: Role, office: str) -> None:
            device = wall.devices[tablet.device]
            wall.devices[tablet.device] = msgspec.structs.replace(device, role=role, office=office)
            wall.tell_devices()

        wall.lay(desk(1, *orders))
        await tablet.wait_until(lambda: len(tablet.desk.orders) == 2)
        belong("official", "climate")
        await tablet.wait_until(lambda: [one.id for one in tablet.desk.orders] == ["o-2"])
        belong("visitor", "climate")
        await tablet.wait_until(lambda: tablet.desk == TabletDesk(panels=desk(1).panels))
        belong("mayor", "climate")
        await tablet.wait_until(lambda: len(tablet.desk.orders) == 2)
        tablet.desk = TabletDesk()
        await tablet.connect()
        await tablet.wait_until(lambda: len(tablet.desk.orders) == 2)


async def test_a_visitor_neither_points_nor_looks_at_panels_of_its_own(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with paired(wall, tmp_path, "visitor") as tablet:
        await tablet.watch("air")
        await tablet._say({"type": "point", "x": 0.5, "y": 0.5})
        for reason in ("a panel without the right", "a pointer without the right"):
            await refused(wall, reason)
        assert (await tablet.send("nav.home")).status == "done"
    assert wall.all_of(TabletPoint) == []
    assert all(told.panels == () for told in wall.all_of(WatchPanels))


async def test_who_becomes_a_visitor_in_mid_session_may_no_more_than_one(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with paired(wall, tmp_path) as tablet:
        await tablet._say({"type": "point", "x": 0.5, "y": 0.5})
        await asyncio.to_thread(wall.wait_for, TabletPoint)
        device = msgspec.structs.replace(wall.devices[tablet.device], role="visitor")
        wall.devices[tablet.device] = device
        wall.tell_devices()
        await tablet.wait_until(lambda: tablet.role == "visitor")
        wall.forget()
        await tablet._say({"type": "point", "x": 0.6, "y": 0.5})
        await refused(wall, "a pointer without the right")
        assert wall.all_of(TabletPoint) == []


async def test_a_flood_of_points_is_thinned_and_its_end_is_told(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    async with paired(wall, tmp_path) as tablet:
        for number in range(200):
            await tablet._say({"type": "point", "x": number / 200, "y": 0.5})
        await tablet._say({"type": "point"})
        end = await asyncio.to_thread(wall.wait_for, TabletPoint, lambda told: told.x is None)
        assert end.device == tablet.device
    assert len(wall.all_of(TabletPoint)) < 100


async def test_who_leaves_no_longer_looks_at_a_panel(wall: ScriptedWall, tmp_path: Path) -> None:
    async with paired(wall, tmp_path) as tablet, paired(wall, tmp_path) as other:
        view = msgspec.structs.replace(home(1), panel="air")
        await tablet.watch("air")
        await asyncio.to_thread(wall.wait_for, WatchPanels, lambda told: told.panels == ("air",))
        wall.link.send(ShowPanel(view))
        await tablet.wait_until(lambda: tablet.watched == view)
        await other.watch("air")
        await other.wait_until(lambda: other.watched == view)
        await other.watch("")
        wall.forget()
        await tablet.close()
        await asyncio.to_thread(wall.wait_for, WatchPanels, lambda told: told.panels == ())
