"""Where an installed wall lies, and what its user and services are called."""

from pathlib import Path

import msgspec

NAME = "city-kiosk"


class Places(msgspec.Struct, frozen=True):
    """Absolute paths of the machine."""

    program: Path = Path("/opt") / NAME
    settings: Path = Path("/etc") / NAME
    data: Path = Path("/var/lib") / NAME
    unit: Path = Path("/etc/systemd/system") / f"{NAME}.service"
    calibrate_unit: Path = Path("/etc/systemd/system") / f"{NAME}-calibrate.service"
    session: Path = Path("/etc/pam.d") / NAME
    logind: Path = Path("/etc/systemd/logind.conf.d") / f"{NAME}.conf"
    command: Path = Path("/usr/local/bin") / NAME

    @property
    def releases(self) -> Path:
        return self.program / "releases"

    @property
    def current(self) -> Path:
        """A link to the release that runs."""
        return self.program / "current"

    @property
    def previous(self) -> Path:
        """A link to the one before."""
        return self.program / "previous"

    @property
    def site(self) -> Path:
        return self.settings / "site.toml"

    @property
    def before(self) -> Path:
        """What the machine was like, to be put back when the wall is removed."""
        return self.settings / "before.json"
