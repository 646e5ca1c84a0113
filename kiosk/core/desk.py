"""The mayor's desk: whom one can order, in which words, and how citizens are answered."""

from datetime import datetime

import msgspec

from kiosk.wire.text import Language, Text

TEXT_LIMIT = 500
"""Characters of an order or a reply, at most: more is a letter, and not read from a wall."""
LANGUAGES: tuple[Language, Language] = ("ko", "en")
ABOVE, BESIDE = " › ", " · "


class Department(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody in charge. `duties` are kinds of things that fall to it: "incidents.fire". `part_of`
    is the department above it, `contact` where the office (no person) is reached."""

    id: str
    name: Text
    duties: frozenset[str] = frozenset()
    part_of: str = ""
    contact: str = ""


class Post(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody of a department whom one orders by their post.

    `hours`: on duty from the first hour of the day until before the second, on `days` (0 is
    Monday); without hours round the clock, every day.
    """

    id: str
    name: Text
    department: str
    hours: tuple[int, int] | None = None
    days: tuple[int, ...] = (0, 1, 2, 3, 4)

    def on_duty(self, now: datetime) -> bool:
        """`now` as the clocks of the city show it."""
        if self.hours is None:
            return True
        return now.weekday() in self.days and self.hours[0] <= now.hour < self.hours[1]


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
    post: tuple[Post, ...] = ()
    instruction: tuple[Phrase, ...] = ()
    reply: tuple[Phrase, ...] = ()

    def in_charge(self, duty: str) -> Department | None:
        return next((d for d in self.department if duty in d.duties), None)

    def find(self, wanted: str) -> Department | None:
        """The department with this id or name."""
        names = ((d, (d.id, d.name.ko, d.name.en)) for d in self.department)
        return next((d for d, known in names if wanted in known), None)

    def chain(self, office: str) -> tuple[Department, ...]:
        """A department after all that it is part of, the highest first; ends where one is unknown
        or comes again."""
        known = {department.id: department for department in self.department}
        found: list[Department] = []
        while office in known and known[office] not in found:
            found.insert(0, known[office])
            office = found[0].part_of
        return tuple(found)

    def wrong_part(self) -> Department | None:
        """The first department that is part of none that is here, or of itself by some way."""
        for department in self.department:
            top = self.chain(department.id)[0]
            if top.part_of:
                return department
        return None

    def reached(self, owner: Text, contact: str = "") -> str:
        """Where the owner of a source is reached; `contact` is the source's own."""
        found = self.find(owner.ko)
        return contact or (found.contact if found else "")

    def whose(self, owner: Text, contact: str = "") -> Text:
        """The owner of a source with all that it is part of and where it is reached. An owner that
        is no department here is its name."""
        found, reached = self.find(owner.ko), self.reached(owner, contact)
        names = [d.name for d in self.chain(found.id)] if found else [owner]
        ko, en = (ABOVE.join(name.of(of) for name in names) for of in LANGUAGES)
        return Text(f"{ko}{BESIDE}{reached}", f"{en}{BESIDE}{reached}") if reached else Text(ko, en)

    def find_post(self, wanted: str) -> Post | None:
        """The post with this id or name."""
        names = ((p, (p.id, p.name.ko, p.name.en)) for p in self.post)
        return next((p for p, known in names if wanted in known), None)

    def office_of(self, to: str) -> str:
        """The department (its id) that an order to this addressee falls to."""
        post = self.find_post(to)
        return post.department if post else to

    def named(self, to: str) -> Text:
        """The name of whom an order went to; those who do not stand here are their own name."""
        post = self.find_post(to)
        if post is not None:
            office = self.named(post.department)
            return Text(f"{office.ko} {post.name.ko}", f"{post.name.en}, {office.en}")
        found = self.find(to)
        return found.name if found else Text(to, to)


def in_full(phrases: tuple[Phrase, ...], text: str) -> str:
    """The Korean words of a ready phrase, by its id; any other text as it is, without its edges."""
    found = next((p for p in phrases if p.id == text), None)
    return found.words.ko if found else " ".join(text.split())
