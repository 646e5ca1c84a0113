"""Settings and policy from config/, with errors that name file, field and value."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.core.desk import Desk
from kiosk.core.policy import Policy
from kiosk.settings import Settings, load
from kiosk.settings.loading import read_model


def read_settings(
    config_dir: Path, site: Path | None, overrides: Mapping[str, Mapping[str, Any]]
) -> Settings:
    files = (config_dir / "kiosk.toml", *((site,) if site else ()))
    return load(files, overrides)


def read_policy(config_dir: Path) -> Policy:
    return read_model(config_dir / "policy.toml", Policy)


def read_desk(config_dir: Path) -> Desk:
    return read_model(config_dir / "orders.toml", Desk)
