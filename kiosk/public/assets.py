"""Files that every page loads, in memory and served by exact name. An address carries the state of
its file, so that a browser asks for each state once."""

import hashlib
from pathlib import Path

import msgspec
from aiohttp import web

from kiosk.public.look import stylesheet

ASSETS = Path(__file__).parents[2] / "assets"
FOLDER = ASSETS / "public"
FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".otf": "font/otf",
    ".webmanifest": "application/manifest+json",
}


class Asset(msgspec.Struct, frozen=True):
    body: bytes
    content_type: str
    state: str


def read_assets(folder: Path = FOLDER) -> dict[str, Asset]:
    """Every file that may be asked for, by its name in an address."""
    found = {
        file.name: _asset(file.read_bytes(), file.suffix)
        for file in sorted(folder.iterdir())
        if file.suffix in TYPES and file.name != "style.css"
    }
    fonts = {
        file.name: _asset(file.read_bytes(), file.suffix)
        for file in sorted((folder / "fonts").glob("*.woff2"))
    }
    fonted = {name: address(name, asset) for name, asset in fonts.items()}
    style = stylesheet((folder / "style.css").read_text("utf-8"), fonted)
    return {**found, **fonts, "style.css": _asset(style.encode(), ".css")}


def address(name: str, asset: Asset) -> str:
    return f"/assets/{name}?v={asset.state}"


def _asset(body: bytes, suffix: str) -> Asset:
    return Asset(body, TYPES[suffix], hashlib.sha256(body).hexdigest()[:12])


FILES = read_assets()


def link(name: str) -> str:
    """Address of a file. Raises KeyError (a bug) when there is none."""
    return address(name, FILES[name])


async def serve(request: web.Request) -> web.Response:
    file = FILES.get(request.match_info["name"])
    if file is None:
        raise web.HTTPNotFound
    headers = {
        "Cache-Control": FOREVER if request.query.get("v") == file.state else A_DAY,
        "Content-Type": file.content_type,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return web.Response(body=file.body, headers=headers)


ROUTES = (web.get("/assets/{name}", serve),)
