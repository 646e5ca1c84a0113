"""What every camera of this machine is opened with."""

import ssl
from pathlib import Path
from typing import NamedTuple

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.settings.secrets import Login, Secrets, secrets_file
from kiosk.video import reasons
from kiosk.video.address import Gate, SourceError


class Means(NamedTuple):
    """What every camera of this machine is opened with; `ca_file` holds certificates of those who
    vouch for cameras."""

    gate: Gate
    secrets: Secrets
    clock: Clock
    ca_file: str = ""
    still_s: float = 5.0

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> "Means":
        """Raises SettingsError when others may read the secrets."""
        video = settings.video
        files = Path(video.files) if video.files else None
        gate = Gate(loopback=settings.city.demo, files=files)
        secrets = Secrets.load(secrets_file(settings.backend.secrets))
        ca_file = video.ca_file or ssl.get_default_verify_paths().cafile or ""
        return cls(gate, secrets, clock, ca_file, video.still_s)

    def login(self, name: str) -> Login | None:
        """None for a camera that asks for none. Raises SourceError when there is no such secret."""
        if not name:
            return None
        if name not in self.secrets:
            raise SourceError(reasons.no_secret(name))
        return self.secrets.login(name)
