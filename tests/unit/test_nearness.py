"""Two finds make somebody near, a silence makes nobody."""

from gestures.nearness import GONE_MS, KEEP_MS, LOOK_MS, TWICE_MS, Nearness


def test_one_find_is_nobody_and_two_are_somebody() -> None:
    nearness = Nearness()
    nearness.tell(True, 0)
    assert not nearness.near
    nearness.tell(False, LOOK_MS)
    nearness.tell(True, 2 * LOOK_MS)
    assert nearness.near


def test_two_finds_far_apart_are_nobody() -> None:
    nearness = Nearness()
    nearness.tell(True, 0)
    nearness.tell(True, TWICE_MS + 1)
    assert not nearness.near
    nearness.tell(True, 2 * TWICE_MS)
    assert nearness.near


def test_somebody_stays_until_nothing_was_found_for_long() -> None:
    nearness = Nearness()
    for t_ms in (0, LOOK_MS):
        nearness.tell(True, t_ms)
    nearness.tell(False, LOOK_MS + GONE_MS - 1)
    assert nearness.near
    nearness.tell(False, LOOK_MS + GONE_MS)
    assert not nearness.near


def test_looks_are_not_due_at_every_picture() -> None:
    nearness = Nearness()
    assert nearness.due(5)
    nearness.tell(False, 5)
    assert not nearness.due(4 + LOOK_MS)
    assert nearness.due(5 + LOOK_MS)
    nearness.tell(True, 1000)
    nearness.tell(True, 1500)
    assert not nearness.due(1499 + KEEP_MS)
    assert nearness.due(1500 + KEEP_MS)
