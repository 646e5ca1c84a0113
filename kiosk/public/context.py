"""What pages, boards and open data are made from."""

from typing import TYPE_CHECKING

import msgspec
from aiohttp import web

from kiosk.core.clock import Clock
from kiosk.settings.model import Settings

if TYPE_CHECKING:
    from kiosk.public.projection import Door, PublicCity


class PublicContext(msgspec.Struct, frozen=True):
    """`url` is where people reach the edition, without a stroke at its end: what is shared begins
    so, whatever name a request came by."""

    settings: Settings
    clock: Clock
    door: "Door"
    url: str

    @property
    def city(self) -> "PublicCity":
        """The city as the public may see it now; for one answer."""
        return self.door.city


CONTEXT = web.AppKey("context", PublicContext)
