"""The app shell: static files that say nothing of the city, in memory, served by exact name."""

import hashlib
import mimetypes
from pathlib import Path
from typing import Any

import msgspec

ASSETS = Path(__file__).parents[2] / "assets"
AUTHORITY_PATH = "/ca.crt"
WORKER_PATH = "/worker.js"
FONTS = ("Pretendard-Medium", "Pretendard-SemiBold", "Pretendard-Bold")

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


class ShellFile(msgspec.Struct, frozen=True):
    body: bytes
    content_type: str
    etag: str


def read_shell(assets: Path = ASSETS) -> dict[str, ShellFile]:
    """Every path that the server knows, and its file: nothing else can be asked for."""
    root = assets / "remote"
    files = {
        "/" + file.relative_to(root).as_posix(): _file(file.read_bytes(), file.suffix)
        for file in sorted(root.rglob("*"))
        if file.is_file() and file.suffix in _TYPES
    }
    files["/"] = files.pop("/index.html")
    files["/trust"] = files.pop("/trust.html")
    tokens = msgspec.json.decode((assets / "style" / "tokens.json").read_bytes())
    files["/tokens.css"] = _file(tokens_css(tokens).encode(), ".css")
    for font in FONTS:
        file = assets / "fonts" / f"{font}.otf"
        files[f"/fonts/{font}.otf"] = _file(file.read_bytes(), ".otf")
    worker = files.pop(WORKER_PATH)
    files[WORKER_PATH] = _file(_kept(files) + worker.body, ".js")
    return files


def authority_file(certificate_der: bytes) -> ShellFile:
    """The kiosk's own authority, as Android installs it."""
    etag = hashlib.sha256(certificate_der).hexdigest()[:24]
    return ShellFile(certificate_der, "application/x-x509-ca-cert", etag)


def _kept(files: dict[str, ShellFile]) -> bytes:
    """What the service worker keeps for the time without a wall: a new state of any file is
    another worker, which the browser notices by itself."""
    state = hashlib.sha256("".join(f"{path}{f.etag}" for path, f in files.items()).encode())
    paths = msgspec.json.encode(list(files)).decode()
    return f'const VERSION = "{state.hexdigest()[:24]}";\nconst FILES = {paths};\n'.encode()


def tokens_css(tokens: dict[str, Any]) -> str:
    """The wall's tokens as CSS variables, one block a theme: `--surface-2`, `--accent-fill`."""
    color = tokens["color"]
    dark = _flat(color["dark"])
    contrast = {**dark, **_flat(color["highContrast"]["override"])}
    scale = {f"type-{k}": f"{v}px" for k, v in tokens["type"]["tablet_px"].items()}
    shared = {
        **scale,
        "radius": f"{tokens['radius']['surface']}px",
        "camera-bar": tokens["camera"]["captionBar"],
        "camera-text": tokens["camera"]["captionText"],
        "camera-state": tokens["camera"]["captionState"],
    }
    return "".join(
        _rule(selector, values)
        for selector, values in (
            (":root", {**shared, **dark}),
            (':root[data-theme="light"]', _flat(color["light"])),
            (':root[data-theme="high-contrast"]', contrast),
        )
    )


def _flat(values: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in values.items():
        key = f"{prefix}{name}".replace(".", "-")
        if name.startswith("_") or value is None:
            continue
        if isinstance(value, dict):
            found |= _flat(value, f"{key}-")
        elif isinstance(value, list):
            found |= {f"{key}-{index}": str(item) for index, item in enumerate(value)}
        else:
            found[key] = str(value)
    return found


def _rule(selector: str, values: dict[str, str]) -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in values.items())
    return f"{selector} {{\n{lines}}}\n"


def _file(body: bytes, suffix: str) -> ShellFile:
    kind = _TYPES.get(suffix) or mimetypes.types_map[suffix]
    return ShellFile(body, kind, hashlib.sha256(body).hexdigest()[:24])
