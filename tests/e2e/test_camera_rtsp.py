"""RTSP cameras behind every kind of door, opened as the video process opens them.

The server is Debian's, see tests/helpers/rtsp_server.py for what it needs; without it these skip.
"""

import datetime as dt
import re
import socket
import subprocess
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import av
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.core.clock import SystemClock
from kiosk.settings.secrets import Secrets
from kiosk.video.address import AddressError, Gate, SourceError
from kiosk.video.source import Means, Opened, open_source
from kiosk.wire.text import Text
from tests.helpers.rtsp_doors import PASSWORD

PYTHON = Path("/usr/bin/python3")
SERVER = Path(__file__).parents[1] / "helpers" / "rtsp_doors.py"
SECRETS = Secrets({"gate": f"mayor:{PASSWORD}", "old": "mayor:of last year"})


def means(ca_file: str = "", *, loopback: bool = True) -> Means:
    return Means(Gate(loopback=loopback), SECRETS, SystemClock(), ca_file)


@contextmanager
def server(way: str, certificate: str = "") -> Iterator[int]:
    """The port of a real server; skips where there is none on this machine."""
    if not PYTHON.exists():
        pytest.skip(f"no {PYTHON} on this machine")
    command = [str(PYTHON), str(SERVER), way, certificate]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                pytest.skip("no RTSP server on this machine: see tests/helpers/rtsp_server.py")
            yield int(line)
        finally:
            process.kill()


def count(source: Opened, wanted: int) -> int:
    found = 0
    for packet in source.packets():
        found += len(packet.decode())
        if found >= wanted:
            break
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("way", "codec"), [("udp", "h264"), ("tcp", "h264"), ("hevc", "hevc")])
def test_over_tcp_and_over_udp_where_there_is_nothing_else(way: str, codec: str) -> None:
    with server(way) as port, open_source(f"rtsp://localhost:{port}/cam", means()) as source:
        assert source.codec_context.name == codec
        assert source.keeps_time
        assert count(source, 5) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("way", ["basic", "digest"])
def test_behind_a_login_of_any_letters(
    way: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with server(way) as port:
        url = f"rtsp://127.0.0.1:{port}/cam"
        with open_source(url, means(), login="gate") as source:
            assert count(source, 2) >= 2
        for login in ("old", ""):
            with pytest.raises(av.error.HTTPUnauthorizedError) as refusal:
                open_source(url, means(), login=login)
            words = "".join(traceback.format_exception(refusal.value))
            assert "mayor:" not in words
            assert "last%20year" not in words
    said = capfd.readouterr()
    told = f"{said.out}{said.err}{caplog.text}"
    for secret in (PASSWORD, quote(PASSWORD, safe=""), "of last year", "last%20year", "mayor:"):
        assert secret not in told, "the decoder's library talks"


@pytest.mark.slow
def test_encrypted_and_only_to_whom_somebody_vouches_for(tmp_path: Path) -> None:
    both, authority = certificate(tmp_path)
    with server("tls", str(both)) as port:
        with open_source(f"rtsps://localhost:{port}/cam", means(str(authority))) as source:
            assert count(source, 2) >= 2
        for host, ca_file in (("localhost", ""), ("127.0.0.1", str(authority))):
            with pytest.raises(SourceError, match="certificate"):
                open_source(f"rtsps://{host}:{port}/cam", means(ca_file))


def certificate(folder: Path) -> tuple[Path, Path]:
    """Key and certificate of localhost in one file, the certificate alone in another."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(
        encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both, authority = folder / "camera.pem", folder / "authority.pem"
    both.write_bytes(secret + made.public_bytes(encoding))
    authority.write_bytes(made.public_bytes(encoding))
    return both, authority


class Sender:
    """An RTSP camera that sends its readers on at one of its answers."""

    def __init__(self, target: str = "", at: str = "OPTIONS") -> None:
        self.target = target
        self._at = at
        self.asked: list[str] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"rtsp://127.0.0.1:{self._server.getsockname()[1]}/cam"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def __enter__(self) -> "Sender":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._server.close()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._server.accept()
                with line, suppress(ConnectionError):
                    self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        while question := line.recv(4096).decode():
            self.asked.append(question)
            number = re.search(r"CSeq: (\d+)", question)
            words = "200 OK\r\nPublic: DESCRIBE"
            if question.startswith(self._at):
                words = f"302 Found\r\nLocation: {self.target or self.url}"
            head = f"RTSP/1.0 {words}\r\nCSeq: {number[1] if number else 0}\r\n\r\n"
            line.sendall(head.encode())


@pytest.mark.slow
@pytest.mark.parametrize("at", ["OPTIONS", "DESCRIBE"])
def test_it_follows_where_a_camera_sends_it(at: str) -> None:
    with (
        server("tcp") as port,
        Sender(f"rtsp://127.0.0.1:{port}/cam", at) as sender,
        open_source(sender.url, means()) as source,
    ):
        assert count(source, 2) >= 2


def test_it_does_not_go_round_for_ever() -> None:
    with Sender() as sender:
        with pytest.raises(SourceError, match="moves on and on"):
            open_source(sender.url, means())
        assert len(sender.asked) == 8


@pytest.mark.parametrize(
    "target",
    ["rtsp://169.254.169.254/x", "http://10.0.0.1/x", "file:///etc/passwd",
     "rtsp://u:hunter2@10.0.0.1/x", "rtsp://10.0.0.1/x?multicast"],
)  # fmt: skip
def test_it_is_sent_to_cameras_only(target: str) -> None:
    with Sender(target) as sender, pytest.raises(AddressError) as refusal:
        open_source(sender.url, means())
    assert "hunter2" not in str(refusal.value)


def test_nobody_is_connected_to_before_the_address_was_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A camera outside sends to this machine: FFmpeg would follow, and is not let."""
    real = Gate.check

    def outside(self: Gate, url: str, *more: Any) -> Any:
        if "inside" in url:
            raise AddressError(Text("안", "inside"))
        return real(self, url, *more)

    monkeypatch.setattr(Gate, "check", outside)
    with Sender() as inside, Sender(inside.url + "/inside") as sender:
        with pytest.raises(AddressError):
            open_source(sender.url, means())
        assert sender.asked
        assert not inside.asked


def test_a_login_goes_to_the_first_host_alone() -> None:
    with Sender() as second, Sender(second.url) as first:
        with pytest.raises(SourceError):
            open_source(first.url, means(), login="gate")
        assert second.asked
        assert not [words for words in second.asked if "Authorization" in words]


@pytest.mark.parametrize("answer", [b"", b"\x00" * 100_000, b"RTSP/1.0 200 OK\r\n" * 9000])
def test_garbage_is_an_error_and_nothing_more(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    with line, suppress(OSError):
                        line.recv(4096)
                        line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises((SourceError, OSError, ValueError)):
            open_source(f"rtsp://127.0.0.1:{listening.getsockname()[1]}/cam", means())
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
