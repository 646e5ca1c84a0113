"""Makes a browser's profile trust an authority, as installing it on the tablet does.

Chromium on Linux reads the user's NSS database, `~/.pki/nssdb`; what the `certutil` program does to
it is done here with the library itself, which Chromium brings along.
"""

import ctypes
import ctypes.util
from pathlib import Path

_SERVER_AUTHORITY = 0x10 | 0x08  # CERTDB_TRUSTED_CA and CERTDB_VALID_CA, certdb.h


class _Trust(ctypes.Structure):
    _fields_ = (("ssl", ctypes.c_uint), ("email", ctypes.c_uint), ("signing", ctypes.c_uint))


class _Item(ctypes.Structure):
    _fields_ = (("type", ctypes.c_uint), ("data", ctypes.c_char_p), ("len", ctypes.c_uint))


def find_nss() -> str | None:
    """The library, None when this machine has none."""
    return ctypes.util.find_library("nss3")


def trust(home: Path, certificate_der: bytes, name: str = "kiosk") -> None:
    """Puts the authority into this home folder's database. Raises OSError.

    To be called in a process of its own: NSS keeps its database for as long as the process lives.
    """
    folder = home / ".pki/nssdb"
    folder.mkdir(parents=True, exist_ok=True)
    library = find_nss()
    if library is None:
        raise OSError("no libnss3")
    nss = ctypes.CDLL(library)
    for function in ("CERT_GetDefaultCertDB", "CERT_NewTempCertificate", "PK11_GetInternalKeySlot"):
        getattr(nss, function).restype = ctypes.c_void_p
    _check(nss, nss.NSS_InitReadWrite(f"sql:{folder}".encode()))
    slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
    if nss.PK11_NeedUserInit(slot):
        _check(nss, nss.PK11_InitPin(slot, None, None))
    item = _Item(0, certificate_der, len(certificate_der))
    database = ctypes.c_void_p(nss.CERT_GetDefaultCertDB())
    made = ctypes.c_void_p(
        nss.CERT_NewTempCertificate(database, ctypes.byref(item), None, False, True)
    )
    if made.value is None:
        raise OSError(f"NSS error {nss.PR_GetError()}")
    _check(nss, nss.PK11_ImportCert(slot, made, ctypes.c_ulong(0), name.encode(), False))
    flags = _Trust(_SERVER_AUTHORITY, 0, 0)
    _check(nss, nss.CERT_ChangeCertTrust(database, made, ctypes.byref(flags)))
    nss.CERT_DestroyCertificate(made)
    nss.PK11_FreeSlot(slot)
    _check(nss, nss.NSS_Shutdown())


def _check(nss: ctypes.CDLL, status: int) -> None:
    if status != 0:
        raise OSError(f"NSS error {nss.PR_GetError()}")


if __name__ == "__main__":
    import sys

    trust(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes())
