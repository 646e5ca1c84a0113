"""The ui's end of every line: workers, the supervisor and (when allowed) a driver connect here."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from kiosk.wire.codec import LineDecoder, WireError, encode
from kiosk.wire.messages import WIRE_VERSION, Hello, Message

log = logging.getLogger(__name__)

Receiver = Callable[[str, Message], None]
Presence = Callable[[str, bool], None]


class Hub(QObject):
    """Listens on a Unix socket that only this user may open.

    `receive(worker, message)` is called for each message; `presence(worker, connected)` when a
    line opens or closes. A worker that connects again replaces its older line.
    """

    def __init__(
        self,
        path: Path,
        receive: Receiver,
        presence: Presence,
        refuse: frozenset[str] = frozenset(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._receive = receive
        self._presence = presence
        self._refuse = refuse
        self._lines: dict[str, QLocalSocket] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(str(path))
        if not self._server.listen(str(path)):
            raise OSError(f"{path}: {self._server.errorString()}")
        self._server.newConnection.connect(self._accept)

    @property
    def connected(self) -> frozenset[str]:
        return frozenset(self._lines)

    def send(self, worker: str, message: Message) -> bool:
        """False when the worker is not connected."""
        line = self._lines.get(worker)
        if line is None:
            return False
        line.write(encode(message))
        # At once: what is written otherwise leaves after the next frame has been painted.
        line.flush()
        return True

    def close(self) -> None:
        self._server.close()
        for line in list(self._lines.values()):
            line.abort()

    def _accept(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            _Line(connection, self)

    def introduce(self, worker: str, line: QLocalSocket) -> None:
        older = self._lines.get(worker)
        self._lines[worker] = line
        if older is not None:
            older.abort()
        self._presence(worker, True)

    def lost(self, worker: str, line: QLocalSocket) -> None:
        if self._lines.get(worker) is line:
            del self._lines[worker]
            self._presence(worker, False)

    def refuses(self, worker: str) -> bool:
        return worker in self._refuse

    def deliver(self, worker: str, message: Message) -> None:
        self._receive(worker, message)


class _Line(QObject):
    """One connection: a Hello first, then messages."""

    def __init__(self, connection: QLocalSocket, hub: Hub) -> None:
        super().__init__(connection)
        self._connection = connection
        self._hub = hub
        self._decoder = LineDecoder()
        self._worker = ""
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(self._close)
        self._read()

    def _read(self) -> None:
        data = bytes(self._connection.readAll().data())
        if not data:
            return
        try:
            messages = self._decoder.feed(data)
        except WireError as error:
            log.error("line of %s closed: %s", self._worker or "a stranger", error)
            self._connection.abort()
            return
        for message in messages:
            self._take(message)

    def _take(self, message: Message) -> None:
        if self._worker:
            self._hub.deliver(self._worker, message)
        elif isinstance(message, Hello) and message.version == WIRE_VERSION:
            if self._hub.refuses(message.worker):
                self._connection.abort()
                return
            self._worker = message.worker
            self._hub.introduce(message.worker, self._connection)
        else:
            log.error("a line must open with hello of version %d", WIRE_VERSION)
            self._connection.abort()

    def _close(self) -> None:
        if self._worker:
            self._hub.lost(self._worker, self._connection)
        self._connection.deleteLater()
