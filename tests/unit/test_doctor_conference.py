"""What the doctor says of the server for calls of several."""

from pathlib import Path

import pytest

from kiosk.settings import Settings
from kiosk.settings.model import CallSettings
from kiosk.tools.doctor.conference import check_conference
from kiosk.tools.doctor.machine import Machine
from tests.helpers.sfu_server import SECRET, SfuServer


def found(calls: CallSettings, answer: str = "") -> str:
    machine = Machine(settings=Settings(calls=calls), connect=lambda _host, _port: answer)
    finding = check_conference(machine)
    assert (finding.mend is None) == (finding.state == "ok")
    return f"{finding.state}: {finding.found.en}"


def test_without_one_calls_of_two_are_what_there_is() -> None:
    assert found(CallSettings()) == "ok: not set: calls of two only"


def test_one_that_does_not_answer() -> None:
    said = found(CallSettings(sfu_url="wss://sfu.city.example"), "timed out")
    assert said == "poor: sfu.city.example:443 does not answer (timed out)"


@pytest.mark.parametrize("secret", [SECRET, "another", None])
def test_a_real_one_makes_a_room_for_who_has_the_secret(tmp_path: Path, secret: str | None) -> None:
    server = SfuServer(tmp_path)
    file = tmp_path / "secret"
    if secret is not None:
        file.write_text(secret)
    try:
        said = found(CallSettings(sfu_url=server.url, sfu_secret_file=str(file)))
    finally:
        server.stop()
    if secret == SECRET:
        assert said.startswith("ok: ")
    else:
        assert said.startswith("poor: ")
        assert SECRET not in said
        assert ("Unauthorized" if secret else "sfu_secret_file") in said
