"""Finds mistakes in the city's files before anything is started."""

from kiosk.backend.catalogue import city_dir, load_city
from kiosk.backend.simulator.city import Simulator
from kiosk.settings import Settings


def check_city(settings: Settings) -> None:
    """Raises SettingsError with file, field, value and what was expected. Takes about 40 ms."""
    folder = city_dir(settings)
    city = load_city(folder)
    if settings.city.demo:
        Simulator(city, folder, settings.demo.seed, settings.demo.cameras)
