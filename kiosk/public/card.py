"""The picture that goes with a shared link: one figure, its line, and whose and of when it is."""

import io
from functools import lru_cache
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw, ImageFont

from kiosk.public.line_drawing import TALL, LineDrawing
from kiosk.public.look import read_tokens

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
SIZE = (1200, 630)
"""Pixels, as Open Graph asks for: 1.91 to 1."""
MARGIN = 64
LINE = (MARGIN, 380, SIZE[0] - MARGIN, 512)
SHARPER = 2
"""Drawn so many times as large and made smaller: lines and letters come out smooth."""
SIZES = {"value": 150, "title": 50, "unit": 54, "meta": 30, "name": 34}
LEAST_SIZE = 28


class Card(msgspec.Struct, frozen=True):
    """What it says. `value` "" shows the title alone; `line` is left out where there is none."""

    title: str
    value: str
    unit: str
    when: str
    source: str
    name: str
    mark: str = ""
    line: LineDrawing | None = None


def draw_card(card: Card) -> bytes:
    """A PNG of SIZE, in the light theme."""
    color = read_tokens()["color"]["light"]
    image = Image.new("RGB", (SIZE[0] * SHARPER, SIZE[1] * SHARPER), color["background"])
    brush = _Brush(ImageDraw.Draw(image))
    room = SIZE[0] - 2 * MARGIN
    brush.line([(MARGIN, 56), (SIZE[0] - MARGIN, 56)], color["text"]["1"], 3)
    brush.text((MARGIN, 80), card.title, "SemiBold", "title", color["text"]["1"], room)
    if card.value:
        unit = brush.width(card.unit, "Medium", SIZES["unit"]) + 20
        end = brush.text(
            (MARGIN, 160), card.value, "SemiBold", "value", color["text"]["1"], room - unit
        )
        brush.text((end + 20, 242), card.unit, "Medium", "unit", color["text"]["2"], unit)
    if card.line is not None:
        _curve(brush, card.line, color)
    end = brush.text((MARGIN, 336), card.when, "Medium", "meta", color["text"]["3"], room)
    if card.mark:
        _tag(brush, card.mark, end + 20, color)
    brush.line([(MARGIN, 540), (SIZE[0] - MARGIN, 540)], color["line"]["hair"], 2)
    name = brush.width(card.name, "SemiBold", SIZES["name"])
    brush.text(
        (SIZE[0] - MARGIN - name, 557), card.name, "SemiBold", "name", color["text"]["1"], room
    )
    brush.text((MARGIN, 560), card.source, "Medium", "meta", color["text"]["2"], room - name - 40)
    made = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


def _curve(brush: "_Brush", line: LineDrawing, color: dict[str, dict[str, str]]) -> None:
    left, top, right, bottom = LINE

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (right - left) * x, top + (bottom - top) * y

    for stroke in line.strokes:
        for path in stroke.paths:
            points = [tuple(map(int, p.split())) for p in path[1:].split("L")]
            brush.line([at(x / TALL, y / TALL) for x, y in points], color["chart"]["focus"], 5)
        if stroke.end is not None:
            brush.dot(at(stroke.end[0] / 100, stroke.end[1] / 100), 9, color["chart"]["focus"])


def _tag(brush: "_Brush", words: str, left: float, color: dict[str, dict[str, str]]) -> None:
    wide = brush.width(words, "SemiBold", SIZES["meta"])
    brush.box((left, 334, left + wide + 24, 376), color["surface"]["3"])
    brush.text((left + 12, 336), words, "SemiBold", "meta", color["text"]["1"], wide + 1)


class _Brush:
    """Draws in the card's own pixels, whatever it is drawn at."""

    def __init__(self, on: ImageDraw.ImageDraw) -> None:
        self._on = on

    def width(self, words: str, weight: str, size: float) -> float:
        return _font(weight, round(size * SHARPER)).getlength(words) / SHARPER

    def text(
        self, at: tuple[float, float], words: str, weight: str, role: str, color: str, room: float
    ) -> float:
        """Where it ends. Long words are set smaller, then cut."""
        size = float(SIZES[role])
        while size > LEAST_SIZE and self.width(words, weight, size) > room:
            size -= 2
        if self.width(words, weight, size) > room:
            while words and self.width(words + "…", weight, size) > room:
                words = words[:-1]
            words += "…"
        down = (SIZES[role] - size) * 0.8
        spot = (at[0] * SHARPER, (at[1] + down) * SHARPER)
        self._on.text(spot, words, fill=color, font=_font(weight, round(size * SHARPER)))
        return at[0] + self.width(words, weight, size)

    def line(self, points: list[tuple[float, float]], color: str, width: float) -> None:
        scaled = [(x * SHARPER, y * SHARPER) for x, y in points]
        self._on.line(scaled, fill=color, width=round(width * SHARPER), joint="curve")

    def dot(self, at: tuple[float, float], radius: float, color: str) -> None:
        x, y, r = at[0] * SHARPER, at[1] * SHARPER, radius * SHARPER
        self._on.ellipse((x - r, y - r, x + r, y + r), fill=color)

    def box(self, corners: tuple[float, float, float, float], color: str) -> None:
        x0, y0, x1, y1 = (n * SHARPER for n in corners)
        self._on.rounded_rectangle((x0, y0, x1, y1), radius=4 * SHARPER, fill=color)


@lru_cache(32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Pretendard-{weight}.otf"), size)
