"""The kinds of places that the panel shows; another kind is another module and its name here."""

from kiosk.panels.places.kinds import centres, parking, stations, wifi
from kiosk.panels.places.kinds.kind import PlaceKind

KINDS: tuple[PlaceKind, ...] = (stations.KIND, parking.KIND, wifi.KIND, centres.KIND)
NAMED = tuple(kind for kind in KINDS if kind.opens and not kind.many)
"""Kinds whose places can be asked for by name."""


def kind_of(word: str) -> PlaceKind:
    """The kind of this word, the first one for any other."""
    return next((kind for kind in KINDS if kind.word == word), KINDS[0])
