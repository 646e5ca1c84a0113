"""The wall's side of who may see what: decisions to sync until they are on the disk, then read back
from the ledger."""

from collections.abc import Callable, Mapping

from kiosk.app.part import Carry, Part
from kiosk.app.queries import Queries
from kiosk.app.world import WallWorld
from kiosk.core.disclosure import Decided, Disclosure
from kiosk.pack.disclosure import load_rules
from kiosk.settings import Settings
from kiosk.wire.messages import Message, WriteDecision, Written

SYNC = "sync"


class Disclosures(Part):
    """`changed` is called when something else holds."""

    hears = (Written,)

    def __init__(
        self,
        settings: Settings,
        world: WallWorld,
        queries: Queries,
        send: Callable[[str, Message], bool],
        changed: Callable[[], None],
    ) -> None:
        self._world = world
        self._queries = queries
        self._send = send
        self._changed = changed
        self._pending: dict[str, WriteDecision] = {}
        world.disclosure = Disclosure(load_rules(settings))

    def carriers(self) -> Mapping[type[Message], Carry]:
        return {WriteDecision: self.write}

    def write(self, message: WriteDecision) -> bool:
        """False when sync is away: then nothing has been taken over."""
        if not self._send(SYNC, message):
            return False
        self._pending[message.decided.id] = message
        return True

    def came(self, worker: str) -> None:
        """A new sync process knows nothing of what the one before did not write."""
        if worker == SYNC:
            for message in self._pending.values():
                self._send(SYNC, message)
            self.read()

    def receive(self, message: Written) -> None:
        if self._pending.pop(message.id, None) is not None:
            self.read()

    def read(self) -> None:
        """Asks the ledger."""
        self._queries.ask_ledger("disclosure", lambda ledger: ledger.decided(), self._take)

    def _take(self, decided: tuple[Decided, ...]) -> None:
        files = self._world.disclosure.files
        now = Disclosure(files, decided)
        if now != self._world.disclosure:
            self._world.disclosure = now
            self._changed()
