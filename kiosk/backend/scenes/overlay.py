"""What a camera burns into its picture: its name, the time, and here that it is simulated."""

import datetime as dt
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kiosk.backend.scenes.canvas import WIDTH_PX, Pixels
from kiosk.backend.scenes.sprites import Sprite
from kiosk.pack import here
from kiosk.wire.text import Text

FONT = Path(__file__).parents[3] / "assets" / "fonts" / "Pretendard-SemiBold.otf"
Signs = dict[str, Pixels]
SIMULATED = Text("모의", "demo")

_MARGIN_PX = 14
# a wide tile shows a 16:9 picture without its upper and lower rows: 43 of them each at 2.34:1
_SAFE_PX = 46
_NAME_PX, _CLOCK_PX, _BADGE_PX = 20, 21, 20
_OUTLINE_PX = 2
_WHITE, _DARK, _PILL = (255, 255, 255, 255), (0, 0, 0, 190), (22, 26, 31, 215)


class Overlay:
    """Text of one camera; the clock's line is drawn once a second, everything else once."""

    def __init__(self, name: str, signs: Signs, font: Path = FONT) -> None:
        name_font = ImageFont.truetype(str(font), _NAME_PX)
        self._name = _text(name, name_font)
        self._badge, self._badge_px = _badge(ImageFont.truetype(str(font), _BADGE_PX))
        self._clock: tuple[str, Sprite] | None = None
        self._signs = signs

    def burn(self, frame: Pixels, local: dt.datetime) -> None:
        """Lays name, badge and clock on a 640x360 frame."""
        self._name.lay(frame, _MARGIN_PX, _SAFE_PX)
        self._badge.lay(frame, WIDTH_PX - _MARGIN_PX - self._badge_px, _SAFE_PX)
        line = local.strftime("%Y-%m-%d %H:%M:%S")
        if self._clock is None or self._clock[0] != line:
            self._clock = (line, self._clock_sprite(line))
        self._clock[1].lay(frame, _MARGIN_PX, frame.shape[0] - _SAFE_PX - _CLOCK_PX - 6)

    def _clock_sprite(self, line: str) -> Sprite:
        """Digits in cells of one width, so that the line does not shiver."""
        return sprite_of(np.hstack([self._signs[sign] for sign in line]))


def clock_signs(path: Path = FONT) -> Signs:
    """Every sign of a clock, drawn once: RGBA cells of one height, digits of one width."""
    font = ImageFont.truetype(str(path), _CLOCK_PX)
    digit_px = max(round(font.getlength(digit)) for digit in "0123456789") + 1
    cells = {}
    for sign in "0123456789-: ":
        width = digit_px if sign.isdigit() else round(digit_px * 0.6)
        image = Image.new("RGBA", (width, _CLOCK_PX + 8))
        ImageDraw.Draw(image).text(
            ((width - font.getlength(sign)) / 2, 1),
            sign,
            _WHITE,
            font,
            stroke_width=_OUTLINE_PX,
            stroke_fill=_DARK,
        )
        cells[sign] = np.asarray(image)
    return cells


def _text(line: str, font: ImageFont.FreeTypeFont) -> Sprite:
    image = Image.new("RGBA", (round(font.getlength(line)) + 8, round(font.size) + 10))
    ImageDraw.Draw(image).text(
        (_OUTLINE_PX, 1), line, _WHITE, font, stroke_width=_OUTLINE_PX, stroke_fill=_DARK
    )
    return sprite_of(np.asarray(image))


def _badge(font: ImageFont.FreeTypeFont) -> tuple[Sprite, int]:
    """The word for simulated on a hatched pill, as everywhere on the wall; and its width."""
    word = SIMULATED.of(here().language)
    width, height = round(font.getlength(word)) + 20, round(font.size) + 12
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), 5, _PILL)
    hatch = Image.new("RGBA", (width, height))
    lines = ImageDraw.Draw(hatch)
    for x in range(-height, width, 7):
        lines.line((x, height, x + height, 0), (120, 128, 136, 110), 2)
    hatch.putalpha(
        Image.composite(hatch.getchannel("A"), Image.new("L", hatch.size), image.getchannel("A"))
    )
    image = Image.alpha_composite(image, hatch)
    draw = ImageDraw.Draw(image)
    draw.text((10, 3), word, _WHITE, font, stroke_width=1, stroke_fill=_PILL)
    return sprite_of(np.asarray(image)), width


def sprite_of(rgba: Pixels) -> Sprite:
    """A sprite whose foot point is its upper left corner."""
    wide = rgba.astype(np.uint16)
    alpha = wide[..., 3]
    light = (wide[..., 2::-1] * alpha[..., None] // 255).astype(np.uint8)
    return Sprite(np.ascontiguousarray(light), (255 - alpha).astype(np.uint8), 0, 0)
