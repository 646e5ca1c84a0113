"""Counts that are told together: none of them is small, and no small one can be computed."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.public.small_cells import pooled

LEAST = 5


@st.composite
def counts(draw: st.DrawFn) -> dict[str, tuple[int, int]]:
    """Of some areas: how many, and how many of those are open."""
    size = st.one_of(st.integers(0, 6), st.integers(0, 60))
    made = {}
    for n in range(draw(st.integers(0, 8))):
        every = draw(size)
        made[f"a{n}"] = (every, draw(st.integers(0, every)))
    return made


def large(n: int) -> bool:
    return n == 0 or n >= LEAST


@given(counts())
def test_whatever_is_told_or_follows_from_it_is_large(found: dict[str, tuple[int, int]]) -> None:
    pool = pooled(found, LEAST)
    assert sorted((*pool.alone, *pool.together)) == sorted(found)
    if not pool.told:
        assert pool.alone == ()
        return
    groups = [(area,) for area in pool.alone] + ([pool.together] if pool.together else [])
    for areas in groups:
        every, still = (sum(found[area][n] for area in areas) for n in (0, 1))
        assert large(every)
        assert large(still)
        assert large(every - still)


@given(counts())
def test_an_area_that_is_pooled_could_have_other_counts(
    found: dict[str, tuple[int, int]],
) -> None:
    """What is told stays the same if one's count were another's: nobody can tell them apart."""
    pool = pooled(found, LEAST)
    if not pool.told or not pool.together:
        return
    assert len(pool.together) >= 2
    whole = sum(found[area][0] for area in pool.together)
    assert whole >= LEAST  # so that each of them may be anything from 0 to that


@given(counts())
def test_nothing_is_pooled_without_need(found: dict[str, tuple[int, int]]) -> None:
    small = [a for a, (e, s) in found.items() if not (large(e) and large(s) and large(e - s))]
    pool = pooled(found, LEAST)
    if not small:
        assert pool.together == ()
        assert pool.told


def test_nothing_is_told_of_a_city_with_too_few() -> None:
    assert not pooled({"a": (2, 1), "b": (1, 0)}, LEAST).told
    assert pooled({}, LEAST).told
