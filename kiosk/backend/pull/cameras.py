"""Cameras of a system's answer: only those whose address may be opened."""

import msgspec

from kiosk.backend.connectors.normal import Camera, Item, Parsed, Rejected
from kiosk.wire.camera_address import RTSP, WEB, AddressError, check_address
from kiosk.wire.text import Text


def opened(parsed: Parsed, *, local: bool) -> Parsed:
    """The answer with every camera whose address may not be opened as a rejected row.

    `local`: the system declares that it runs on this machine. What is said of an address never
    repeats it.
    """
    items: list[Item] = []
    rejected: list[Rejected] = []
    for row, item in enumerate(parsed.items, start=1):
        if not isinstance(item, Camera) or not item.stream:
            items.append(item)
            continue
        try:
            for address in filter(None, (item.stream, item.sub_stream)):
                check_address(address, loopback=local, schemes=(*RTSP, *WEB))
        except AddressError as error:
            words = (f"{item.name}: {reason}" for reason in (error.reason.ko, error.reason.en))
            refused = Text(*words)
            rejected.append(Rejected(row, refused.en, refused))
        else:
            items.append(item)
    if not rejected:
        return parsed
    return msgspec.structs.replace(
        parsed, items=tuple(items), rejected=(*parsed.rejected, *rejected)
    )
