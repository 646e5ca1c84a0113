"""What the labels of the stills mean: which fingers are out, and which shape that is."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """shape: one of `network.SHAPES`. fingers: index to little, o out, f folded, h in between.
    thumb: in (over folded fingers), across (the palm), touching (a fingertip), beside (the index
    finger), out."""

    shape: str
    fingers: str
    thumb: str


SIGNS: dict[str, Sign] = {
    "palm": Sign("palm", "oooo", "out"),
    "stop": Sign("palm", "oooo", "beside"),
    "one": Sign("point", "offf", "in"),
    "point": Sign("point", "offf", "in"),
    "mute": Sign("point", "offf", "in"),
    "peace": Sign("victory", "ooff", "in"),
    "peace_inverted": Sign("victory", "ooff", "in"),
    "two_up": Sign("victory", "ooff", "in"),
    "two_up_inverted": Sign("victory", "ooff", "in"),
    "three2": Sign("three", "ooff", "out"),
    "fist": Sign("fist", "ffff", "in"),
    "like": Sign("thumb", "ffff", "out"),
    "dislike": Sign("thumb", "ffff", "out"),
    "call": Sign("call", "fffo", "out"),
    "four": Sign("none", "oooo", "across"),
    "rock": Sign("none", "offo", "in"),
    "little_finger": Sign("none", "fffo", "in"),
    "thumb_index": Sign("none", "offf", "out"),
    "grabbing": Sign("none", "hhhh", "out"),
    "grip": Sign("none", "hhhh", "touching"),
    "three": Sign("none", "ooof", "touching"),
    "digit0_o": Sign("none", "hhhh", "touching"),
    "digit6_three": Sign("none", "oooh", "touching"),
    "digit7": Sign("none", "ooho", "touching"),
    "digit8": Sign("none", "ohoo", "touching"),
    "digit9_okfist": Sign("none", "hooo", "touching"),
    "ok": Sign("none", "hooo", "touching"),
}
