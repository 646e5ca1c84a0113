"""Which hosts a declared source may reach: never this machine itself unless it says so.

A name may lead anywhere, so it is not the name that is judged but every address that it has, at the
moment when it is used.
"""

import errno
import ipaddress
import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from kiosk.wire.camera_address import AddressError, judge

SCHEMES = ("http", "https")


class HostRefused(OSError):  # noqa: N818 - a verdict
    """An address that no source may be asked at."""

    def __init__(self, words: str) -> None:
        super().__init__(errno.EACCES, words)


def forbidden(address: str) -> bool:
    """Loopback, link-local (where clouds keep their keys), unspecified and multicast addresses."""
    try:
        judge(ipaddress.ip_address(address.partition("%")[0]), loopback=False)
    except AddressError:
        return True
    return False


def check(address: URL, *, local: bool) -> None:
    """Raises HostRefused unless it is an http(s) address of another machine; `local` allows this
    one. Names are judged by `Resolver`."""
    if address.scheme not in SCHEMES or not address.host:
        raise HostRefused(f"{address.scheme or 'no'} address: http or https is expected")
    if not local and _is_forbidden_literal(address.host):
        raise HostRefused(f"{address.host} is this machine itself")


def same_place(asked: URL, other: URL) -> bool:
    """Whether a key may follow from one address to the other: same host and port, or the same
    host from http to https."""
    upgraded = (asked.scheme, other.scheme) == ("http", "https") and other.port == 443
    return asked.host == other.host and (asked.origin() == other.origin() or upgraded)


class Resolver(AbstractResolver):
    """The system's resolver, without the addresses that are forbidden."""

    def __init__(self) -> None:
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises HostRefused when nothing is left."""
        found = await self._names.resolve(host, port, family)
        allowed = [each for each in found if not forbidden(each["host"])]
        if not allowed:
            raise HostRefused(f"{host} is this machine itself")
        return allowed

    async def close(self) -> None:
        await self._names.close()


def _is_forbidden_literal(host: str) -> bool:
    try:
        return forbidden(host)
    except ValueError:
        return False  # a name
