"""The mayor's desk: whom one can order, in which words, and how citizens are answered."""

import msgspec

from kiosk.wire.text import Text

TEXT_LIMIT = 500
"""Characters of an order or a reply, at most: more is a letter, and not read from a wall."""


class Department(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody in charge. `duties` are kinds of things that fall to it: "incidents.fire"."""

    id: str
    name: Text
    duties: frozenset[str] = frozenset()


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ready words. `about` names the tables of what they fit; empty fits everything."""

    id: str
    words: Text
    about: frozenset[str] = frozenset()

    def fits(self, table: str) -> bool:
        return not self.about or table in self.about


class Desk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`orders.toml` of the city."""

    department: tuple[Department, ...] = ()
    instruction: tuple[Phrase, ...] = ()
    reply: tuple[Phrase, ...] = ()

    def in_charge(self, duty: str) -> Department | None:
        return next((d for d in self.department if duty in d.duties), None)

    def find(self, wanted: str) -> Department | None:
        """The department with this id or name."""
        names = ((d, (d.id, d.name.ko, d.name.en)) for d in self.department)
        return next((d for d, known in names if wanted in known), None)

    def named(self, to: str) -> Text:
        """The name of whom an order went to; those who do not stand here are their own name."""
        found = self.find(to)
        return found.name if found else Text(to, to)


def in_full(phrases: tuple[Phrase, ...], text: str) -> str:
    """The Korean words of a ready phrase, by its id; any other text as it is, without its edges."""
    found = next((p for p in phrases if p.id == text), None)
    return found.words.ko if found else " ".join(text.split())
