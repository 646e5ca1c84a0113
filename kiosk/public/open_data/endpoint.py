"""An address of the open data as data: its path, what may be asked, what is told.

Routes, the checks of what is asked and the OpenAPI document are all made from these declarations.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from kiosk.public.context import CONTEXT, PublicContext
from kiosk.public.open_data.problems import Refused, answer
from kiosk.public.open_data.tables import table_of
from kiosk.wire.text import Text

FIGURES_S = 15
CATALOGUE_S = 60
"""How long an answer may be kept by whoever stands in front: what is taken back from the public is
gone there, too, by then."""
JSON = "application/json"
CSV = "text/csv"
_AT = re.compile(r" - at `\$\.?([^`]*)`$")


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of what may be asked: each field is a parameter of the path or of the query."""


class Told(msgspec.Struct, frozen=True):
    """An answer: what is told, with headers that belong to it."""

    value: Any
    headers: Mapping[str, str] = {}


class Endpoint(msgspec.Struct, frozen=True):
    """One address. `read` gives an answer of the type `told`, or raises Refused; it may take its
    time. `rows`: what of an answer a table has, where there is one (`format=csv`). `media` are the
    types that it is told as: the second one to whoever accepts it by name.
    """

    path: str
    name: str
    about: str
    asked: type[Asked]
    told: Any
    read: Callable[[PublicContext, Any], Any]
    rows: Callable[[Any], Any] | None = None
    media: tuple[str, ...] = (JSON,)
    fresh_s: int = FIGURES_S

    @property
    def formats(self) -> tuple[str, ...]:
        return (*self.media, CSV) if self.rows else self.media


def route(endpoint: Endpoint) -> web.RouteDef:
    return web.get(endpoint.path, _answering(endpoint))


def _answering(endpoint: Endpoint) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        try:
            asked = _asked(endpoint, request)
            told = await asyncio.to_thread(endpoint.read, request.app[CONTEXT], asked)
            return await asyncio.to_thread(_sent, endpoint, request, asked, told)
        except Refused as refused:
            return answer(refused, request.path)

    return handle


def _asked(endpoint: Endpoint, request: web.Request) -> Asked:
    """Raises Refused for what is not a parameter here, is there twice, or does not fit."""
    given: dict[str, str] = dict(request.match_info)
    known = {field.encode_name for field in msgspec.structs.fields(endpoint.asked)}
    for name, value in request.query.items():
        if name in given or name not in known:
            allowed = ", ".join(sorted(known - set(request.match_info))) or "-"
            raise Refused(
                400,
                Text(
                    f"‘{name}’: 없거나 두 번 쓴 매개변수입니다. 쓸 수 있는 것: {allowed}",
                    f"“{name}” is no parameter here, or stands twice. Possible: {allowed}",
                ),
            )
        given[name] = value
    try:
        return msgspec.convert(given, endpoint.asked, strict=False)
    except msgspec.ValidationError as error:
        message = str(error)
        found = _AT.search(message)
        where = found.group(1) if found else ""
        why = _AT.sub("", message)
        raise Refused(
            400,
            Text(f"매개변수 ‘{where}’이(가) 맞지 않습니다: {why}", f"Parameter “{where}”: {why}"),
        ) from error


def _sent(endpoint: Endpoint, request: web.Request, asked: Asked, told: Any) -> web.Response:
    headers = {"Cache-Control": f"public, max-age={endpoint.fresh_s}"}
    if isinstance(told, Told):
        headers |= told.headers
        told = told.value
    if endpoint.rows is not None and getattr(asked, "format", "json") == "csv":
        name = request.path.strip("/").replace("/", "-")
        headers["Content-Disposition"] = f'attachment; filename="{_plain(name)}.csv"'
        headers["Content-Type"] = f"{CSV}; charset=utf-8"
        return web.Response(body=table_of(endpoint.rows(told)), headers=headers)
    headers["Content-Type"] = endpoint.media[0]
    if len(endpoint.media) > 1:
        headers["Vary"] = "Accept"
        if endpoint.media[1] in request.headers.get("Accept", ""):
            headers["Content-Type"] = endpoint.media[1]
    return web.Response(body=msgspec.json.encode(told), headers=headers)


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)
