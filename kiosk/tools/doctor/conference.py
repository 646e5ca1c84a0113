"""The server for calls of several: whether it answers, and makes a room for this wall."""

import asyncio
from urllib.parse import urlsplit

from kiosk.remote.rooms import address_of, local_address
from kiosk.remote.sfu import SfuError
from kiosk.settings.model import CallSettings
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

CONFERENCE = Check("conference", Text("회의 서버", "Conference server"))


def check_conference(machine: Machine) -> Finding:
    settings = machine.settings.calls
    if not settings.sfu_url:
        return CONFERENCE.ok("설정 안 함: 두 사람의 통화만", "not set: calls of two only")
    url = urlsplit(settings.sfu_url)
    host, port = url.hostname or "", url.port or (443 if url.scheme == "wss" else 80)
    where = f"{host}:{port}"
    reason = machine.connect(host, port)
    if reason:
        return CONFERENCE.poor(
            Text(f"{where} 응답 없음 ({reason})", f"{where} does not answer ({reason})"),
            Text(
                "서버와 네트워크, calls.sfu_url 을 확인하십시오. 두 사람의 통화는 됩니다.",
                "Check the server, the network and calls.sfu_url. Calls of two work without it.",
            ),
        )
    refused = asyncio.run(_without_room(settings))
    if refused:
        return CONFERENCE.poor(
            Text(f"{where}: 방을 만들지 못함 ({refused})", f"{where}: no room ({refused})"),
            Text(
                "calls.sfu_secret_file, sfu_ca_file, sfu_address 와 VideoRoom 을 확인하십시오.",
                "Check calls.sfu_secret_file, sfu_ca_file, sfu_address and its VideoRoom.",
            ),
        )
    return CONFERENCE.ok(f"{where}, 방을 만들었다가 닫음", f"{where} made a room and closed it")


async def _without_room(settings: CallSettings) -> str:
    """Why no room could be made, empty when one was."""
    from kiosk.remote.janus import place_of  # late: aiohttp, which the screens must not load

    place = place_of(settings)
    assert place is not None
    try:
        local_address(await address_of(place.host))
        room = place.make()
        await room.open()
        await room.close()
    except (SfuError, OSError) as error:
        return str(error)
    return ""


CHECKS = (check_conference,)
