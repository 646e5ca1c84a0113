"""The certificate that tablets see: looked at, never made or renewed here."""

import datetime
from pathlib import Path

from cryptography import x509

from kiosk.tools.doctor.machine import Machine
from kiosk.tools.doctor.resources import data_folder
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

CERTIFICATE = Check("certificate", Text("인증서", "Certificate"))
FOLDER = "certificates"
SOON_DAYS = 21
OWN_SOON_DAYS = 1
"""Our own is renewed by itself a month before its end, a site's by whoever gave it."""

RENEW = Text(
    "시의 인증서를 새로 받아 remote.certificate 와 remote.key 의 파일을 바꾸십시오. 다시 시작할 "
    "필요는 없습니다.",
    "Get a new one from the city and replace the files remote.certificate and "
    "remote.key; no restart"
    " restart is needed.",
)


def check_certificate(machine: Machine) -> Finding:
    remote = machine.settings.remote
    if not remote.enabled:
        return CERTIFICATE.ok("태블릿을 쓰지 않음", "tablets are turned off")
    folder = data_folder(machine) / FOLDER
    site = Path(remote.certificate) if remote.certificate else folder / "site.pem"
    own = folder / "leaf.pem"
    if site.exists() or remote.certificate:
        return _look(machine, site, SOON_DAYS)
    if own.exists():
        return _look(machine, own, OWN_SOON_DAYS)
    return CERTIFICATE.ok(
        "첫 시작 때 자체 인증서를 만듦", "the kiosk makes one of its own at its first start"
    )


def _look(machine: Machine, file: Path, soon_days: int) -> Finding:
    try:
        leaf = x509.load_pem_x509_certificates(file.read_bytes())[0]
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        return CERTIFICATE.fail(
            Text(f"{file.name} 을 읽을 수 없음: {reason}", f"{file.name} can't be read: {reason}"),
            RENEW,
        )
    now = datetime.datetime.fromtimestamp(machine.wall_s(), datetime.UTC)
    left = (leaf.not_valid_after_utc - now).days
    found = Text(
        f"{file.name}, {leaf.not_valid_after_utc:%Y-%m-%d} 까지 ({left}일)",
        f"{file.name}, until {leaf.not_valid_after_utc:%Y-%m-%d} ({left} days)",
    )
    if leaf.not_valid_before_utc > now:
        mend = Text("기계의 시계를 맞추십시오.", "Set this machine's clock.")
        return CERTIFICATE.fail(Text(f"{found.ko}: 아직 아님", f"{found.en}: not yet"), mend)
    if left < 0:
        return CERTIFICATE.fail(Text(f"{found.ko}: 끝남", f"{found.en}: expired"), RENEW)
    return (
        CERTIFICATE.poor(found, RENEW) if left < soon_days else CERTIFICATE.ok(found.ko, found.en)
    )


CHECKS = (check_certificate,)
