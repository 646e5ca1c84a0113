"""Whether a person is near, from the camera's pictures; none outlives the look at it.

A hand that is followed is a person. Otherwise a face is looked for: where it was last, and where
something stirs. What stirs without a face (a tree, a curtain, a screen) is only a reason to look.
"""

from __future__ import annotations

from gestures.camera import Picture, Rgb
from gestures.crop import whole
from gestures.faces import Box, FaceFinder
from gestures.nearness import GONE_MS, Nearness
from gestures.stir import CELL_PX, Stir

AROUND_PX = 2.5 * CELL_PX  # from the middle of a cell; a face may keep still above what moves
PX_PER_MS = 150  # looking at so many pixels in vain is paid with a millisecond's rest
FACES = 1.5  # around a face, in its widths: how far a person moves between two looks


class PresenceWatch:
    """Looks at a few pictures a second, and only where something stirs or a face was."""

    def __init__(self, faces: FaceFinder | None) -> None:
        """faces: None sees people by their hands alone."""
        self._faces = faces
        self._nearness = Nearness()
        self._stir = Stir()
        self._face: Box | None = None
        self._face_ms = 0
        self._rests_until_ms: float = 0.0

    @property
    def near(self) -> bool:
        """Somebody is near."""
        return self._nearness.near

    def see(self, picture: Picture, hand: bool) -> None:
        """Takes the next picture. hand: one is followed in it."""
        t_ms = picture.t_ms
        if not self._nearness.due(t_ms):
            return
        if hand:
            self._nearness.tell(True, t_ms)
        elif t_ms >= self._rests_until_ms:
            self._nearness.tell(self._look(picture), t_ms)

    def _look(self, picture: Picture) -> bool:
        if self._faces is None:
            return False
        stirs = self._stirring(picture)
        found = self._find(self._faces, picture, self._around_face(picture))
        if found is None:
            found = self._find(self._faces, picture, stirs)
        if found is not None:
            self._face, self._face_ms = found, picture.t_ms
        return found is not None

    def _find(self, faces: FaceFinder, picture: Picture, part: Box | None) -> Box | None:
        if part is None:
            return None
        found = faces.find(picture.rgb, part)
        if found is None:
            pixels = (part.right - part.left) * (part.bottom - part.top)
            self._rests_until_ms = picture.t_ms + pixels / PX_PER_MS
        return found

    def _around_face(self, picture: Picture) -> Box | None:
        face = self._face
        if face is None or picture.t_ms - self._face_ms > GONE_MS:
            return None
        margin = round(FACES * (face.right - face.left))
        return _grown(face, margin, picture.rgb)

    def _stirring(self, picture: Picture) -> Box | None:
        """What has changed since the last look."""
        height, width = picture.rgb.shape[:2]
        self._stir.see(picture.rgb, picture.t_ms)
        places = self._stir.places(1, whole(width, height))
        if not places:
            return None
        left, right = min(x for x, _ in places), max(x for x, _ in places)
        top, bottom = min(y for _, y in places), max(y for _, y in places)
        box = Box(round(left), round(top), round(right), round(bottom))
        return _grown(box, round(AROUND_PX), picture.rgb)


def _grown(box: Box, margin_px: int, rgb: Rgb) -> Box:
    height, width = rgb.shape[:2]
    return Box(
        max(0, box.left - margin_px),
        max(0, box.top - margin_px),
        min(width, box.right + margin_px),
        min(height, box.bottom + margin_px),
    )
