"""Which tablets may connect: exactly those that the ui last named."""

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.remote.keys import connect_statement, read_jwk, verify
from kiosk.wire.messages import Device


class Roster:
    """Paired devices. Until the ui has named them, `ready` is False and nobody is let in."""

    def __init__(self) -> None:
        self.ready = False
        self._devices: dict[str, Device] = {}
        # An unknown id costs the same work as a known one, so that time tells nothing.
        self._nobody = ec.generate_private_key(ec.SECP256R1()).public_key()

    def update(self, devices: tuple[Device, ...]) -> None:
        self._devices = {device.id: device for device in devices if not device.revoked}
        self.ready = True

    def get(self, device_id: str) -> Device | None:
        return self._devices.get(device_id)

    def prove(self, device_id: str, nonce: str, origin: str, signature: str) -> Device | None:
        """The device when the signature over this connection's nonce is its own, else None."""
        device = self.get(device_id)
        key = self._nobody
        if device is not None:
            try:
                key = read_jwk(device.public_key).usable()
            except (ValueError, msgspec.MsgspecError):
                device = None
        good = verify(key, connect_statement(nonce, origin, device_id), signature)
        return device if good else None
