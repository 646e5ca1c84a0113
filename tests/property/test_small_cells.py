"""Counts that are told: none of them is small, and no small one can be computed from them."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kiosk.public.small_cells import parts_told, pooled

LEAST = 5
sizes = st.one_of(st.integers(0, 6), st.integers(0, 60))


@st.composite
def groups(draw: st.DrawFn, most: int = 7, largest: int = 60) -> list[tuple[int, int]]:
    """Counts as they are told, and how many of each are open."""
    size = st.one_of(st.just(0), st.integers(LEAST, largest))
    counts = [draw(size) for _ in range(draw(st.integers(0, most)))]
    return [(count, draw(st.integers(0, count))) for count in counts]


def large(n: int) -> bool:
    return n == 0 or n >= LEAST


@given(st.dictionaries(st.sampled_from("abcdefgh"), sizes))
def test_whatever_count_is_told_or_follows_is_large(counts: dict[str, int]) -> None:
    pool = pooled(counts, LEAST)
    assert sorted((*pool.alone, *pool.together)) == sorted(counts)
    if not pool.told:
        assert pool.alone == ()
        return
    assert all(large(counts[area]) for area in pool.alone)
    if pool.together:
        assert len(pool.together) >= 2
        assert sum(counts[area] for area in pool.together) >= LEAST


@given(st.dictionaries(st.sampled_from("abcdefgh"), sizes))
def test_nothing_is_pooled_without_need(counts: dict[str, int]) -> None:
    pool = pooled(counts, LEAST)
    if all(large(count) for count in counts.values()):
        assert pool.together == ()
        assert pool.told


def test_nothing_is_told_of_a_city_with_too_few() -> None:
    assert not pooled({"a": 2, "b": 1}, LEAST).told
    assert pooled({}, LEAST).told
    assert pooled({"a": 2, "b": 1, "c": 9, "d": 20}, LEAST).together == ("a", "b", "c")


@given(groups())
def test_whatever_part_is_told_or_follows_is_large(found: list[tuple[int, int]]) -> None:
    told = parts_told(found, LEAST)
    if told is None:
        return
    hidden = [found[n] for n in range(len(found)) if n not in told]
    whole = (sum(e for e, _ in hidden), sum(s for _, s in hidden))
    for every, part in (*(found[n] for n in told), whole):
        assert large(part)
        assert large(every - part)
    assert len(hidden) != 1


def consistent(every: Sequence[int], whole: int) -> Iterator[tuple[int, ...]]:
    """All that the hidden parts could be."""
    for parts in product(*(range(count + 1) for count in every)):
        if sum(parts) == whole:
            yield parts


@given(groups(most=4, largest=12))
def test_a_hidden_part_may_be_many_values_by_all_that_is_told(
    found: list[tuple[int, int]],
) -> None:
    told = parts_told(found, LEAST)
    if told is None:
        return
    hidden = [found[n] for n in range(len(found)) if n not in told]
    whole = sum(part for _, part in hidden)
    possible = list(consistent([every for every, _ in hidden], whole))
    for n in range(len(hidden)):
        assert len({parts[n] for parts in possible}) > LEAST
