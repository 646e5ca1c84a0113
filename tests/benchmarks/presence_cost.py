"""What looking for people costs: `python -m tests.benchmarks.presence_cost RECORDINGS`.

Half a minute of 15 pictures a second of 720p each, in CPU time of this process; the share of one
core is printed. RECORDINGS is the folder of recordings beside the project.
"""

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np

from gestures.camera import Picture
from tests.replay.test_hands_far import people, wall_view
from tests.replay.test_presence_people import EMPTY, PICTURE_MS, small, swaying, watch

SECONDS = 30.0
BEGIN_MS = 30 * PICTURE_MS


def room() -> Iterator[Picture]:
    for index in range(round(SECONDS * 1000 / PICTURE_MS)):
        yield Picture(BEGIN_MS + index * PICTURE_MS, EMPTY)


def tree() -> Iterator[Picture]:
    """A patch of 300 by 300 pixels that shakes."""
    leaves = np.random.default_rng(0).normal(128, 120, (300, 300, 3)).clip(0, 255)
    patch = cv2.GaussianBlur(leaves.astype(np.uint8), (5, 5), 0)
    for index, picture in enumerate(room()):
        view = EMPTY.copy()
        left = 300 + index % 7
        view[200:500, left : left + 300] = patch
        yield Picture(picture.t_ms, view)


def tell(name: str, pictures: Iterable[Picture]) -> None:
    seen, spent_s, count = watch(), 0.0, 0
    for picture in pictures:
        begin_s = time.process_time()
        seen.see(picture, False)
        spent_s += time.process_time() - begin_s
        count += 1
    share = spent_s / (count * PICTURE_MS / 1000)
    print(f"{name}: {share:.1%} of a core, somebody near: {seen.near}")


def main(argv: list[str]) -> int:
    tell("an empty room", room())
    tell("a tree", tree())
    for index, person in enumerate(people(Path(argv[0]))):
        if index % 3 == 0:
            view = small(wall_view(*person, 2.5)[0])
            tell(f"person {index}, swaying with all the picture", swaying(view, BEGIN_MS, SECONDS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
