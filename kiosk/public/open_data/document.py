"""The OpenAPI 3.1 document, made from the addresses and the structs that they tell."""

import asyncio
import re
from typing import Any

import msgspec
from aiohttp import web

from kiosk.public.context import CONTEXT, PublicContext
from kiosk.public.open_data import city, entities, features
from kiosk.public.open_data.endpoint import CATALOGUE_S, CSV, Endpoint, route
from kiosk.public.open_data.features import OPENAPI
from kiosk.public.open_data.geojson import Link
from kiosk.public.open_data.parameters import Everything
from kiosk.public.open_data.problems import MEDIA, Problem

EVERY: tuple[Endpoint, ...] = (*city.ENDPOINTS, *features.ENDPOINTS, *entities.ENDPOINTS)
_PLACE = "#/components/schemas/{name}"
_REFUSALS = {
    "400": "A parameter does not fit",
    "404": "Nothing public of that name",
    "429": "Too many questions: again after Retry-After seconds",
}
Schema = dict[str, Any]


class Start(msgspec.Struct, frozen=True):
    """Where to begin."""

    title: str
    licence: str
    links: tuple[Link, ...]


def start(context: PublicContext, _asked: Any) -> Start:
    name = context.city.city().name
    links = [Link(f"{context.url}/api/openapi.json", "service-desc", OPENAPI)]
    links += [
        Link(f"{context.url}{each.path}", "item", each.media[0], each.about)
        for each in EVERY
        if "{" not in each.path
    ]
    return Start(
        f"{name.ko} 공개 데이터 · Open data of {name.en}",
        "출처마다 다릅니다(licence) · as each source says (licence)",
        tuple(links),
    )


START = Endpoint(
    "/api/", "start", "Where everything is", Everything, Start, start, fresh_s=CATALOGUE_S
)


def document(context: PublicContext) -> Schema:
    """Examples are of the city that is served."""
    examples = _examples(context)
    every = (START, *EVERY)
    types = [endpoint.told for endpoint in every] + [Problem]
    schemas, components = msgspec.json.schema_components(types, ref_template=_PLACE)
    told = dict(zip([endpoint.name for endpoint in every], schemas, strict=False))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open data of a city kiosk",
            "version": "1",
            "summary": "What the mayor sees, as far as it is public",
            "description": (
                "Read only. Figures carry their time, source, licence and method; simulated ones "
                "are marked. What is not public is answered like what there is not."
            ),
        },
        "servers": [{"url": context.url}],
        "paths": {
            each.path: {"get": _operation(each, told[each.name], examples)} for each in every
        },
        "components": {"schemas": components},
    }


def _examples(context: PublicContext) -> dict[str, str]:
    """Parameters of paths -> something that there is."""
    city = context.city
    indicators, items, areas = city.indicators(), city.items(), city.areas()
    made = {"collection": "areas"}
    if indicators:
        made["indicator"] = indicators[0].id
    if items:
        made["item"] = items[0].id
    if areas:
        made["feature"] = areas[0].code
        made["entity"] = entities.urn(entities.AREA, areas[0].code)
    return made


def _operation(endpoint: Endpoint, told: Schema, examples: dict[str, str]) -> Schema:
    content = {media: {"schema": told} for media in endpoint.media}
    if endpoint.rows is not None:
        content[CSV] = {"schema": {"type": "string"}}
    refusals = {status: _refusal(about) for status, about in _REFUSALS.items()}
    refusals["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.about,
        "parameters": [*_parameters(endpoint, examples)],
        "responses": {
            "200": {
                "description": endpoint.about,
                "content": content,
                "headers": {
                    "ETag": {"schema": {"type": "string"}},
                    "Cache-Control": {"schema": {"type": "string"}},
                },
            },
            "304": {"description": "As it was (If-None-Match)"},
            **refusals,
        },
    }


def _refusal(about: str) -> Schema:
    return {
        "description": about,
        "content": {MEDIA: {"schema": {"$ref": _PLACE.format(name="Problem")}}},
    }


def _parameters(endpoint: Endpoint, examples: dict[str, str]) -> Any:
    in_path = frozenset(re.findall(r"\{(\w+)\}", endpoint.path))
    _, found = msgspec.json.schema_components((endpoint.asked,))
    schemas = found[endpoint.asked.__name__]["properties"]
    for field in msgspec.structs.fields(endpoint.asked):
        schema = dict(schemas[field.name])
        described = schema.pop("description", "")
        yield {
            "name": field.encode_name,
            "in": "path" if field.name in in_path else "query",
            "required": field.name in in_path,
            "schema": schema,
            **({"description": described} if described else {}),
            **({"example": examples[field.name]} if field.name in examples else {}),
        }


async def _send(request: web.Request) -> web.Response:
    body = msgspec.json.encode(await asyncio.to_thread(document, request.app[CONTEXT]))
    headers = {"Cache-Control": f"public, max-age={CATALOGUE_S}", "Content-Type": OPENAPI}
    return web.Response(body=body, headers=headers)


ROUTES = (route(START), web.get("/api/openapi.json", _send))
