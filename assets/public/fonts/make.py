"""`python assets/public/fonts/make.py`: cuts the wall's fonts down to what the public pages need.

The 2,350 syllables of KS X 1001, which everyday Korean is written in, with Latin letters, digits
and signs; rarer syllables are shown in the reader's own font. The result has a name of its own, as
the font's licence (OFL, reserved name) asks of every changed version. Needs the packages fonttools
and brotli, which nothing else here does.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER.parents[1] / "fonts"
WEIGHTS = {"500": "Medium", "600": "SemiBold"}
NAME = "City Board"
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
KEPT_NAMES = (0, FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, 13, 14)  # 0 copyright, 13 and 14 licence
SIGNS = "–—‘’“”…•·×−±°²³µ€₩→←↑↓›‹№℃㎍㎥㎡㎢％"
FEATURES = ("kern", "tnum", "calt", "ccmp")


def letters() -> Iterator[int]:
    yield from range(0x20, 0x7F)
    yield from range(0xA0, 0x180)
    yield from map(ord, SIGNS)
    for first in range(0xB0, 0xC9):  # where KS X 1001 has its syllables
        for second in range(0xA1, 0xFF):
            yield ord(bytes((first, second)).decode("euc-kr"))


def cut(weight: str) -> Path:
    """Writes one weight; its path."""
    font = TTFont(FONTS / f"Pretendard-{WEIGHTS[weight]}.otf")
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = list(FEATURES)
    options.name_IDs = list(KEPT_NAMES)
    options.hinting = False
    options.desubroutinize = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(letters()))
    cutter.subset(font)
    for name in font["name"].names:
        called = {FAMILY: NAME, FULL: f"{NAME} {weight}", UNIQUE: f"{NAME} {weight}"}
        called[POSTSCRIPT] = f"{NAME.replace(' ', '')}-{weight}"
        if name.nameID in called:
            font["name"].setName(
                called[name.nameID], name.nameID, name.platformID, name.platEncID, name.langID
            )
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [f"{NAME.replace(' ', '')}-{weight}"]
        top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = NAME
    font["head"].modified = font["head"].created  # the same again from the same font
    font.recalcTimestamp = False
    file = FOLDER / f"city-{weight}.woff2"
    subset.save_font(font, str(file), options)
    return file


def main() -> int:
    for weight in WEIGHTS:
        file = cut(weight)
        sys.stdout.write(f"{file.name}: {file.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
