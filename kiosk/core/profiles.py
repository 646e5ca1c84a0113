"""Who the wall works for: where they begin, and what they may do."""

import msgspec

from kiosk.core.state import Place
from kiosk.wire.messages import Role
from kiosk.wire.text import Text


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of those who use the wall. `panel`, `district` (a code) and `indicator` say where their
    first screen is; `role` is theirs in the policy; `pin` is the hash of what they press to be let
    in (`kiosk.core.pins`), "" where nothing is asked."""

    id: str
    name: Text
    role: Role
    panel: str = "home"
    district: str | None = None
    indicator: str | None = None
    pin: str = ""

    @property
    def home(self) -> Place:
        return Place(panel=self.panel, district=self.district, indicator=self.indicator)


class Profiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`profiles.toml` of the city, or the site's; the first one is whose wall it is when nobody
    else is chosen."""

    profile: tuple[Profile, ...] = ()

    def find(self, wanted: str) -> Profile | None:
        """By id; "" is the first one, None when there is none."""
        if not wanted:
            return next(iter(self.profile), None)
        return next((profile for profile in self.profile if profile.id == wanted), None)

    def home(self, chosen: str) -> Place:
        """Their first screen."""
        profile = self.find(chosen)
        return profile.home if profile is not None else Place()
