"""The city's systems and cameras as they are declared, and the keys that they need. Nothing is
asked of them: `./kiosk.sh sources check` and `./kiosk.sh cameras check` do that."""

from kiosk.backend.check import check_city
from kiosk.backend.register import load_declared, sources_dirs
from kiosk.backend.site_cameras import load_site_cameras
from kiosk.settings import SettingsError
from kiosk.settings.secrets import Secrets, secrets_file
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

SOURCES = Check("sources", Text("도시 시스템", "City's systems"))
CAMERAS = Check("city-cameras", Text("도시 카메라", "City's cameras"))
FEW = 4  # names that are told


def check_sources(machine: Machine) -> Finding:
    settings = machine.settings
    if settings.backend.url:
        return SOURCES.ok("시 백엔드가 맡음", "the city's backend looks after them")
    try:
        check_city(settings)
        declared = load_declared(sources_dirs(settings))
        secrets = Secrets.load(secrets_file(settings.backend.secrets))
    except SettingsError as error:
        return _wrong(SOURCES, error)
    reached = [one for one in declared if one.address]
    lacking = sorted({one.key for one in reached if one.key and one.key not in secrets})
    if not lacking:
        return SOURCES.ok(f"{len(reached)}개", f"{len(reached)}")
    some = ", ".join(lacking[:FEW]) + (" …" if len(lacking) > FEW else "")
    without = sum(bool(one.key) and one.key not in secrets for one in reached)
    return SOURCES.poor(
        Text(
            f"{len(reached)}개 중 {without}개는 키가 없어 쉼: {some}",
            f"{without} of {len(reached)} rest, for want of a key: {some}",
        ),
        Text(
            "backend.secrets 파일에 키를 적고(권한 600) ./kiosk.sh sources check 로 확인하십시오.",
            "Write the keys into the file backend.secrets (mode 600); see ./kiosk.sh "
            "sources check.",
        ),
    )


def check_cameras(machine: Machine) -> Finding:
    settings = machine.settings
    try:
        listed = load_site_cameras(settings)
        secrets = Secrets.load(secrets_file(settings.backend.secrets))
    except SettingsError as error:
        return _wrong(CAMERAS, error)
    lacking = sorted({one.login for one in listed if one.login and one.login not in secrets})
    if lacking:
        some = ", ".join(lacking[:FEW])
        return CAMERAS.poor(
            Text(f"로그인 없음: {some}", f"without a login: {some}"),
            Text(
                "backend.secrets 파일에 '이름 = \"사용자:암호\"'로 적으십시오.",
                'Write them into the file backend.secrets, as NAME = "user:password".',
            ),
        )
    if not listed:
        demo = settings.city.demo and settings.demo.cameras
        ko, en = (f"시연 {demo}대", f"{demo} of the demonstration") if demo else ("없음", "none")
        return CAMERAS.ok(f"현장 목록 없음, {ko}", f"no list of the site's own, {en}")
    return CAMERAS.ok(f"현장 목록에 {len(listed)}대", f"{len(listed)} in the site's list")


def _wrong(check: Check, error: SettingsError) -> Finding:
    where = f"{error.file}: {error.field}"
    mend = Text(
        f"고치십시오. 기대한 것: {error.expected}", f"Correct it. Expected: {error.expected}"
    )
    return check.fail(Text(where, where), mend)


CHECKS = (check_sources, check_cameras)
