"""The theme: tokens at one size, in one set of colours and one language.

Everything drawn on the wall asks the theme for its colours, fonts, pens and lengths. `px` is the
one place where a length in u becomes device pixels.
"""

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPixmap,
)

from kiosk.ui.tokens import ThemeName, Tokens, load_tokens

log = logging.getLogger(__name__)

Language = Literal["ko", "en"]
FONTS_DIR = Path(__file__).resolve().parents[2] / "assets" / "fonts"
BASE_SIDE_U = 1080
SMALLEST_TYPE_U = 14
_LOADED = "kioskFontFolder"


class Bilingual(Protocol):
    """A sentence in both languages (`kiosk.core.text.Text`)."""

    @property
    def ko(self) -> str: ...
    @property
    def en(self) -> str: ...


def load_fonts(tokens: Tokens, folder: Path = FONTS_DIR) -> tuple[str, ...]:
    """Registers the bundled faces, once for an application, and returns the families to draw with,
    best first.

    Without the files the system's fallback faces are used and the reason is logged.
    """
    application = QCoreApplication.instance()
    known = application.property(_LOADED) if application is not None else None
    if known == str(folder):
        return (tokens.family, *tokens.fallback)
    files = sorted(folder.glob("*.otf"))
    loaded = [path for path in files if QFontDatabase.addApplicationFont(str(path)) >= 0]
    if not loaded:
        log.warning("no face in %s could be loaded; drawing with %s", folder, tokens.fallback)
        return tokens.fallback
    if application is not None:
        application.setProperty(_LOADED, str(folder))
    return (tokens.family, *tokens.fallback)


@dataclass(frozen=True)
class Theme:
    """Tokens applied to a screen. Make one with `make_theme`; change one with the `with_` calls.

    `unit_px` is 1u in device pixels. `pixel_aspect` is the width of a pixel over its height: the
    components draw in square pixels and are narrowed by it, so that circles stay round.
    """

    tokens: Tokens
    name: ThemeName
    unit_px: float
    pixel_aspect: float = 1.0
    type_factor: float = 1.0
    language: Language = "ko"
    reduced_motion: bool = False
    families: tuple[str, ...] = ()
    _cache: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    # ---- lengths

    def px(self, u: float) -> int:
        """A length of `u` in whole device pixels; what is not nothing stays at least one pixel."""
        whole = round(u * self.unit_px)
        return whole if whole or not u else (1 if u > 0 else -1)

    def stroke(self, name_or_u: str | float) -> float:
        """A stroke width in device pixels, never thinner than one."""
        u = self.tokens.strokes_u[name_or_u] if isinstance(name_or_u, str) else name_or_u
        return max(1.0, u * self.unit_px)

    def radius(self, name: str = "surface") -> int:
        return self.px(self.tokens.radii_u[name])

    def touch_min_px(self) -> int:
        """The smallest side of anything pressed."""
        return max(self.px(self.tokens.touch_min_u), self.tokens.touch_min_px)

    def motion_ms(self, name: str) -> int:
        """Duration of a movement; 0 with reduced motion (waiting times such as dwell stay)."""
        waits = name in ("dwell", "confirm", "tour")
        return 0 if self.reduced_motion and not waits else self.tokens.motion_ms[name]

    # ---- colours

    def color(self, name: str) -> QColor:
        """A token colour: "text.1", "accent.fill", "severity.critical.word", "map.sequential.0"."""
        key = ("color", name)
        if key not in self._cache:
            value = self.tokens.colors[self.name][name]
            self._cache[key] = QColor(0, 0, 0, 0) if value == "none" else QColor(value)
        return QColor(self._cache[key])

    def pen(
        self,
        color: str,
        stroke: str | float = "hair",
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap,
    ) -> QPen:
        """A pen of a token colour; `stroke` is a token name or a width in u."""
        return QPen(self.color(color), self.stroke(stroke), style, cap, Qt.PenJoinStyle.RoundJoin)

    def dashed_pen(self, color: str, stroke: str | float, on_u: float, off_u: float) -> QPen:
        """A pen dashed in u, flat ends."""
        pen = self.pen(color, stroke, cap=Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(
            [on_u * self.unit_px / pen.widthF(), off_u * self.unit_px / pen.widthF()]
        )
        return pen

    def brush(self, color: str) -> QBrush:
        return QBrush(self.color(color))

    def hatch_brush(self, color: str = "chart.hatch", ground: str = "chart.gapFill") -> QBrush:
        """Stripes at 45 degrees, 3u of 8u: the area of what is not known."""
        key = ("hatch", color, ground)
        if key not in self._cache:
            self._cache[key] = self._hatch_image(color, ground)
        return QBrush(self._cache[key])

    def _hatch_image(self, color: str, ground: str) -> QImage:
        side = max(4, self.px(8 * 2**0.5))
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(self.color(ground))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.color(color), max(1.0, side * 3 / 8 / 2**0.5)))
        for shift in (-side, 0, side):
            painter.drawLine(shift - side, 2 * side, shift + 2 * side, -side)
        painter.end()
        return image

    # ---- type

    def font(self, role: str, weight: int | None = None, scaled: bool = True) -> QFont:
        """The face of a type role (micro, meta, body, action, lead, tab, title, figureS, clock,
        figure, figureL, checkCode) with tabular figures; large type applies unless `scaled` is off.
        """
        key = ("font", role, weight, scaled)
        if key not in self._cache:
            step = self.tokens.roles[role]
            size_px = max(1, self.px(step.u * (self.type_factor if scaled else 1.0)))
            font = QFont(list(self.families))
            font.setPixelSize(size_px)
            font.setWeight(QFont.Weight(weight or step.weight))
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, step.spacing_em * size_px)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            for tag, value in self.tokens.features.items():
                font.setFeature(QFont.Tag(tag), value)
            self._cache[key] = font
        font = self._cache[key]
        assert isinstance(font, QFont)
        return font

    def metrics(self, role: str, weight: int | None = None, scaled: bool = True) -> QFontMetricsF:
        """Measures of `font(...)` in device pixels."""
        key = ("metrics", role, weight, scaled)
        if key not in self._cache:
            self._cache[key] = QFontMetricsF(self.font(role, weight, scaled))
        metrics = self._cache[key]
        assert isinstance(metrics, QFontMetricsF)
        return metrics

    # ---- words

    def say(self, text: Bilingual | str) -> str:
        """The sentence in the wall's language; a plain string is the same in both."""
        if isinstance(text, str):
            return text
        return text.ko if self.language == "ko" else text.en

    # ---- other themes from this one

    def with_name(self, name: ThemeName) -> "Theme":
        return replace(self, name=name, _cache={})

    def with_language(self, language: Language) -> "Theme":
        return replace(self, language=language, _cache={})

    def with_type_factor(self, type_factor: float) -> "Theme":
        return replace(self, type_factor=type_factor, _cache={})

    def with_size(self, width_px: int, height_px: int) -> "Theme":
        return replace(self, unit_px=unit_px(width_px, height_px, self.pixel_aspect), _cache={})


def unit_px(width_px: int, height_px: int, pixel_aspect: float = 1.0) -> float:
    """1u in pixels of the height: the short side over 1080."""
    return min(width_px * pixel_aspect, height_px) / BASE_SIDE_U


def make_theme(
    width_px: int,
    height_px: int,
    name: ThemeName = "dark",
    *,
    language: Language = "ko",
    type_factor: float = 1.0,
    pixel_aspect: float = 1.0,
    reduced_motion: bool = False,
    tokens: Tokens | None = None,
    families: tuple[str, ...] | None = None,
) -> Theme:
    """The theme of a screen of this many pixels. Needs a QGuiApplication (fonts are loaded here
    unless `families` says that they are)."""
    tokens = tokens or load_tokens()
    return Theme(
        tokens=tokens,
        name=name,
        unit_px=unit_px(width_px, height_px, pixel_aspect),
        pixel_aspect=pixel_aspect,
        type_factor=type_factor,
        language=language,
        reduced_motion=reduced_motion,
        families=load_fonts(tokens) if families is None else families,
    )


def clear_picture(size: QSize) -> QPixmap:
    """A picture with nothing in it yet, to lie over others."""
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio of two opaque colours, 1-21 (WCAG 2.2, relative luminance)."""

    def luminance(color: QColor) -> float:
        channels = (color.redF(), color.greenF(), color.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


__all__ = [
    "Bilingual",
    "Language",
    "Theme",
    "ThemeName",
    "clear_picture",
    "contrast",
    "load_fonts",
    "make_theme",
    "unit_px",
]
