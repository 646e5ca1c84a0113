"""The HUD names what stays, not every guess of a moment."""

from gestures.events import GestureKind
from kiosk.app.steady import KEEP_MS, SHOW_MS, Steady

V, P = GestureKind.VICTORY, GestureKind.POINT


def test_a_guess_of_a_moment_is_not_shown() -> None:
    steady = Steady()
    assert steady.see(V, 0) is None
    assert steady.see(P, 66) is None
    assert steady.see(None, 132) is None


def test_what_stays_is_shown() -> None:
    steady = Steady()
    shown = [steady.see(V, t_ms) for t_ms in range(0, SHOW_MS + 67, 66)]
    assert shown[-1] is V


def test_a_gap_or_another_guess_of_a_moment_does_not_take_it_away() -> None:
    steady = Steady()
    for t_ms in range(0, 400, 66):
        steady.see(V, t_ms)
    assert steady.see(None, 420) is V
    assert steady.see(P, 480) is V
    assert steady.see(V, 540) is V


def test_it_goes_when_the_hand_forms_nothing_for_a_while() -> None:
    steady = Steady()
    for t_ms in range(0, 400, 66):
        steady.see(V, t_ms)
    assert steady.see(None, 400 + KEEP_MS) is None


def test_another_that_stays_takes_its_place() -> None:
    steady = Steady()
    for t_ms in range(0, 400, 66):
        steady.see(V, t_ms)
    assert [steady.see(P, t_ms) for t_ms in (400, 466, 532)][-1] is P
