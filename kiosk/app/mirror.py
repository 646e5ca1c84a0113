"""What the tablets are shown: the wall's view, what stands over it, and the officials' desks."""

import operator

import msgspec

from kiosk.app.desks import seen_view, tablet_desk
from kiosk.app.orders import Orders
from kiosk.app.part import Part
from kiosk.app.recordings import Recordings
from kiosk.app.tablets import Tablets
from kiosk.app.world import WallWorld
from kiosk.commands.orders import PANEL as ORDERS
from kiosk.commands.orders import on_screen
from kiosk.core.state import Store
from kiosk.panels.standing import with_standing
from kiosk.wire.projection import Projection

MINUTE_MS = 60_000


class Mirror(Part):
    """Follows the panels: `show` is called with each new view of the wall."""

    def __init__(
        self,
        store: Store,
        world: WallWorld,
        tablets: Tablets,
        orders: Orders,
        recordings: Recordings,
    ) -> None:
        self._laid_by: tuple[tuple[object, ...], tuple[object, ...]] = ((None,) * 3, ())
        self._store = store
        self._world = world
        self._tablets = tablets
        self._orders = orders
        self._recordings = recordings

    def show(self, projection: Projection) -> None:
        state, sync = self._store.state, self._world.sync
        if projection.panel != ORDERS:
            # An order is written on a panel of its own: what was looked at is the one before.
            self._world.seen = seen_view(projection)
        dated = with_standing(projection, self._world.standing(projection.panel))
        shown = msgspec.structs.replace(
            self._recordings.mark(dated),
            language=state.language,
            offline=sync is not None and not sync.reachable,
            question=state.confirmation.question if state.confirmation else None,
        )
        self._tablets.show(shown)

    def tick(self) -> None:
        """Lays the desks anew when something on them may have changed; some times a second, so
        that no press waits for it."""
        world, tablets, told = self._world, self._tablets, self._orders.told
        if not tablets.connected:
            return
        about, minute = on_screen(self._store.state), world.now_ms() // MINUTE_MS
        read = (world.given, told, world.catalogue)
        rest = (about, minute, tablets.devices, tablets.online)
        if rest == self._laid_by[1] and all(map(operator.is_, read, self._laid_by[0])):
            return
        self._laid_by = read, rest
        tablets.lay(
            tablet_desk(
                world,
                about,
                told,
                devices=tablets.devices,
                online=tablets.online,
                givers=world.givers,
            )
        )
