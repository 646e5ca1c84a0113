"""How hands are turned for what they say: the palm's axes as a camera before the person sees them.

Read off real pictures of each sign. All are of right hands: in the picture the person's right is
on the left.
"""

from __future__ import annotations

import numpy as np

from gestures.generator.blend import Array
from gestures.generator.turns import from_matrix

RIGHT, DOWN, AWAY = np.eye(3)


def facing(across: Array, down: Array) -> Array:
    """Quaternion of a hand whose index side points along across and whose wrist along down."""
    return from_matrix(np.column_stack([across, down, np.cross(across, down)]))


UPRIGHT = facing(RIGHT, DOWN)
THUMB_UP_BACK = facing(-DOWN, -RIGHT)  # the back of the hand to the camera
THUMB_UP_PALM = facing(-DOWN, RIGHT)
THUMB_DOWN = facing(DOWN, -RIGHT)
LYING = facing(AWAY, -RIGHT)  # palm down, fingers to the other side: the bar of a T
STANDING = facing(AWAY, DOWN)  # fingers up, palm to the other side: the stem of a T
TO_CAMERA = facing(-DOWN, AWAY)  # fingers to the camera, thumb up: shaking hands
HANGING = facing(-AWAY, -DOWN)  # fingers down, thumb to the front: an arm at one's side
TO_FACE = facing(-AWAY, DOWN)  # fingers up, palm to one's own head from its side
INWARDS = facing(-RIGHT, DOWN)  # fingers up, palm to one's own face
ACROSS = facing(-DOWN, -RIGHT)  # forearm before the body, palm to the body
ASIDE = facing(-DOWN, RIGHT)  # fingers to the hand's own side
