"""Real hand shapes from the tour's recordings, put where a test wants them and moved about."""

import math
from collections.abc import Callable, Iterator
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


@cache
def victory() -> Hand:
    """The three with its thumb laid across."""
    hand = three()
    return msgspec.structs.replace(hand, lm=_thumb_in(hand.lm), world=_thumb_in(hand.world))


def _thumb_in(points: tuple[Point3, ...]) -> tuple[Point3, ...]:
    new = list(points)
    new[4] = _middle(points[14], points[18])
    new[3] = _middle(points[2], new[4])
    return tuple(new)


@cache
def call() -> Hand:
    """The palm with its three middle fingers folded like those of the fist."""
    hand, shut = palm(), fist()
    return msgspec.structs.replace(
        hand, lm=_three_folded(hand.lm, shut.lm), world=_three_folded(hand.world, shut.world)
    )


def _three_folded(points: tuple[Point3, ...], shut: tuple[Point3, ...]) -> tuple[Point3, ...]:
    new = list(points)
    for knuckle in (5, 9, 13):
        for joint in (knuckle + 1, knuckle + 2, knuckle + 3):
            new[joint] = _sum(points[knuckle], shut[joint], shut[knuckle])
    return tuple(new)


@cache
def thumb_down() -> Hand:
    return placed(thumb_up(), turn_deg=180.0)


def pinched(hand: Hand) -> Hand:
    """The hand with the tips of thumb and index finger brought together, the others left alone."""
    return msgspec.structs.replace(hand, lm=_met(hand.lm), world=_met(hand.world))


def _met(points: tuple[Point3, ...]) -> tuple[Point3, ...]:
    new = list(points)
    meeting = _middle(points[4], points[8])
    for joint, part in ((6, 0.35), (7, 0.7), (8, 0.95), (2, 0.15), (3, 0.55), (4, 0.95)):
        tip = points[8] if joint > 4 else points[4]
        x, y, z = ((m - t) * part for m, t in zip(meeting, tip, strict=True))
        px, py, pz = points[joint]
        new[joint] = (px + x, py + y, pz + z)
    return tuple(new)


def blended(one: Hand, two: Hand, part: float) -> Hand:
    """Between two hands that lie in the same place: part 0 is one, part 1 is two."""
    return msgspec.structs.replace(
        one, lm=_between(one.lm, two.lm, part), world=_between(one.world, two.world, part)
    )


def _between(one: tuple[Point3, ...], two: tuple[Point3, ...], part: float) -> tuple[Point3, ...]:
    return tuple(
        (a + part * (x - a), b + part * (y - b), c + part * (z - c))
        for (a, b, c), (x, y, z) in zip(one, two, strict=True)
    )


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
    """A person in front of a camera: says what the hands do, collects what the engine says.

    turn_deg leans the person over, hands and ways alike.
    """

    def __init__(
        self,
        fps: float = 15.0,
        *,
        engaged: bool = False,
        palm: float = PALM,
        turn_deg: float = 0.0,
        mirror: bool = False,
    ) -> None:
        self.engine = GestureEngine(engaged=engaged)
        self.frames: list[HandFrame] = []
        self.events: list[GestureEvent] = []
        self._step_ms = 1000 / fps
        self._now_ms = 0.0
        self._place = (0.0, 0.0)  # palms from the middle, to the person's right and down
        self._hand: Hand | None = None
        self._palm = palm
        self._turn_deg = turn_deg
        self._mirror = mirror

    def hold(self, hand: Hand, ms: float) -> "Scene":
        return self.go(ms, lambda _: [self._at(hand, self._place)], hand)

    def away(self, ms: float) -> "Scene":
        return self.go(ms, lambda _: [], None)

    def move(self, hand: Hand, dx: float, dy: float, ms: float) -> "Scene":
        """Moves the hand by (dx, dy) palms, dx to the person's right, dy down."""
        x, y = self._place
        self.go(ms, lambda part: [self._at(hand, (x + part * dx, y + part * dy))], hand)
        self._place = (x + dx, y + dy)
        return self

    def turn_into(self, hand: Hand, ms: float) -> "Scene":
        """The hand in view takes another shape where it is."""
        old = self._hand
        assert old is not None
        return self.go(ms, lambda part: [self._morphed(old, hand, part)], hand)

    def both(
        self, hand: Hand, ms: float, gaps: tuple[float, float], turn_deg: float = 0.0
    ) -> "Scene":
        """Two hands, the other one's mirror image, whose gap goes from one width to another."""

        def pair(part: float) -> list[Hand]:
            half = (gaps[0] + part * (gaps[1] - gaps[0])) / 2
            way = math.radians(turn_deg)
            side = 1 if hand.side == "right" else -1
            dx, dy = side * half * math.cos(way), half * math.sin(way)
            return [self._at(hand, (dx, dy)), self._at(mirrored(hand), (-dx, -dy))]

        return self.go(ms, pair, None)

    def tee(self, ms: float) -> "Scene":
        """A T: the left hand upright, the right one lying flat on its fingers."""
        upright = palm() if palm().side == "left" else mirrored(palm())
        flat = mirrored(upright)

        def pair(_: float) -> list[Hand]:
            return [self._at(upright, (0, 1.0)), self._at(flat, (0.3, -0.5), turn_deg=-90.0)]

        return self.go(ms, pair, None)

    def go(self, ms: float, shown: Callable[[float], list[Hand]], hand: Hand | None) -> "Scene":
        """Shows what `shown` makes of the eased part 0..1 of a time."""
        for part in self._parts(ms):
            eased = part * part * part * (part * (part * 6 - 15) + 10)  # minimum jerk
            self.feed(frame(round(self._now_ms), *shown(eased)))
        self._hand = hand
        return self

    def kinds(self, *phases: Phase) -> list[GestureKind]:
        return [e.kind for e in self.events if e.phase in (phases or (Phase.FIRED,))]

    def _morphed(self, old: Hand, new: Hand, part: float) -> Hand:
        return blended(self._at(old, self._place), self._at(new, self._place), part)

    def _at(self, hand: Hand, at: tuple[float, float], turn_deg: float = 0.0) -> Hand:
        """The hand at a place in palms, in the picture of this scene's camera."""
        lean = math.radians(self._turn_deg)
        # the picture's x runs to the person's left; leaning over turns ways as it turns hands
        x, y = -at[0], at[1]
        u = x * math.cos(lean) - y * math.sin(lean)
        v = x * math.sin(lean) + y * math.cos(lean)
        placed_hand = placed(
            hand,
            x=0.5 + u * self._palm / ASPECT,
            y=0.5 + v * self._palm,
            palm=self._palm,
            turn_deg=self._turn_deg + turn_deg,
        )
        return mirrored(placed_hand) if self._mirror else placed_hand

    def _parts(self, ms: float) -> Iterator[float]:
        start_ms = self._now_ms
        while self._now_ms + self._step_ms <= start_ms + ms + 1e-6:
            self._now_ms += self._step_ms
            yield (self._now_ms - start_ms) / ms

    def feed(self, new: HandFrame) -> None:
        self.frames.append(new)
        self.events += self.engine.feed(new)


HELD = {
    GestureKind.FIST_HOLD: fist,
    GestureKind.VICTORY: victory,
    GestureKind.THREE: three,
    GestureKind.THUMB_UP: thumb_up,
    GestureKind.THUMB_DOWN: thumb_down,
    GestureKind.CALL: call,
    GestureKind.POINT: point,
}
WAYS = {
    GestureKind.SWIPE_LEFT: (-3.5, 0.0),
    GestureKind.SWIPE_RIGHT: (3.5, 0.0),
    GestureKind.SWIPE_UP: (0.0, -3.5),
    GestureKind.SWIPE_DOWN: (0.0, 3.5),
}


def perform(kind: GestureKind, scene: Scene) -> Scene:
    """A person shows the palm until they have the wall, and makes the gesture."""
    scene.hold(palm(), 900)
    if kind in HELD:
        return scene.hold(HELD[kind](), 1300).hold(palm(), 400)
    if kind in WAYS:
        return scene.move(palm(), *WAYS[kind], 330).hold(palm(), 500)
    if kind is GestureKind.PINCH_TAP:
        scene.turn_into(pinched(palm()), 150).hold(pinched(palm()), 120)
        return scene.turn_into(palm(), 150).hold(palm(), 300)
    if kind is GestureKind.GRAB_DRAG:
        scene.turn_into(fist(), 200).hold(fist(), 150).move(fist(), 2, 1, 800).hold(fist(), 200)
        return scene.turn_into(palm(), 200).hold(palm(), 300)
    if kind is GestureKind.TIMEOUT:
        return scene.tee(1300)
    if kind is GestureKind.PALM_HOLD:
        return scene
    near, wide = (2.5, 2.5), (6.0, 6.0)
    ends = (near, wide) if kind is GestureKind.SPREAD else (wide, near)
    (start, _), (end, _) = ends
    return (
        scene.both(palm(), 500, ends[0]).both(palm(), 600, (start, end)).both(palm(), 500, ends[1])
    )


def said(scene: Scene) -> list[GestureKind]:
    """The gestures of a scene after the palm that took the wall, each once."""
    kinds = scene.kinds(Phase.FIRED, Phase.BEGAN)
    return kinds[1:] if kinds[:1] == [GestureKind.PALM_HOLD] else kinds
