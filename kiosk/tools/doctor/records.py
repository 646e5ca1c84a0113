"""What the kiosk has written down."""

from sqlalchemy.exc import DBAPIError

from kiosk.cache.chain import verify_file
from kiosk.cache.files import LEDGER
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.doctor.resources import data_folder
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

AUDIT = Check("audit", Text("감사 기록", "Audit log"))


def check_audit(machine: Machine) -> Finding:
    ledger = data_folder(machine) / LEDGER
    mend = Text(
        "./kiosk.sh audit check 로 자세히 보고, 백업한 원장과 견주십시오.",
        "See ./kiosk.sh audit check, and compare with a copy of the ledger.",
    )
    try:
        verdict = verify_file(ledger)
    except FileNotFoundError:
        return AUDIT.ok("아직 없음", "none yet")
    except DBAPIError as error:
        return AUDIT.fail(Text(f"{ledger}: {error.orig}", f"{ledger}: {error.orig}"), mend)
    if verdict.wrong:
        return AUDIT.fail(Text(f"고쳐졌거나 잘림: {verdict.wrong[0]}", verdict.wrong[0]), mend)
    count, breaks = verdict.head.count, len(verdict.breaks)
    if breaks:
        return AUDIT.poor(
            Text(f"{count}건, {breaks}번 끊김", f"{count} records, the chain broke {breaks} times"),
            mend,
        )
    return AUDIT.ok(f"{count}건, 사슬이 온전함", f"{count} records, the chain is whole")


CHECKS = (check_audit,)
