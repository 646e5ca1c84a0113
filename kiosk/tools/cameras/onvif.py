"""What an ONVIF camera says of its streams.

Every service is asked at the address that the camera was found at, wherever it says that they are.
"""

import asyncio
from typing import Any, NamedTuple

from kiosk.settings.secrets import Login
from kiosk.tools.cameras.probe import Device
from kiosk.wire.camera_address import RTSP, AddressError, check_address

WITHIN_S = 15.0
_SETUP = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}


class CameraSilent(Exception):  # noqa: N818 - a state of the world
    """It tells nothing, and why, without a login in the words."""


class Streams(NamedTuple):
    """The addresses of the largest stream and of the smallest one, "" where there is one alone."""

    model: str
    url: str
    sub_url: str


async def ask(device: Device, login: Login | None) -> Streams:
    """Raises CameraSilent."""
    import onvif
    import zeep.exceptions

    user, password = login or ("", "")  # the library knows no questions without a name
    camera = onvif.ONVIFCamera(
        device.host, device.port, user, password, no_cache=True, nat_override=True
    )
    try:
        async with asyncio.timeout(WITHIN_S):
            return await _streams(camera, device)
    except TimeoutError:
        raise CameraSilent("no answer in time") from None
    except zeep.exceptions.Fault as fault:
        raise CameraSilent(_words(fault)) from None
    except (onvif.ONVIFError, zeep.exceptions.Error, OSError, ValueError) as error:
        raise CameraSilent(type(error).__name__) from None
    finally:
        await camera.close()


async def _streams(camera: Any, device: Device) -> Streams:
    await camera.update_xaddrs()
    about = await (await camera.create_devicemgmt_service()).GetDeviceInformation()
    media = await camera.create_media_service()
    found: list[tuple[int, str]] = []
    for profile in await media.GetProfiles():
        encoder = profile.VideoEncoderConfiguration
        if encoder is None:
            continue
        question = {"StreamSetup": _SETUP, "ProfileToken": profile.token}
        uri = str((await media.GetStreamUri(question)).Uri)
        size = encoder.Resolution
        found.append((int(size.Width) * int(size.Height), _checked(uri, device)))
    if not found:
        raise CameraSilent("it has no video profile")
    found.sort()
    (_, small), (_, large) = found[0], found[-1]
    model = f"{about.Manufacturer} {about.Model}".strip()
    return Streams(model, large, small if small != large else "")


def _checked(uri: str, device: Device) -> str:
    """The address of a stream, which has to be the camera's own."""
    try:
        parts = check_address(uri, loopback=device.host.startswith("127."), schemes=RTSP)
    except AddressError as error:
        raise CameraSilent(str(error)) from None
    if parts.hostname != device.host:
        raise CameraSilent("it names a stream of another machine")
    return uri


def _words(fault: Any) -> str:
    words = str(getattr(fault, "message", "") or "a fault")
    if "authorized" in words.lower() or "authentication" in words.lower():
        return "it wants a login: --login NAME of the secrets file"
    return words[:120]
