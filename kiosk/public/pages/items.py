"""What the city promises, plans and spends: each kind of it as a tree, and one of it by itself."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from aiohttp import web

from kiosk.panels.outline.model import Amount
from kiosk.panels.outline.status import is_late, planned, state_word
from kiosk.panels.outline.tree import Tree
from kiosk.panels.outline.words import KINDS, READINGS, amount, counted, facts, joined, read_out
from kiosk.public.context import PublicContext
from kiosk.public.model import Item as PublicItem
from kiosk.public.pages.asked import Asked, NotPublicError
from kiosk.public.pages.frame import Page, page
from kiosk.public.pages.sections import SECTIONS, Section, section_of
from kiosk.public.projection import PublicCity
from kiosk.wire.city import Item
from kiosk.wire.text import Text

DEEP = 2
"""Levels of a tree that one page lists."""


class Row(msgspec.Struct, frozen=True):
    """An item in a list. `share` is how much is done and `plan` how much should be, 0..1."""

    id: str
    title: Text
    state: Text
    late: bool
    share: float | None
    plan: float | None
    figure: Text
    made_of: Text
    simulated: bool
    inside: tuple["Row", ...] = ()


class Standing(msgspec.Struct, frozen=True):
    """How far a section is, for the first page."""

    section: Section
    count: Text
    share: float | None
    late: int
    simulated: bool


def as_row(item: PublicItem) -> Item:
    """A public item as the wall's words take it: what is not public has no value there."""
    fields = {field.name for field in msgspec.structs.fields(Item)}
    told = {name: getattr(item, name) for name in item.__struct_fields__ if name in fields}
    return Item(**told)


def tree_of(city: PublicCity, section: Section) -> Tree:
    return Tree(as_row(item) for item in city.items(*section.kinds))


def row(tree: Tree, item: Item, now_ms: int, deep: int = 0) -> Row:
    children = tree.children(item)
    leaf = not children
    counts: dict[str, int] = {}
    for child in children:
        counts[child.kind] = counts.get(child.kind, 0) + 1
    share = tree.progress(item)
    return Row(
        item.id,
        item.title,
        state_word(item, now_ms),
        is_late(item, now_ms) if leaf else False,
        share,
        planned(item, now_ms) if leaf and share is not None else None,
        headline(item),
        joined([counted(kind, count) for kind, count in counts.items()]),
        item.simulated or (share is not None and tree.simulated(item)),
        tuple(row(tree, child, now_ms, deep - 1) for child in children) if deep else (),
    )


def headline(item: Item) -> Text:
    """The first of its figures in words: money, a count."""
    named = next((name for name in item.readings if name in READINGS), None)
    return read_out(amount(item, named)) if named is not None else Text("", "")


def standing(city: PublicCity, now_ms: int) -> list[Standing]:
    """Of each section that tells how far it is."""
    found = []
    for section in SECTIONS:
        tree = tree_of(city, section)
        leaves = [leaf for top in tree.roots() for leaf in tree.leaves(top)]
        if not leaves:
            continue
        done = [leaf.progress for leaf in leaves if leaf.progress is not None]
        found.append(
            Standing(
                section,
                counted(*Counter(leaf.kind for leaf in leaves).most_common(1)[0]),
                sum(done) / len(done) if len(done) > len(leaves) / 2 else None,
                sum(is_late(leaf, now_ms) for leaf in leaves),
                any(leaf.simulated for leaf in leaves),
            )
        )
    return found


def build_section(asked: Asked, context: PublicContext, _request: web.Request) -> Page:
    city, now_ms = context.city, context.clock.now_ms()
    section = next(one for one in SECTIONS if one.path == asked.path)
    tree = tree_of(city, section)
    rows = [row(tree, top, now_ms, DEEP - 1) for top in tree.roots()]
    values = {"section": section, "rows": rows}
    return Page("section.html", section.title, values, section.about)


def build_one(asked: Asked, context: PublicContext, request: web.Request) -> Page:
    city, now_ms, key = context.city, context.clock.now_ms(), request.match_info["id"]
    found = city.item(key)
    section = section_of(found.kind) if found is not None else None
    if found is None or section is None:
        raise NotPublicError(
            Text(f"공개한 것 가운데 ‘{key}’는 없습니다", f"Nothing public is called “{key}”")
        )
    tree = tree_of(city, section)
    item = tree.get(key) or as_row(found)
    above = _above(tree, item)
    values = {
        "section": section,
        "item": item,
        "kind": KINDS.get(item.kind, Text("", "")),
        "row": row(tree, item, now_ms, DEEP),
        "above": above,
        "figures": figures(item),
        "facts": facts(item),
        "source": item.source,
        "areas": _areas(city, item.districts),
        "sdg": item.sdg,
    }
    about = item.summary if item.summary.ko else item.title
    return Page("item.html", item.title, values, about)


def figures(item: Item) -> Sequence[Amount]:
    return [amount(item, name) for name in item.readings if name in READINGS]


def _above(tree: Tree, item: Item) -> list[Item]:
    found: list[Item] = []
    whole = tree.parent(item)
    while whole is not None:
        found.insert(0, whole)
        whole = tree.parent(whole)
    return found


def _areas(city: PublicCity, codes: Iterable[str]) -> list[tuple[str, Text]]:
    names: Mapping[str, Text] = {area.code: area.name for area in city.areas()}
    return [(code, names[code]) for code in codes if code in names]


ROUTES = (
    *(page(section.path, build_section) for section in SECTIONS),
    page("items/{id:.+}", build_one),
)
