"""Keys and passwords of the city's systems and cameras: read from one file, put in last.

Most keys stand in the path of an address, so an address is only ever kept, logged and shown as its
template; whatever comes back from outside (an error's text, an answer that repeats the request) is
cleaned before anybody sees it.
"""

import base64
import os
import stat
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kiosk.settings.loading import SettingsError, read_toml

HIDDEN = "***"
SHORTEST = 4  # a shorter "key" would blank out ordinary words


class Login(NamedTuple):
    """Who one is to a camera."""

    user: str
    password: str


class Secrets:
    """Name -> value. Its text shows names only."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        spellings = {s for value in self._values.values() for s in _spellings(value)}
        self._spellings = sorted(spellings, key=len, reverse=True)

    @classmethod
    def load(cls, file: Path | None) -> "Secrets":
        """Reads `name = "value"` lines (TOML). None, or no such file: no keys at all.

        Raises SettingsError when others may read the file, or a value is not a text.
        """
        if file is None or not file.exists():
            return cls({})
        mode = file.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SettingsError(
                str(file), "mode", oct(stat.S_IMODE(mode)), f"0o600: chmod 600 {file}"
            )
        values = read_toml(file)
        for name, value in values.items():
            if not isinstance(value, str) or len(value) < SHORTEST:
                raise SettingsError(
                    str(file), name, HIDDEN, f"a text of at least {SHORTEST} characters"
                )
        return cls(values)

    def __repr__(self) -> str:
        return f"Secrets({', '.join(sorted(self._values))})"

    def __contains__(self, name: object) -> bool:
        return name in self._values

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._values)

    def value(self, name: str) -> str:
        """Raises KeyError with the name alone."""
        return self._values[name]

    def login(self, name: str) -> Login:
        """The secret as `user:password`. Raises KeyError with the name alone."""
        user, _, password = self._values[name].partition(":")
        return Login(user, password)

    def clean(self, words: str) -> str:
        """The words without any secret, however an address or a header would spell it."""
        for spelling in self._spellings:
            words = words.replace(spelling, HIDDEN)
        return words


def secrets_file(named: str) -> Path | None:
    """The file that the settings or the environment name."""
    name = named or os.environ.get("KIOSK_SECRETS", "")
    return Path(name) if name else None


def _spellings(value: str) -> Iterator[str]:
    """As it is, as an address spells it, and as a header of Basic authentication does; of a login
    its password by itself as well."""
    password = value.partition(":")[2]
    for part in (value, password if len(password) >= SHORTEST else ""):
        if part:
            yield from (part, urllib.parse.quote(part, safe=""), urllib.parse.quote(part))
    yield base64.b64encode(value.encode()).decode()
