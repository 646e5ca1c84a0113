"""The city backend and the tablets' address."""

from urllib.parse import urlsplit

from kiosk.remote.addresses import is_address, names_of
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

BACKEND = Check("backend", Text("시 백엔드", "City backend"))
TABLETS = Check("tablets", Text("태블릿", "Tablets"))


def check_backend(machine: Machine) -> Finding:
    address = machine.settings.backend.url
    if not address:
        return BACKEND.ok("내장 백엔드를 씀", "the embedded one is used")
    url = urlsplit(address)
    host, port = url.hostname or "", url.port or (443 if url.scheme == "https" else 80)
    reason = machine.connect(host, port)
    if not reason:
        return BACKEND.ok(f"{host}:{port} 응답함", f"{host}:{port} answers")
    return BACKEND.poor(
        Text(f"{host}:{port} 응답 없음 ({reason})", f"{host}:{port} does not answer ({reason})"),
        Text(
            "네트워크와 backend.url 설정을 확인하십시오. 그동안 저장된 값을 나이와 함께 보입니다.",
            "Check the network and the setting backend.url; stored values show their age.",
        ),
    )


def check_tablets(machine: Machine) -> Finding:
    remote = machine.settings.remote
    if not remote.enabled:
        return TABLETS.ok("설정에서 끔", "turned off in the settings")
    names = names_of(remote)
    if not names.on_lan:
        return TABLETS.poor(
            Text("이 기계에 네트워크 주소가 없음", "this machine has no address on a network"),
            Text("네트워크 케이블이나 무선을 연결하십시오.", "Connect a network cable or Wi-Fi."),
        )
    where = f"https://{names.public}:{remote.port}"
    if remote.port and not machine.can_listen(remote.host, remote.port):
        return TABLETS.poor(
            Text(f"{where}: 포트가 이미 쓰이는 중", f"{where}: the port is in use"),
            Text(
                "키오스크가 이미 돌고 있지 않다면 remote.port 를 바꾸십시오.",
                "Unless the kiosk is already running, change the setting remote.port.",
            ),
        )
    if remote.name and not is_address(remote.name) and not _announced(machine):
        return TABLETS.poor(
            Text(f"{remote.name} 을 알리는 이가 없음", f"nobody announces {remote.name}"),
            Text("avahi-daemon 을 설치하십시오.", "Install avahi-daemon, or name it in the DNS."),
        )
    return TABLETS.ok(where, where)


def _announced(machine: Machine) -> bool:
    name = machine.settings.remote.name
    return not name.endswith(".local") or machine.at("/run/avahi-daemon/socket").exists()


CHECKS = (check_backend, check_tablets)
