"""Certificates: made, kept, renewed, bound by constraints, and passed over when broken."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.core.clock import ManualClock
from kiosk.remote.addresses import Names, names_of
from kiosk.remote.certificates import LEAF_DAYS, RENEW_BEFORE_DAYS, Certificates
from kiosk.settings.model import RemoteSettings

DAY_MS = 86_400_000
NAMES = Names(public="kiosk.local", hosts=("kiosk.local",), addresses=("127.0.0.1", "10.0.0.7"))


@pytest.fixture
def real_time() -> ManualClock:
    """A clock that starts now, because TLS compares with the machine's own."""
    return ManualClock(time.time_ns() // 1_000_000)


def test_kept_between_starts_and_private(tmp_path: Path, real_time: ManualClock) -> None:
    folder = tmp_path / "certificates"
    first = Certificates(folder, real_time).current(NAMES)
    again = Certificates(folder, real_time).current(NAMES)
    assert first == again
    assert first.own
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name for file in folder.iterdir()} == {"ca.key", "ca.pem", "leaf.key", "leaf.pem"}
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file


def test_renewed_before_it_ends_under_the_same_authority(
    tmp_path: Path, real_time: ManualClock
) -> None:
    store = Certificates(tmp_path, real_time)
    first = store.current(NAMES)
    authority = (tmp_path / "ca.pem").read_bytes()
    real_time.advance((LEAF_DAYS - RENEW_BEFORE_DAYS - 1) * DAY_MS)
    assert store.current(NAMES) == first
    real_time.advance(2 * DAY_MS)
    renewed = store.current(NAMES)
    assert renewed.fingerprint != first.fingerprint
    assert renewed.not_after_ms > first.not_after_ms
    assert (tmp_path / "ca.pem").read_bytes() == authority


def test_a_new_address_gets_a_new_leaf_and_a_foreign_one_a_new_authority(
    tmp_path: Path, real_time: ManualClock
) -> None:
    store = Certificates(tmp_path, real_time)
    first = store.current(NAMES)
    authority = (tmp_path / "ca.pem").read_bytes()
    moved = Names("kiosk.local", ("kiosk.local",), ("127.0.0.1", "10.0.0.8"))
    assert store.current(moved).fingerprint != first.fingerprint
    assert (tmp_path / "ca.pem").read_bytes() == authority
    public = Names("kiosk.local", ("kiosk.local",), ("127.0.0.1", "203.0.113.5"))
    store.current(public)
    assert (tmp_path / "ca.pem").read_bytes() != authority


@pytest.mark.parametrize("victim", ["ca.pem", "ca.key", "leaf.pem", "leaf.key"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, real_time: ManualClock, victim: str) -> None:
    store = Certificates(tmp_path, real_time)
    store.current(NAMES)
    (tmp_path / victim).write_bytes(b"-----BEGIN NONSENSE")
    found = store.current(NAMES)
    assert _handshake(found.chain, found.key, tmp_path / "ca.pem", "kiosk.local") is None


def test_the_authority_may_not_sign_for_the_rest_of_the_world(
    tmp_path: Path, real_time: ManualClock
) -> None:
    store = Certificates(tmp_path, real_time)
    good = store.current(NAMES)
    authority = tmp_path / "ca.pem"
    assert _handshake(good.chain, good.key, authority, "kiosk.local") is None
    assert _handshake(good.chain, good.key, authority, "10.0.0.7") is None
    for name in ("bank.example", "203.0.113.9"):
        chain, key = _forge(tmp_path, name)
        complaint = _handshake(chain, key, authority, name)
        assert complaint is not None
        assert "permitted subtree violation" in complaint


def test_a_dropped_in_certificate_serves_and_a_bad_one_says_why(
    tmp_path: Path, real_time: ManualClock
) -> None:
    store = Certificates(tmp_path, real_time)
    store.current(NAMES)
    chain, key = _forge(tmp_path, "kiosk.local")
    (tmp_path / "site.pem").write_bytes(chain.read_bytes())
    absent = store.current(NAMES)
    assert absent.own
    assert absent.problem is not None
    assert "site.key" in absent.problem.en
    (tmp_path / "site.key").write_bytes(key.read_bytes())
    site = store.current(NAMES)
    assert (site.own, site.problem, site.chain) == (False, None, tmp_path / "site.pem")
    elsewhere = store.current(Names("other.local", ("other.local",), ("127.0.0.1",)))
    assert elsewhere.own
    assert elsewhere.problem is not None
    assert "other.local" in elsewhere.problem.en
    real_time.advance(20 * DAY_MS)
    expired = store.current(NAMES)
    assert expired.own
    assert expired.problem is not None
    assert "expired" in expired.problem.en
    (tmp_path / "site.pem").write_bytes(b"nonsense")
    assert store.current(NAMES).own


def test_a_folder_that_cannot_be_made_is_an_os_error(
    tmp_path: Path, real_time: ManualClock
) -> None:
    (tmp_path / "certificates").write_bytes(b"a file in the way")
    with pytest.raises(OSError, match="certificates"):
        Certificates(tmp_path / "certificates", real_time).current(NAMES)


class TestNames:
    def test_loopback_only(self) -> None:
        names = names_of(RemoteSettings(host="127.0.0.1"))
        assert names == Names("127.0.0.1", ("localhost",), ("127.0.0.1",))
        assert not names.on_lan

    def test_a_given_name_goes_in_the_qr_code(self) -> None:
        names = names_of(RemoteSettings(host="0.0.0.0", name="Kiosk.Local"))
        assert names.public == "kiosk.local"
        assert names.hosts[0] == "kiosk.local"
        assert "127.0.0.1" in names.addresses

    def test_a_given_address_too(self) -> None:
        names = names_of(RemoteSettings(host="0.0.0.0", name="192.168.7.7"))
        assert names.public == "192.168.7.7"
        assert "192.168.7.7" in names.addresses
        assert names.on_lan

    @pytest.mark.parametrize(
        ("host", "good"),
        [
            ("kiosk.local:8443", True),
            ("KIOSK.local:8443", True),
            ("127.0.0.1:8443", True),
            ("kiosk.local", False),
            ("kiosk.local:8444", False),
            ("evil.example:8443", False),
            ("kiosk.local.evil.example:8443", False),
            ("evil.example@kiosk.local:8443", False),
            ("", False),
            (":8443", False),
            ("kiosk.local:８４４３", False),
            ("127.0.0.2:8443", False),
        ],
    )
    def test_host_header(self, host: str, good: bool) -> None:
        assert NAMES.allows(host, 8443) is good

    def test_the_default_port_is_not_written(self) -> None:
        assert NAMES.allows("kiosk.local", 443)
        assert NAMES.allows("kiosk.local:443", 443)


def _forge(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for any name under our authority, as a thief of its key would make it."""
    authority = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    signer = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    general: x509.GeneralName = (
        x509.IPAddress(ipaddress.ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    )
    leaf = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=10))
        .add_extension(x509.SubjectAlternativeName([general]), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
    chain, key_file = folder / f"forged-{name}.pem", folder / f"forged-{name}.key"
    chain.write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, key_file


def _handshake(chain: Path, key: Path, authority: Path, name: str) -> str | None:
    """A real TLS handshake against this certificate: None when trusted, else the complaint."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, key)
    client = ssl.create_default_context(cafile=str(authority))
    near, far = socket.socketpair()

    def serve() -> None:
        try:
            server.wrap_socket(far, server_side=True).close()
        except OSError:
            far.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        client.wrap_socket(near, server_hostname=name).close()
    except ssl.SSLError as error:
        return str(error)
    finally:
        near.close()
        thread.join(5)
    return None
