"""Settings and policy from config/, with errors that name file, field and value."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kiosk.core.camera_wall import Presets
from kiosk.core.desk import Desk
from kiosk.core.pins import well_formed
from kiosk.core.policy import Policy
from kiosk.core.profiles import Profiles
from kiosk.pack import pack_folder
from kiosk.panels import find_panels
from kiosk.settings import Settings, SettingsError, load, site_file
from kiosk.settings.loading import check, read_model


def read_settings(
    config_dir: Path, sites: Sequence[str], overrides: Mapping[str, Mapping[str, Any]]
) -> Settings:
    """`sites` are names of config/sites or files, later ones over earlier ones."""
    own = (site_file(config_dir, site) for site in sites)
    files = (config_dir / "kiosk.toml", *filter(None, own))
    return load(files, overrides)


def read_policy(config_dir: Path) -> Policy:
    return read_model(config_dir / "policy.toml", Policy)


def read_profiles(settings: Settings) -> Profiles:
    """The site's own where it names any, else the city's. Raises SettingsError, also when the
    profile that the settings choose is not among them, or begins where nothing is shown."""
    if settings.profiles:
        check({"profile": list(settings.profiles)}, Profiles, "settings")
        found = msgspec.convert({"profile": settings.profiles}, Profiles)
    else:
        found = read_model(pack_folder(settings) / "profiles.toml", Profiles)
    chosen = settings.ui.profile
    panels = {spec.id for spec in find_panels()}
    for profile in found.profile:
        if profile.panel not in panels:
            known = f"one of: {', '.join(sorted(panels))}"
            raise SettingsError("profiles", f"{profile.id}.panel", profile.panel, known)
        if profile.pin and not well_formed(profile.pin):
            expected = "a line that ./kiosk.sh pin prints"
            raise SettingsError("profiles", f"{profile.id}.pin", "…", expected)
    begins = found.find(chosen)
    if begins is not None and begins.pin:
        expected = "the first profile, and ui.profile, without a PIN: the wall begins with it"
        raise SettingsError("profiles", f"{begins.id}.pin", "…", expected)
    if begins is None:
        known = ", ".join(profile.id for profile in found.profile)
        raise SettingsError("settings", "ui.profile", chosen, f"one of: {known}")
    return found


def read_desk(settings: Settings) -> Desk:
    """Raises SettingsError, also when a department is part of one that there is not."""
    file = pack_folder(settings) / "orders.toml"
    desk = read_model(file, Desk)
    wrong = desk.wrong_part()
    if wrong is not None:
        known = ", ".join(d.id for d in desk.department if d is not wrong)
        where = f"department {wrong.id}.part_of"
        expected = f"none, or one of these without a circle: {known}"
        raise SettingsError(str(file), where, wrong.part_of, expected)
    return desk


def read_presets(settings: Settings) -> Presets:
    return read_model(pack_folder(settings) / "cctv.toml", Presets)
