"""Settings and policy from config/, with errors that name file, field and value."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.core.desk import Desk
from kiosk.core.policy import Policy
from kiosk.core.profiles import Profiles
from kiosk.settings import Settings, SettingsError, load
from kiosk.settings.loading import read_model


def read_settings(
    config_dir: Path, site: Path | None, overrides: Mapping[str, Mapping[str, Any]]
) -> Settings:
    files = (config_dir / "kiosk.toml", *((site,) if site else ()))
    return load(files, overrides)


def read_policy(config_dir: Path) -> Policy:
    return read_model(config_dir / "policy.toml", Policy)


def read_profiles(config_dir: Path, chosen: str) -> Profiles:
    """Raises SettingsError when the profile that the settings choose is not among them."""
    found = read_model(config_dir / "profiles.toml", Profiles)
    if found.find(chosen) is None:
        known = ", ".join(profile.id for profile in found.profile)
        raise SettingsError("settings", "ui.profile", chosen, f"one of: {known}")
    return found


def read_desk(config_dir: Path) -> Desk:
    return read_model(config_dir / "orders.toml", Desk)
