"""Pictures in, HandFrames out: searches for a hand, follows it, and finds the second one."""

from __future__ import annotations

from typing import Protocol

from gestures.camera import Picture, Rgb
from gestures.crop import Crop, around, whole
from gestures.events import Hand, HandFrame
from gestures.follow import Follow, Found, Slot, Spot, apart, best_crop, seen
from gestures.landmarker import Landmarker
from gestures.search import Place, Search
from gestures.stir import Stir

MIN_PALM, MAX_PALM = 0.015, 0.8  # of the picture's height: a hand is followed down to 10 pixels
LOOKS_PER_S, IDLE_LOOKS_PER_S = 40, 3  # while no hand is followed; one takes about 11 ms
# While the hand that is followed hangs down, or may be none: long enough to see all of the picture.
UNSURE_LOOKS_PER_S, UNSURE_MS = 25, 1500
ABOVE_PALMS = 6.0
MOST_LOOKS = 3  # in one picture
STIRRED_MS = 2000  # after a movement the search goes on for so long
# Looks for a second hand: one in so long on average while something moves beside the first, and
# what was saved up in calmer times at once, one in each picture.
PROBE_MS, SAVED = 200, 5.0
ELSEWHERE_MS = 400  # ... for somebody who is nearer, before anybody engages
SLOW_PROBE_MS, SLOW_ELSEWHERE_MS = 400, 1000  # ... for either, while nothing moves
CAME_MS = 600  # a hand that came may be looked for for so long after it moved
COMING_MS = 150  # ... and first of all where it moved last
NEARER = 1.3  # a hand this much larger is followed instead
MISSED, LONE = 8, 8  # pictures after which a hand is lost; the second of two
PART_PALMS = 5.5  # hands this far apart need not share a crop, so as not to be confused
ONE_HAND_PALMS = 0.5  # nearer than this, two hands are the same one
BOX_PALMS = 4.0  # side of the box that a moving hand fills
SLOTS = (Slot.ONE, Slot.OTHER)
ARMS_PALMS = 26.0  # side of the part of the picture in which a person's other hand may be


class Looks(Protocol):
    """What the tracker asks of a landmarker; see `gestures.landmarker.Landmarker`."""

    def find(self, rgb: Rgb, crop: Crop) -> tuple[Hand, ...]: ...
    def follow(self, rgb: Rgb, crop: Crop, slot: Slot) -> tuple[Hand, ...]: ...
    def close(self) -> None: ...


class HandTracker:
    """One camera's pictures, in order of time; close it after use."""

    def __init__(self, landmarker: Looks | None = None) -> None:
        """Raises ModelError."""
        self._landmarker = landmarker or Landmarker()
        self._stir = Stir()
        self._search = Search(1, 1)
        self._follows: list[Follow] = []
        self._size = (0, 0)
        self._t_ms: int | None = None
        self._step_ms = 0
        self._looks = float(MOST_LOOKS)
        self._wanted = 1
        self._probed_ms = self._begun_ms = 0
        self._probes = SAVED

    def look_for(self, hands: int) -> None:
        """From the next picture on look for 1 hand, or for 2 of them."""
        if hands > self._wanted and self._t_ms is not None:
            self._probed_ms = self._t_ms - SLOW_PROBE_MS
        self._wanted = hands
        self._follows = self._follows[:hands]

    def track(self, picture: Picture) -> HandFrame:
        """The hands in a picture, the one that is followed longest first.

        Raises ValueError when time does not rise.
        """
        if self._t_ms is not None and picture.t_ms <= self._t_ms:
            raise ValueError(f"picture at {picture.t_ms} ms after one at {self._t_ms} ms")
        self._step_ms = 0 if self._t_ms is None else picture.t_ms - self._t_ms
        self._probes = min(SAVED, self._probes + self._step_ms / PROBE_MS)
        self._t_ms = picture.t_ms
        height, width = picture.rgb.shape[:2]
        if (width, height) != self._size:
            self._size, self._follows = (width, height), []
            self._search = Search(width, height)
        self._stir.see(picture.rgb, picture.t_ms)
        found = self._keep(picture) if self._follows else self._seek(picture)
        return HandFrame(picture.t_ms, tuple(f.hand for f in found), width / height)

    def close(self) -> None:
        self._landmarker.close()

    def __enter__(self) -> HandTracker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- no hand yet

    def _seek(self, picture: Picture) -> list[Found]:
        """Looks at parts of the picture, as many as there is time for, until a hand is found."""
        while self._may_look(LOOKS_PER_S):
            crop = self._search.next(self._moving(1))
            found = self._find(picture.rgb, crop)
            if found:
                return self._begin(found, crop)
        return []

    def _may_look(self, per_s: float) -> bool:
        """Whether there is time for one more look in this picture, at so many a second."""
        rate = per_s if self._stir.anywhere(STIRRED_MS) else IDLE_LOOKS_PER_S
        self._looks = min(MOST_LOOKS, self._looks + rate * self._step_ms / 1000)
        self._step_ms = 0
        if self._looks < 1:
            return False
        self._looks -= 1
        return True

    def _begin(self, found: list[Found], crop: Crop) -> list[Found]:
        """Follows the best hand, and a second one when two are wanted."""
        found = sorted(found, key=lambda f: (not f.sure, -f.spot.palm))[: self._wanted]
        self._follows = [
            Follow(slot, [f.spot], crop, self._size) for slot, f in zip(SLOTS, found, strict=False)
        ]
        self._begun_ms = self._t_ms or 0
        if not found[0].sure:
            self._search = Search(*self._size, last=_above(found[0].spot))
        return found

    # ---- one hand or two

    def _keep(self, picture: Picture) -> list[Found]:
        """Looks for the hands where they were."""
        found: list[Found] = []
        confused = False
        for follow in self._follows:
            known = self._look(picture.rgb, follow)
            clear = [None if f is None or _among(f, found) else f for f in known]
            confused |= clear != known
            follow.saw(clear)
            found += [f for f in clear if f is not None]
        self._regroup(picture.rgb, confused)
        if not found:
            return found
        if self._wanted == 1:
            return self._better(picture, found[0])
        hands = sum(len(follow.hands) for follow in self._follows)
        return found if hands == 2 else self._second(picture, found[0])

    def _look(self, rgb: Rgb, follow: Follow) -> list[Found | None]:
        known = follow.known(self._usable(self._landmarker.follow(rgb, follow.crop, follow.slot)))
        if any(known):
            return known
        # It moved too fast, or the crop did: look afresh before it counts as gone.
        crop, last = follow.crop, follow.hands[0]
        if follow.missed:
            crop = self._search.beside(last, self._moving(1, self._reach(last)))
        known = follow.known(self._find(rgb, crop))
        if any(known):
            follow.jump(crop)
        return known

    def _regroup(self, rgb: Rgb, confused: bool) -> None:
        """Lets go of hands that are lost; confused: the two followers see the same hand."""
        follows = self._follows
        if len(follows[0].hands) == 2:
            kept = self._parted(rgb, follows[0])
        else:
            most = MISSED if len(follows) == 1 else LONE
            kept = [follow for follow in follows if follow.missed <= most]
        if len(kept) == 2 and confused:
            hands = [follow.hands[0] for follow in kept]
            kept = [Follow(Slot.BOTH, hands, best_crop(hands, self._size), self._size)]
        if not kept:
            self._search = Search(*self._size, last=follows[0].hands[0])
        self._follows = kept

    def _parted(self, rgb: Rgb, both: Follow) -> list[Follow]:
        """The follower of two hands; or one of each hand as soon as they are apart, or one is gone,
        and the new followers see them."""
        present = [i for i in (0, 1) if both.absent[i] <= LONE][: self._wanted]
        if len(present) == 2 and apart(*both.hands) < PART_PALMS:
            return [both]
        single = []
        for slot, hand in zip(SLOTS, (both.hands[i] for i in present), strict=False):
            crop = both.crop if len(present) == 1 else best_crop([hand], self._size)
            single.append(Follow(slot, [hand], crop, self._size))
        return single if all(self._takes(rgb, follow) for follow in single) else [both]

    def _takes(self, rgb: Rgb, follow: Follow) -> bool:
        seen = self._usable(self._landmarker.follow(rgb, follow.crop, follow.slot))
        return any(apart(f.spot, follow.hands[0]) < ONE_HAND_PALMS for f in seen)

    # ---- more hands

    def _second(self, picture: Picture, first: Found) -> list[Found]:
        """The followed hand and, when it has come, another one."""
        hand = first.spot
        if self._probes < 1:
            return [first]
        moving = self._moving(COMING_MS, self._reach(hand), hand)
        moving = moving or self._moving(CAME_MS, self._reach(hand), hand)
        if not moving and not self._past(SLOW_PROBE_MS):
            return [first]
        self._probes -= 1
        self._probed_ms = picture.t_ms
        crop = self._search.beside(hand, moving)
        others = [
            f for f in self._find(picture.rgb, crop) if not f.hanging and not _among(f, [first])
        ]
        if not others:
            return [first]
        other = max(others, key=lambda f: f.spot.palm)
        slot = Slot.OTHER if self._follows[0].slot is Slot.ONE else Slot.ONE
        self._follows.append(Follow(slot, [other.spot], crop, self._size))
        return [first, other]

    def _better(self, picture: Picture, first: Found) -> list[Found]:
        """The followed hand; or a raised one instead of one that hangs, or that of somebody who
        has come nearer to the camera."""
        unsure = not first.sure and picture.t_ms - self._begun_ms <= UNSURE_MS
        if not (self._may_look(UNSURE_LOOKS_PER_S) if unsure else self._past(ELSEWHERE_MS)):
            return [first]
        moving = self._moving(CAME_MS, beside=first.spot)
        if not (unsure or moving or self._past(SLOW_ELSEWHERE_MS)):
            return [first]
        self._probed_ms = picture.t_ms
        crop = self._search.next(moving)
        better = [f for f in self._find(picture.rgb, crop) if _better(f, first)]
        return self._begin(better, crop) if better else [first]

    def _past(self, ms: int) -> bool:
        """Whether the last look for more hands is so long ago."""
        return (self._t_ms or 0) - self._probed_ms >= ms

    # ---- looking

    def _moving(
        self, within_ms: int, part: Crop | None = None, beside: Spot | None = None
    ) -> list[Place]:
        """Where something moves in a part of the picture, beside a hand."""
        box = None
        if beside is not None:
            box = around(beside.x, beside.y, BOX_PALMS * beside.palm, *self._size)
        return self._stir.places(max(1, within_ms), part or whole(*self._size), without=box)

    def _reach(self, hand: Spot) -> Crop:
        return around(hand.x, hand.y, ARMS_PALMS * hand.palm, *self._size)

    def _find(self, rgb: Rgb, crop: Crop) -> list[Found]:
        return self._usable(self._landmarker.find(rgb, crop))

    def _usable(self, hands: tuple[Hand, ...]) -> list[Found]:
        width, height = self._size
        found = [seen(hand, width, height) for hand in hands]
        least, most = MIN_PALM * height, MAX_PALM * height
        return [f for f in found if f is not None and least <= f.spot.palm <= most]


def _among(hand: Found, others: list[Found]) -> bool:
    return any(apart(hand.spot, other.spot) < ONE_HAND_PALMS for other in others)


def _better(hand: Found, than: Found) -> bool:
    size = hand.spot.palm / than.spot.palm
    return size > NEARER if hand.sure == than.sure else hand.sure and size > 1 / NEARER**2


def _above(hand: Spot) -> Spot:
    """Where the other hand of a person is raised whose hand hangs here."""
    return hand._replace(y=hand.y - ABOVE_PALMS * hand.palm)
