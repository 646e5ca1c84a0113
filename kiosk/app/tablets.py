"""The wall's side of the tablets: pairing, requests, and what they are shown."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec

from kiosk.app.hub import Hub
from kiosk.app.part import Carry, Part
from kiosk.app.queries import Queries
from kiosk.core.clock import Clock
from kiosk.core.contacts import ACTING, Contact
from kiosk.inputs import Intake
from kiosk.wire.desk import TabletDesk
from kiosk.wire.messages import (
    CallDepartment,
    CredentialOffered,
    Device,
    Devices,
    DeviceSaved,
    GiveCredential,
    GiveOffice,
    GiveRole,
    Message,
    PairingAsked,
    PairingDecision,
    PairingGone,
    PairingOffered,
    RefusedRequest,
    RemoteReady,
    RevokeDevice,
    Role,
    SaveDevice,
    ShowDesk,
    ShowProjection,
    TabletAnswer,
    TabletCount,
    TabletRequest,
)
from kiosk.wire.projection import DepartmentCall, Projection

REMOTE = "remote"
SYNC = "sync"
NOTE_MS = 60_000
ANSWERS_KEPT = 2048
WRITTEN = "words.say"
CALL_MS = 120_000  # how long a call to a department stays on the tablets


class Tablets(Part):
    """Knows the devices; the tablets' server knows only what it is told from here. `changed` is
    called when what panels and calls know of the tablets is new."""

    hears = (
        *(RemoteReady, TabletCount, TabletRequest, RefusedRequest, CredentialOffered, DeviceSaved),
        *(PairingOffered, PairingAsked, PairingGone),
    )

    def __init__(self, hub: Hub, intake: Intake, clock: Clock, changed: Callable[[], None]) -> None:
        self._hub = hub
        self._clock = clock
        self._changed = changed
        self._shown: tuple[object, ...] = ()
        self._intake = intake
        self._devices: dict[str, Device] = {}
        self._read = False
        self._asked: PairingAsked | None = None
        self._projection: Projection | None = None
        self._call: DepartmentCall | None = None
        self._unsaved: dict[str, Device] = {}
        self._answers: OrderedDict[str, TabletAnswer] = OrderedDict()
        self._desk: TabletDesk | None = None
        self.wait_for_words: Callable[[Callable[[], object]], bool] = lambda then: False
        self.answering: Callable[[], AbstractContextManager[None]] = nullcontext
        self.connected = 0
        self.online: frozenset[str] = frozenset()
        self.url = ""
        self.authority = ""

    @property
    def devices(self) -> tuple[Device, ...]:
        return tuple(device for device in self._devices.values() if not device.revoked)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Who can be reached at one of them."""
        return tuple(
            Contact(d.id, d.name, d.role, d.office, d.id in self.online) for d in self.devices
        )

    def may_talk(self, device: str) -> bool:
        """Whether a call with this tablet may go on."""
        return any(d.id == device and d.role in ACTING for d in self.devices)

    def read_devices(self, queries: Queries) -> None:
        """From the ledger, once at start; until then no tablet is let in."""
        queries.ask_ledger("devices", lambda ledger: ledger.devices(), self._take_devices)

    def carriers(self) -> Mapping[type[Message], Carry]:
        return {
            PairingDecision: self.decide,
            RevokeDevice: lambda wish: self.revoke(wish.device),
            GiveCredential: lambda wish: self.give_credential(wish.device, wish.credential),
            GiveOffice: lambda wish: self.give_office(wish.device, wish.office),
            GiveRole: lambda wish: self.give_role(wish.device, wish.role),
            CallDepartment: lambda wish: self.call(wish.call),
        }

    def receive(self, message: Message) -> None:
        match message:
            case RemoteReady(url=url, authority=authority):
                self.authority = authority
                if url != self.url:
                    self.url = url
                    print(f"Tablets: {url}", flush=True)
            case TabletCount(connected=connected, devices=devices):
                self.connected, self.online = connected, frozenset(devices)
            case TabletRequest():
                self._request(message)
            case RefusedRequest():
                self._intake.turned_away(message)
            case CredentialOffered(device=offering, credential=credential):
                self._intake.system("remote.enrol", {"device": offering, "credential": credential})
            case DeviceSaved(device=device):
                self._saved(device)
            case _:
                self._pairing(message)
        self._tell_changes()

    def _pairing(self, message: Message) -> None:
        match message:
            case PairingOffered(url=url, expires_ms=expires_ms):
                self._intake.system("remote.offered", {"url": url, "expires_ms": expires_ms})
            case PairingAsked():
                self._asked = message
                self._intake.system(
                    "remote.asked",
                    {
                        "request": message.request,
                        "device_name": message.device.name,
                        "check_code": message.check_code,
                        "expires_ms": message.expires_ms,
                    },
                )
            case PairingGone(reason=reason):
                self._asked = None
                self._intake.system("remote.gone", {"ko": reason.ko, "en": reason.en})
            case _:
                raise TypeError(f"not for tablets: {type(message).__name__}")

    def decide(self, decision: PairingDecision) -> bool:
        """A person said yes or no. Yes counts once the ledger has the device."""
        asked, self._asked = self._asked, None
        if asked is None or asked.request != decision.request:
            return False
        if decision.accepted:
            device = msgspec.structs.replace(asked.device, role=decision.role)
            if not self._hub.send(SYNC, SaveDevice(device)):
                return False
        return self._hub.send(REMOTE, decision)

    def revoke(self, device: str) -> bool:
        """Takes effect at once, and is written down; False when there is no such tablet."""
        return self._change(device, revoked=True)

    def give_role(self, device: str, role: Role) -> bool:
        """In the same way."""
        return self._change(device, role=role)

    def give_office(self, device: str, office: str) -> bool:
        """In the same way: from now on it sees and reports on the orders to this department."""
        return self._change(device, office=office)

    def give_credential(self, device: str, credential: str) -> bool:
        """From now on its owner can be verified."""
        return self._change(device, credential=credential)

    def came(self, worker: str) -> None:
        """A new sync process knows nothing of what the one before did not write, and a new tablets'
        server knows nothing."""
        if worker == SYNC:
            for device in self._unsaved.values():
                self._hub.send(SYNC, SaveDevice(device))
        elif worker == REMOTE:
            self._server_came()

    def lost(self, worker: str) -> None:
        """Without their server no tablet is connected."""
        if worker == REMOTE:
            self.connected, self.online = 0, frozenset()
            self._tell_changes()

    def _server_came(self) -> None:
        if self._read:
            self._tell_devices()
        if self._projection is not None:
            self._hub.send(REMOTE, ShowProjection(self._projection))
        if self._desk is not None:
            self._hub.send(REMOTE, ShowDesk(self._desk))

    def call(self, call: DepartmentCall) -> bool:
        """Puts the call on every connected tablet; False when none is connected."""
        if not self.connected or self._projection is None:
            return False
        self._call = call
        self.show(self._projection)
        return True

    def tick(self) -> None:
        """A call has been seen after two minutes."""
        if self._call is not None and self._clock.now_ms() - self._call.t_ms >= CALL_MS:
            self._call = None
            if self._projection is not None:
                self.show(self._projection)

    def show(self, projection: Projection) -> None:
        """What the wall shows now; only a change is told."""
        projection = msgspec.structs.replace(projection, call=self._call)
        told = self._projection
        if told is None or msgspec.structs.replace(projection, t_ms=told.t_ms) != told:
            self._projection = projection
            self._hub.send(REMOTE, ShowProjection(projection))

    def lay(self, desk: TabletDesk) -> None:
        """What lies on the desks now; only a change is told."""
        if desk != self._desk:
            self._desk = desk
            self._hub.send(REMOTE, ShowDesk(desk))

    def _change(self, device: str, **changes: Any) -> bool:
        known = self._devices.get(device)
        if known is None or known.revoked:
            return False
        changed = msgspec.structs.replace(known, **changes)
        self._devices[device] = changed
        self._tell_devices()
        rights = (known.role, known.revoked, known.office)
        if rights != (changed.role, changed.revoked, changed.office):
            self._intake.rights_changed(changed)
        self._save(changed)
        self._tell_changes()
        return True

    def _tell_changes(self) -> None:
        shown = (self.devices, self.connected, self.authority, self.online)
        if shown != self._shown:
            self._shown = shown
            self._changed()

    def _save(self, device: Device) -> None:
        self._unsaved[device.id] = device
        self._hub.send(SYNC, SaveDevice(device))

    def _saved(self, device: Device) -> None:
        """The ledger has it. What stands here is newer, except for a tablet that was just let in:
        an older word must not bring back one that was cut off meanwhile."""
        if self._unsaved.get(device.id) == device:
            del self._unsaved[device.id]
        known = self._devices.get(device.id)
        if known is None or known.paired_ms < device.paired_ms:
            self._devices[device.id] = device
            self._tell_devices()

    def _note_use(self, device: Device) -> None:
        """When a tablet was last used, written down at most once a minute."""
        now_ms = self._clock.now_ms()
        if now_ms - (device.last_used_ms or 0) >= NOTE_MS:
            used = msgspec.structs.replace(device, last_used_ms=now_ms)
            self._devices[device.id] = used
            self._save(used)

    def _take_devices(self, devices: tuple[Device, ...]) -> None:
        self._read = True
        self._devices = {device.id: device for device in devices} | self._devices
        self._tell_devices()
        self._tell_changes()

    def _tell_devices(self) -> None:
        self._hub.send(REMOTE, Devices(self.devices))

    def _request(self, request: TabletRequest) -> None:
        """Runs it once: a tablets' server that is a new one may bring again what was answered."""
        answer = self._answers.get(request.request)
        written = answer is None and request.command == WRITTEN
        if written and self.wait_for_words(lambda: self._request(request)):
            return
        if answer is None:
            device = self._devices.get(request.device)
            with self.answering():
                outcome = self._intake.tablet(request, device)
            if device is not None:
                self._note_use(device)
            answer = TabletAnswer(request.request, outcome.status.value, outcome.reason)
            self._answers[request.request] = answer
            if len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        self._hub.send(REMOTE, answer)
