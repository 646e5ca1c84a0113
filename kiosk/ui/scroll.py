"""How a list follows a finger, glides on, and comes to rest on a whole row. Knows no widgets.

Offsets are pixels that lie above the upper edge; times are milliseconds of the touch events. What
is let go keeps its speed at first and loses it in proportion to what is left of it: drag that is
linear in speed, offset(t) = end - (end - begin) exp(-t / tau).
"""

import math
from collections import deque

import msgspec

TAU_MS = 325.0
"""In which a glide that nothing shortens loses 63 per cent of its speed; 0.998 of it is left after
each millisecond at 500, which is long for a wall that is read from afar. A judgement."""
SETTLE_MS = 110.0  # the same, on the way back to an end or to a row nearby
LONGEST_MS, SHORTEST_MS = 600.0, 60.0  # bounds of the same, where a row is the aim
RECENT_MS = 80.0  # of a finger's way, which tells its speed
NEAR_PX = 0.5  # from here on a glide has come to rest
STRETCH = 0.5  # of a pull beyond an end, at its beginning


class Glide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From an offset to the one where it rests."""

    begin_px: float
    end_px: float
    tau_ms: float

    @property
    def duration_ms(self) -> int:
        """Until it is as good as at rest."""
        far = abs(self.end_px - self.begin_px)
        return math.ceil(self.tau_ms * math.log(far / NEAR_PX)) if far > NEAR_PX else 0

    def at(self, t_ms: float) -> float:
        """The offset so long after it began."""
        if t_ms >= self.duration_ms:
            return self.end_px
        return self.end_px - (self.end_px - self.begin_px) * math.exp(-t_ms / self.tau_ms)


class Scroll:
    """The offset of one list, `most_px` at its end; at rest a multiple of `step_px` but there."""

    def __init__(self) -> None:
        self.most_px = 0.0
        self.step_px = 0.0
        self.room_px = 1.0
        self._offset_px = 0.0
        self._pulled_px = 0.0
        self._trail: deque[tuple[float, float]] = deque()

    @property
    def offset_px(self) -> float:
        """As it is shown: 0 to `most_px`, and a little beyond while a finger pulls there."""
        return self._offset_px

    @property
    def beyond_px(self) -> float:
        """How far a finger pulls beyond an end: above the first row < 0, below the last > 0."""
        held = min(self.most_px, max(0.0, self._pulled_px))
        return self._pulled_px - held if self._trail else 0.0

    def move_to(self, offset_px: float) -> None:
        """At once, without a finger."""
        self._trail.clear()
        self._offset_px = self._pulled_px = self._within(offset_px)

    def hold(self, t_ms: float, y_px: float) -> None:
        """A finger takes hold; what glides stops where it is."""
        self._pulled_px = self._offset_px
        self._trail = deque([(t_ms, y_px)])

    def follow(self, t_ms: float, y_px: float, *, stretches: bool = True) -> None:
        """The finger moved. Beyond an end the list gives way less and less; without `stretches`
        not at all."""
        if not self._trail:
            self.hold(t_ms, y_px)
        self._pulled_px -= y_px - self._trail[-1][1]
        self._trail.append((t_ms, y_px))
        while len(self._trail) > 2 and t_ms - self._trail[0][0] > RECENT_MS:
            self._trail.popleft()
        held = self._within(self._pulled_px)
        beyond = self._pulled_px - held
        give = STRETCH * self.room_px * (1 - 1 / (1 + abs(beyond) / self.room_px))
        self._offset_px = held + (math.copysign(give, beyond) if stretches else 0.0)

    def let_go(self, t_ms: float) -> Glide:
        """The finger left: the way to where the list rests."""
        speed = self._speed(t_ms)
        self._trail.clear()
        end = self._row_at(self._offset_px + speed * TAU_MS)
        way = end - self._offset_px
        if way * speed > 0:  # noqa: SIM108 - the reason stands inside
            # The speed at which it left the finger, lost so soon that it rests on the row.
            tau_ms = min(LONGEST_MS, max(SHORTEST_MS, way / speed))
        else:
            tau_ms = SETTLE_MS
        glide = Glide(self._offset_px, end, tau_ms)
        self._pulled_px = end
        return glide

    def show(self, offset_px: float) -> None:
        """Where a glide is now."""
        self._offset_px = offset_px

    def _speed(self, t_ms: float) -> float:
        """Of the list, px/ms, over the finger's last moments; 0 when it stood still at the end."""
        if len(self._trail) < 2:
            return 0.0
        (first_ms, first_y), (last_ms, last_y) = self._trail[0], self._trail[-1]
        if t_ms - last_ms > RECENT_MS or last_ms <= first_ms:
            return 0.0
        return -(last_y - first_y) / (last_ms - first_ms)

    def _within(self, offset_px: float) -> float:
        return min(self.most_px, max(0.0, offset_px))

    def _row_at(self, offset_px: float) -> float:
        if not self.step_px or offset_px >= self.most_px:
            return self._within(offset_px)
        return self._within(round(offset_px / self.step_px) * self.step_px)
