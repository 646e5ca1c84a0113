"""Which part of the officials' desks a tablet is dealt: by its role, and by whose it is."""

import msgspec

from kiosk.wire.desk import OrderCard, TabletDesk
from kiosk.wire.messages import Device

ACTING = frozenset({"mayor", "official"})


def dealt(desk: TabletDesk, device: Device) -> TabletDesk:
    """Nothing but the way to the panels for those who do not act on orders. A department's tablet
    has the orders to that department and those that it gave itself; the mayor's, and one that
    belongs to no department, has all. An official orders within the own
    department, and sees nobody else to order."""
    if device.role not in ACTING:
        return TabletDesk(panels=desk.panels)
    if device.role == "mayor":
        return desk
    whom = tuple(one for one in desk.addressees if device.office in (one.office, *one.above))
    desk = msgspec.structs.replace(desk, addressees=whom if device.office else ())
    if not device.office:
        return desk
    kept = tuple(order for order in desk.orders if _concerns(order, device))
    return msgspec.structs.replace(desk, orders=kept)


def _concerns(order: OrderCard, device: Device) -> bool:
    return order.office == device.office or order.giver == device.id
