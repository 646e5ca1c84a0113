"""Real hand shapes from the tour's recordings, put where a test wants them and moved about."""

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from gestures.engine import GestureEngine
from gestures.events import GestureEvent, GestureKind, Hand, HandFrame, Phase, Point3
from gestures.features import measure
from gestures.session import Session, read

DEMO = Path(__file__).resolve().parents[2] / "assets" / "demo" / "hands"
ASPECT = 16 / 9
PALM = 0.08  # heights of the picture, as at 1.5 m


@cache
def demo(name: str) -> Session:
    return read(DEMO / f"{name}.jsonl")


def _at(name: str, t_ms: int) -> Hand:
    session = demo(name)
    frame = next(f for f in session.frames if f.t_ms >= t_ms and f.hands)
    return placed(frame.hands[0], frame.aspect)


@cache
def palm() -> Hand:
    return _at("palm_fist_palm", 4500)


@cache
def fist() -> Hand:
    return _at("palm_fist_palm", 3000)


@cache
def thumb_up() -> Hand:
    return _at("palm_thumb_up", 2000)


@cache
def three() -> Hand:
    return _at("palm_three", 2000)


@cache
def point() -> Hand:
    """The three with its middle finger folded like its ring finger and the thumb laid across."""
    hand = three()
    return msgspec.structs.replace(hand, lm=_folded(hand.lm), world=_folded(hand.world))


def _folded(points: tuple[Point3, ...]) -> tuple[Point3, ...]:
    new = list(points)
    for joint in (1, 2, 3):
        new[9 + joint] = _sum(points[9], points[13 + joint], points[13])
    new[3] = _middle(points[2], new[10])
    new[4] = new[10]
    return tuple(new)


def _sum(base: Point3, tip: Point3, root: Point3) -> Point3:
    return base[0] + tip[0] - root[0], base[1] + tip[1] - root[1], base[2] + tip[2] - root[2]


def _middle(a: Point3, b: Point3) -> Point3:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2


def placed(
    hand: Hand,
    aspect: float = ASPECT,
    *,
    x: float = 0.5,
    y: float = 0.5,
    palm: float = PALM,
    turn_deg: float = 0.0,
) -> Hand:
    """The hand with its palm at (x, y) of a 16:9 picture, `palm` heights long, turned clockwise.

    aspect is that of the picture the hand is in now.
    """
    features = measure(hand, aspect)
    assert features is not None
    scale = palm / features.palm
    old_x, old_y = aspect - features.place[0], features.place[1]
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    lm = []
    for px, py, pz in hand.lm:
        dx, dy = scale * (px * aspect - old_x), scale * (py - old_y)
        lm.append((x + (dx * cos - dy * sin) / ASPECT, y + dx * sin + dy * cos, pz * scale))
    world = [(u * cos - v * sin, u * sin + v * cos, w) for u, v, w in hand.world]
    return msgspec.structs.replace(hand, lm=tuple(lm), world=tuple(world))


def mirrored(hand: Hand) -> Hand:
    """The same hand as its own mirror image: the other side, at the other end of the picture."""
    return Hand(
        side="right" if hand.side == "left" else "left",
        score=hand.score,
        lm=tuple((1 - x, y, z) for x, y, z in hand.lm),
        world=tuple((-x, y, z) for x, y, z in hand.world),
    )


def frame(t_ms: int, *hands: Hand) -> HandFrame:
    return HandFrame(t_ms=t_ms, hands=hands, aspect=ASPECT)


class Scene:
    """A person in front of a camera: says what the hand does, collects what the engine says."""

    def __init__(self, fps: float = 15.0, *, engaged: bool = False) -> None:
        self.engine = GestureEngine(engaged=engaged)
        self.frames: list[HandFrame] = []
        self.events: list[GestureEvent] = []
        self._step_ms = 1000 / fps
        self._now_ms = 0.0
        self._place = (0.5, 0.5)

    def hold(self, hand: Hand, ms: float) -> "Scene":
        return self._show(hand, self._place, ms)

    def away(self, ms: float) -> "Scene":
        return self._show(None, self._place, ms)

    def move(self, hand: Hand, dx: float, dy: float, ms: float) -> "Scene":
        """Moves the hand by (dx, dy) palms, dx to the person's right, dy down."""
        x, y = self._place
        return self._show(hand, (x - dx * PALM / ASPECT, y + dy * PALM), ms)

    def kinds(self, *phases: Phase) -> list[GestureKind]:
        return [e.kind for e in self.events if e.phase in (phases or (Phase.FIRED,))]

    def _show(self, hand: Hand | None, to: tuple[float, float], ms: float) -> "Scene":
        for part in self._parts(ms):
            eased = part * part * part * (part * (part * 6 - 15) + 10)  # minimum jerk
            x = self._place[0] + eased * (to[0] - self._place[0])
            y = self._place[1] + eased * (to[1] - self._place[1])
            hands = () if hand is None else (placed(hand, x=x, y=y),)
            self.feed(frame(round(self._now_ms), *hands))
        self._place = to
        return self

    def _parts(self, ms: float) -> Iterator[float]:
        start_ms = self._now_ms
        while self._now_ms + self._step_ms <= start_ms + ms + 1e-6:
            self._now_ms += self._step_ms
            yield (self._now_ms - start_ms) / ms

    def feed(self, new: HandFrame) -> None:
        self.frames.append(new)
        self.events += self.engine.feed(new)
