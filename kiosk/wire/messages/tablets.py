"""The tablets: pairing, requests, and what they are shown."""

from typing import Any

import msgspec

from kiosk.wire.desk import TabletDesk
from kiosk.wire.messages.base import Role, WireMessage
from kiosk.wire.projection import DepartmentCall, Projection
from kiosk.wire.text import Text


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paired tablet; `public_key` is the JWK of its P-256 key as JSON. `credential` is what its
    owner's verification is checked against (see kiosk.remote.verification); empty while there is
    none. `office` is the department whose tablet it is, by its id; empty: of none in particular."""

    id: str
    name: str
    role: Role
    public_key: str
    paired_ms: int
    last_used_ms: int | None = None
    revoked: bool = False
    credential: str = ""
    office: str = ""


class RemoteReady(WireMessage, frozen=True, tag="remote_ready"):
    """The tablets' server listens at this address.

    `authority`: SHA-256 (hex) of the kiosk's own authority; empty while the city's certificate
    serves.
    """

    url: str
    authority: str = ""


class OpenPairing(WireMessage, frozen=True, tag="open_pairing"):
    seconds: int = 120


class ClosePairing(WireMessage, frozen=True, tag="close_pairing"):
    pass


class PairingOffered(WireMessage, frozen=True, tag="pairing_offered"):
    """The address in the QR code; its fragment is the one-time code."""

    url: str
    expires_ms: int


class PairingAsked(WireMessage, frozen=True, tag="pairing_asked"):
    """A tablet used the code; a person compares the check code on both screens."""

    request: str
    device: Device
    check_code: str
    expires_ms: int


class PairingGone(WireMessage, frozen=True, tag="pairing_gone"):
    """The offer or the request ended without a decision."""

    reason: Text


class PairingDecision(WireMessage, frozen=True, tag="pairing_decision"):
    request: str
    accepted: bool
    role: Role = "official"


class Devices(WireMessage, frozen=True, tag="devices"):
    """All devices that may connect; the tablets' server knows no others."""

    devices: tuple[Device, ...]


class SaveDevice(WireMessage, frozen=True, tag="save_device"):
    """ui -> sync: write this device to the ledger."""

    device: Device


class DeviceSaved(WireMessage, frozen=True, tag="device_saved"):
    device: Device


class RevokeDevice(WireMessage, frozen=True, tag="revoke_device"):
    """A person takes a tablet's rights away; it is cut off at once."""

    device: str


class GiveRole(WireMessage, frozen=True, tag="give_role"):
    """A person changes a tablet's rights; they count from its next request."""

    device: str
    role: Role


class GiveOffice(WireMessage, frozen=True, tag="give_office"):
    """A person says whose tablet it is: a department by its id, or nobody's in particular."""

    device: str
    office: str


class TabletCount(WireMessage, frozen=True, tag="tablet_count"):
    """How many paired tablets are connected now, and which."""

    connected: int
    devices: tuple[str, ...] = ()


class CredentialOffered(WireMessage, frozen=True, tag="credential_offered"):
    """A tablet's owner can be verified from now on, once a person at the wall agrees."""

    device: str
    credential: str


class GiveCredential(WireMessage, frozen=True, tag="give_credential"):
    """A person at the wall agreed."""

    device: str
    credential: str


class TabletRequest(WireMessage, frozen=True, tag="tablet_request"):
    """A command from a paired tablet; `verified`: its owner proved to be there for this one."""

    request: str
    device: str
    command: str
    args: dict[str, Any]
    verified: bool = False


class RefusedRequest(WireMessage, frozen=True, tag="refused_request"):
    """The tablets' server turned somebody away; told so that the refusal is audited."""

    address: str
    reason: str
    t_ms: int


class TabletAnswer(WireMessage, frozen=True, tag="tablet_answer"):
    request: str
    status: str
    reason: Text


class CallDepartment(WireMessage, frozen=True, tag="call_department"):
    """Shown on every connected tablet for a while."""

    call: DepartmentCall


class LendPointer(WireMessage, frozen=True, tag="lend_pointer"):
    """From now on this tablet shows where its user points."""

    device: str


class TabletPoint(WireMessage, frozen=True, tag="tablet_point"):
    """Where a tablet's user points, in 0-1 of the wall; None: nowhere any more."""

    device: str
    x: float | None = None
    y: float | None = None


class WatchPanels(WireMessage, frozen=True, tag="watch_panels"):
    """Panels that are looked at on tablets now, whatever the wall shows."""

    panels: tuple[str, ...]


class ShowPanel(WireMessage, frozen=True, tag="show_panel"):
    """A watched panel, for those who watch it."""

    projection: Projection


class ShowDesk(WireMessage, frozen=True, tag="show_desk"):
    """What lies on the officials' desks now; the server deals it out by role and office."""

    desk: TabletDesk


class ShowProjection(WireMessage, frozen=True, tag="show_projection"):
    """What the wall shows now, for the tablets."""

    projection: Projection
