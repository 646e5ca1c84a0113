"""People whom the demonstration plays: citizens who complain, and those who get orders."""

from collections.abc import Callable

from kiosk.backend.catalogue import City
from kiosk.backend.orders import Inbox
from kiosk.backend.simulator.complaints import Citizens, ComplaintCourse
from kiosk.backend.simulator.departments import Departments
from kiosk.backend.store import Store
from kiosk.core.clock import Clock
from kiosk.pack import pack_folder
from kiosk.settings import Settings


def played(
    settings: Settings, store: Store, clock: Clock, city: City
) -> tuple[Callable[[int], None], ...]:
    """What to call at each step with the time; nothing where the city is not a demonstration."""
    if not settings.city.demo:
        return ()
    course = ComplaintCourse(pack_folder(settings), city.districts, settings.demo.seed)
    steps = [Citizens(store, course).step]
    if settings.demo.departments:
        inbox = Inbox(store, clock, lambda _revision: None)
        steps.append(Departments(store, inbox).step)
    return tuple(steps)
