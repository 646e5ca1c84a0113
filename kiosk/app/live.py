"""What the panels are told besides rows: processes, cameras, tablets, orders, the last commands."""

from collections.abc import Sequence

from kiosk.app.cameras import Cameras
from kiosk.app.orders import Orders
from kiosk.app.tablets import Tablets
from kiosk.app.world import WallWorld
from kiosk.core.audit import AuditRecord
from kiosk.core.photos import Photos
from kiosk.core.usage import Use
from kiosk.panels import Live
from kiosk.panels.panel import HandHelp, HelpEntry, ProcessRow


def live_now(
    world: WallWorld,
    cameras: Cameras,
    tablets: Tablets,
    orders: Orders,
    *,
    audit: Sequence[AuditRecord],
    help_entries: Sequence[HelpEntry],
    hands: HandHelp,
    usage: Sequence[Use],
    photos: Photos,
) -> Live:
    """As it is at this moment; `audit` is newest first."""
    processes = tuple(ProcessRow(p.name, p.state, p.reason, p.restarts) for p in world.processes())
    return Live(
        processes=processes,
        cameras=cameras.current(),
        sync=world.sync,
        devices=tablets.devices,
        tablets=tablets.connected,
        conferences=world.conferences,
        disclosure=world.disclosure,
        online=tablets.online,
        authority=tablets.authority,
        audit=tuple(audit),
        help=tuple(help_entries),
        hands=hands,
        desk=world.desk,
        presets=world.presets,
        profiles=world.profiles,
        given=orders.given,
        writing=orders.writing,
        usage=tuple(usage),
        photos=photos,
    )
