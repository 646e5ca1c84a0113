"""Where the streams of cameras may lead.

A name is looked up once for every connection, every address that it has is judged, and the
connection goes to one of those: what the name says a moment later does not matter.
"""

import ipaddress
import socket
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from kiosk.wire.camera_address import (
    FILE,
    PORTS,
    RTSP,
    WEB,
    AddressError,
    SourceError,
    check_address,
    judge,
    numeric,
)
from kiosk.wire.text import Text

__all__ = ["FILE", "PORTS", "RTSP", "WEB", "AddressError", "Gate", "SourceError"]

MOST_ADDRESSES = 3
MOST_HOPS = 3
CONNECT_S = 3.0

_NO_FILE = Text(
    "설정한 폴더 안의 파일이 아닙니다", "It is no file of the folder that the settings name"
)


class Gate:
    """Where streams may lead.

    `loopback` lets in this machine's own addresses: the demonstration's cameras live there.
    `files` is the folder whose files may be cameras, None where no file may.
    """

    def __init__(self, *, loopback: bool, files: Path | None = None) -> None:
        self._loopback = loopback
        self._files = files

    def check(self, url: str, schemes: tuple[str, ...] = (*RTSP, *WEB, FILE)) -> SplitResult:
        """The address in its parts; names are looked up by `addresses`, which may take seconds.

        Raises AddressError.
        """
        parts = check_address(url, loopback=self._loopback, schemes=schemes)
        if parts.scheme == FILE:
            self.file(url)
        return parts

    def addresses(self, host: str) -> tuple[str, ...]:
        """The numeric addresses that a checked host may be reached at, the best few first.

        Raises AddressError when nothing is left of what its name stands for, OSError when it can't
        be looked up. Blocks: for the streams' threads only.
        """
        literal = numeric(host)
        if literal is not None:
            judge(literal, loopback=self._loopback)
            return (str(literal),)
        found: dict[str, None] = {}
        refusal: AddressError | None = None
        for *_, place in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
            address = ipaddress.ip_address(str(place[0]).split("%")[0])
            try:
                judge(address, loopback=self._loopback)
            except AddressError as error:
                refusal = error
            else:
                found[str(address)] = None
        if not found and refusal is not None:
            raise refusal
        return tuple(found)[:MOST_ADDRESSES]

    def file(self, url: str) -> Path:
        """The file that a `file:` address names, relative to the folder. Raises AddressError."""
        name = urlsplit(url).path
        if self._files is None or not name:
            raise AddressError(_NO_FILE)
        folder = self._files.resolve()
        path = (folder / name).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise AddressError(_NO_FILE)
        return path
