"""Five deaths in sixty seconds."""

from kiosk.app.budget import RestartBudget


def test_the_fifth_death_in_the_window_is_the_last() -> None:
    budget = RestartBudget(5, 60_000)
    assert [budget.spend(t) for t in (0, 10, 20, 30)] == [True] * 4
    assert not budget.spend(40)


def test_old_deaths_are_forgiven() -> None:
    budget = RestartBudget(5, 60_000)
    for t in (0, 10, 20, 30):
        budget.spend(t)
    assert budget.spend(60_025)


def test_a_person_may_refill_it() -> None:
    budget = RestartBudget(2, 60_000)
    budget.spend(0)
    assert not budget.spend(1)
    budget.refill()
    assert budget.spend(2)
