"""The server's certificate: the site's own when one was dropped in, else one from our own CA.

Files in the certificates folder: `site.pem` and `site.key` (dropped in by the installer),
`ca.pem`, `ca.key`, `leaf.pem`, `leaf.key` (made here). The CA is bound by name constraints to this
machine's names and to private addresses, so that a tablet that trusts it trusts nothing else.
"""

import datetime
import ipaddress
import os
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.core.clock import Clock
from kiosk.remote.addresses import Names, is_address
from kiosk.wire.text import Text

CA_DAYS = 3650
LEAF_DAYS = 90
RENEW_BEFORE_DAYS = 30
# A tablet whose clock is a day behind must still accept a leaf that was made this minute.
SKEW = datetime.timedelta(days=1)

PRIVATE_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
)


class Certificate(msgspec.Struct, frozen=True):
    """What the server shows; `problem` says why a dropped-in certificate was passed over.

    `authority`: our own, as DER, when it vouches for this one. `fingerprint`: of the leaf, SHA-256.
    """

    chain: Path
    key: Path
    own: bool
    not_after_ms: int
    fingerprint: str
    authority: bytes | None = None
    problem: Text | None = None


class Certificates:
    """The folder of certificates. `current` reads, renews, or makes what is needed."""

    def __init__(
        self, folder: Path, clock: Clock, site: Path | None = None, site_key: Path | None = None
    ) -> None:
        """`site` and `site_key`: the city's certificate and key, where they don't lie in the
        folder, as with a program that renews them by itself."""
        self._folder = folder
        self._clock = clock
        self._given = site is not None
        self._site_file = site or folder / "site.pem"
        self._site_key = site_key or folder / "site.key"

    def current(self, names: Names) -> Certificate:
        """The certificate to serve now. Raises OSError when the folder can't be written."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder.chmod(0o700)
        problem = None
        if self._given or self._site_file.exists():
            try:
                return self._site(self._site_file, names)
            except (ValueError, TypeError, OSError) as error:
                problem = Text(
                    f"넣어 준 인증서를 쓸 수 없어 자체 인증서를 씁니다: {error}",
                    f"{self._site_file.name} can't be used, so our own certificate serves: {error}",
                )
        return self._own(names, problem)

    def _site(self, site: Path, names: Names) -> Certificate:
        key_file = self._site_key
        leaf = x509.load_pem_x509_certificates(site.read_bytes())[0]
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if _public_bytes(key.public_key()) != _public_bytes(leaf.public_key()):
            raise ValueError(f"{key_file.name} does not belong to {site.name}")
        if leaf.not_valid_after_utc <= self._now():
            raise ValueError(f"it expired on {leaf.not_valid_after_utc:%Y-%m-%d}")
        if not _covers(leaf, (names.public,)):
            raise ValueError(f"it is not for {names.public}")
        return _certificate(site, key_file, leaf)

    def _own(self, names: Names, problem: Text | None) -> Certificate:
        authority, authority_key = self._authority(names)
        chain, key_file = self._folder / "leaf.pem", self._folder / "leaf.key"
        leaf = self._read_leaf(chain, key_file, authority)
        wanted = (*names.hosts, *names.addresses)
        near = self._now() + datetime.timedelta(days=RENEW_BEFORE_DAYS)
        if leaf is None or leaf.not_valid_after_utc <= near or not _covers(leaf, wanted):
            leaf, key = self._make_leaf(names, authority, authority_key)
            _write_private(key_file, _key_pem(key))
            _write_private(chain, _pem(leaf) + _pem(authority))
        return _certificate(chain, key_file, leaf, authority, problem)

    def _authority(self, names: Names) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        cert_file, key_file = self._folder / "ca.pem", self._folder / "ca.key"
        try:
            authority = x509.load_pem_x509_certificate(cert_file.read_bytes())
            key = serialization.load_pem_private_key(key_file.read_bytes(), None)
            leaf_end = self._now() + datetime.timedelta(days=LEAF_DAYS)
            if (
                isinstance(key, ec.EllipticCurvePrivateKey)
                and _public_bytes(key.public_key()) == _public_bytes(authority.public_key())
                and authority.not_valid_after_utc > leaf_end
                and _permits(authority, names)
            ):
                return authority, key
        except (OSError, ValueError, TypeError):
            pass  # absent or damaged: made anew below
        authority, key = self._make_authority(names)
        _write_private(key_file, _key_pem(key))
        _write_private(cert_file, _pem(authority))
        return authority, key

    def _read_leaf(
        self, chain: Path, key_file: Path, authority: x509.Certificate
    ) -> x509.Certificate | None:
        try:
            leaf = x509.load_pem_x509_certificate(chain.read_bytes())
            key = serialization.load_pem_private_key(key_file.read_bytes(), None)
            leaf.verify_directly_issued_by(authority)
        except Exception:  # whatever is wrong with it, the mend is the same: a new one
            return None
        same = _public_bytes(key.public_key()) == _public_bytes(leaf.public_key())
        return leaf if same else None

    def _make_authority(self, names: Names) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _subject(f"City kiosk {names.public}")
        permitted: list[x509.GeneralName] = [x509.DNSName(host) for host in names.hosts]
        permitted += [x509.DNSName("local"), x509.DNSName("localhost")]
        networks = [ipaddress.ip_network(network) for network in PRIVATE_NETWORKS]
        networks += [
            ipaddress.ip_network(address)
            for address in names.addresses
            if not any(ipaddress.ip_address(address) in network for network in networks)
        ]
        permitted += [x509.IPAddress(network) for network in networks]
        builder = (
            self._builder(subject, subject, key.public_key(), CA_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
        )
        return builder.sign(key, hashes.SHA256()), key

    def _make_leaf(
        self, names: Names, authority: x509.Certificate, authority_key: ec.EllipticCurvePrivateKey
    ) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        key = ec.generate_private_key(ec.SECP256R1())
        alternatives: list[x509.GeneralName] = [x509.DNSName(host) for host in names.hosts]
        alternatives += [x509.IPAddress(ipaddress.ip_address(a)) for a in names.addresses]
        builder = (
            self._builder(_subject(names.public), authority.subject, key.public_key(), LEAF_DAYS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
                critical=False,
            )
        )
        return builder.sign(authority_key, hashes.SHA256()), key

    def _builder(
        self, subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now() - SKEW)
            .not_valid_after(self._now() + datetime.timedelta(days=days))
        )

    def _now(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self._clock.now_ms() / 1000, datetime.UTC)


def _certificate(
    chain: Path,
    key: Path,
    leaf: x509.Certificate,
    authority: x509.Certificate | None = None,
    problem: Text | None = None,
) -> Certificate:
    der = authority.public_bytes(serialization.Encoding.DER) if authority is not None else None
    return Certificate(
        chain=chain,
        key=key,
        own=authority is not None,
        authority=der,
        not_after_ms=int(leaf.not_valid_after_utc.timestamp() * 1000),
        fingerprint=leaf.fingerprint(hashes.SHA256()).hex(),
        problem=problem,
    )


def _covers(leaf: x509.Certificate, wanted: tuple[str, ...]) -> bool:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    held = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    held |= {host.lower() for host in names.get_values_for_type(x509.DNSName)}
    return all(
        name in held or (not is_address(name) and f"*.{name.partition('.')[2]}" in held)
        for name in wanted
    )


def _permits(authority: x509.Certificate, names: Names) -> bool:
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    trees = constraints.permitted_subtrees or []
    domains = [tree.value for tree in trees if isinstance(tree, x509.DNSName)]
    networks = [tree.value for tree in trees if isinstance(tree, x509.IPAddress)]
    return all(
        any(host == domain or host.endswith(f".{domain}") for domain in domains)
        for host in names.hosts
    ) and all(
        any(
            ipaddress.ip_address(address) in network
            for network in networks
            if isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network)
        )
        for address in names.addresses
    )


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _public_bytes(key: object) -> bytes:
    encoded = key.public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return bytes(encoded)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write_private(file: Path, content: bytes) -> None:
    """Writes the whole file or nothing, readable by this user only."""
    fresh = file.with_suffix(file.suffix + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
