"""What boards in stations show: traffic, air and safety, one at a time, large, with no way on to
the rest of the edition. `./kiosk.sh board` puts it on a screen that nobody can leave."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from aiohttp import web
from msgspec import Meta

from kiosk.pack import here, pack_folder
from kiosk.pack.loading import CONFIG
from kiosk.pack.model import Grade
from kiosk.panels.figures import number
from kiosk.public.context import CONTEXT, PublicContext
from kiosk.public.line_drawing import LineDrawing
from kiosk.public.map_drawing import draw_map
from kiosk.public.model import Figure, Indicator, Reading
from kiosk.public.pages.asked import Asked, NotPublicError, address
from kiosk.public.pages.frame import NEVER, Page, page
from kiosk.public.pages.home import spark
from kiosk.public.projection import PublicCity
from kiosk.settings import Settings
from kiosk.settings.loading import read_model
from kiosk.ui.charts.map_model import short_name
from kiosk.wire.text import Text

FILE, PATH = "board.toml", "board"
TILES = 4
ROWS = 25
"""Areas in the list; more than these are on the map alone."""
NOT_A_SECTION = Text("게시판에 없는 화면입니다", "The board has no such page")
SHORT_FRESH = "public, max-age=5"


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    indicators: Annotated[tuple[str, ...], Meta(min_length=1)]


class _Sections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    section: Annotated[tuple[Section, ...], Meta(min_length=1, max_length=5)]


class Tile(msgspec.Struct, frozen=True):
    """`grade`: what the city's scale calls the value, None without a scale or a value."""

    indicator: Indicator
    figure: Figure | None
    line: LineDrawing | None
    grade: Grade | None


class Row(msgspec.Struct, frozen=True):
    """An area of the list; `value` "" where it has none."""

    name: Text
    value: str
    grade: Grade | None


def sections_of(settings: Settings) -> tuple[Section, ...]:
    """The city's own, else the program's. Raises SettingsError."""
    config = Path(settings.paths.config_dir or CONFIG)
    own = pack_folder(settings) / FILE
    return read_model(own if own.exists() else config / FILE, _Sections).section


def shown(settings: Settings, readings: Sequence[Reading]) -> dict[str, tuple[Reading, ...]]:
    """Section -> what of it the city discloses; those of which nothing is are left out."""
    public = {reading.indicator.id: reading for reading in readings}
    found = {
        section.id: tuple(public[name] for name in section.indicators if name in public)[:TILES]
        for section in sections_of(settings)
    }
    return {name: told for name, told in found.items() if told}


def build(asked: Asked, context: PublicContext, request: web.Request) -> Page:
    city, now_ms = context.city, context.clock.now_ms()
    parts = shown(context.settings, city.readings())
    wanted = request.match_info["section"]
    if wanted not in parts:
        raise NotPublicError(NOT_A_SECTION)
    sections = [s for s in sections_of(context.settings) if s.id in parts]
    chosen = next(s for s in sections if s.id == wanted)
    tiles = [_tile(city, reading, now_ms) for reading in parts[wanted]]
    values = {
        "sections": sections,
        "chosen": chosen,
        "tiles": tiles,
        **_mapped(asked, city, parts[wanted]),
        "home": bool(context.settings.public.url),
        "take": f"indicators/{tiles[0].indicator.id}",
    }
    about = Text(f"{chosen.title.ko} 게시판", f"Board: {chosen.title.en}")
    return Page("board.html", chosen.title, values, about, cache=SHORT_FRESH)


def _tile(city: PublicCity, reading: Reading, now_ms: int) -> Tile:
    one, figure = reading.indicator, reading.figure
    value = figure.value if figure is not None else None
    return Tile(one, figure, spark(city, one, now_ms), grade_of(one.id, value))


def grade_of(indicator: str, value: float | None) -> Grade | None:
    """What the city's scale calls a value."""
    scale = here().scale_of(indicator)
    return scale.grade[scale.place(value)] if scale is not None and value is not None else None


def _mapped(asked: Asked, city: PublicCity, told: Sequence[Reading]) -> dict[str, object]:
    """The map of the first indicator that is told by area, and its areas from the gravest on."""
    layer = next((r.indicator for r in told if r.indicator.areas == "districts"), None)
    figures = {f.area: f for f in city.by_area(layer.id)} if layer is not None else {}
    values = {code: f.value for code, f in figures.items() if f.value is not None}
    areas = city.areas()
    decimals = layer.decimals if layer is not None else 0
    rows = [
        Row(
            short_name(area.name),
            number(values[area.code], decimals) if area.code in values else "",
            grade_of(layer.id, values.get(area.code)) if layer is not None else None,
        )
        for area in sorted(areas, key=lambda a: _order(layer, values.get(a.code)))
    ]
    return {
        "layer": layer,
        "map": draw_map(areas, values, decimals, asked.language) if layer is not None else None,
        "map_figure": max(figures.values(), key=lambda f: f.t_ms, default=None),
        "rows": rows[:ROWS] if layer is not None else [],
    }


def _order(layer: Indicator | None, value: float | None) -> tuple[bool, float]:
    """The worst first, those without a value last."""
    if value is None:
        return True, 0.0
    return False, value if layer is not None and layer.better == "higher" else -value


async def first(request: web.Request) -> web.StreamResponse:
    """The board begins with its first section, in the city's language or the one that is named."""
    context = request.app[CONTEXT]
    language = request.match_info.get("language") or here().language
    parts = shown(context.settings, context.city.readings())
    if not parts:
        raise web.HTTPNotFound(text=f"{NOT_A_SECTION.ko}\n{NOT_A_SECTION.en}\n")
    target = address(f"{PATH}/{next(iter(parts))}", "en" if language == "en" else "ko")
    raise web.HTTPFound(target, headers={"Cache-Control": NEVER})


ROUTES = (
    web.get(f"/{PATH}", first),
    web.get(f"/{{language:ko|en}}/{PATH}", first),
    page(f"{PATH}/{{section}}", build),
)
