"""A double of an NGSI-LD broker, as far as ETSI GS CIM 009 says for entities and subscriptions.

None is packaged for these tests (Orion-LD, Scorpio and Stellio are servers of their own).
"""

import itertools
from typing import Any

import aiohttp
from aiohttp import web

ERRORS = "https://uri.etsi.org/ngsi-ld/errors/"
JSON_LD = "application/ld+json"
LIMIT, LARGEST_LIMIT = 20, 1000


class Hub:
    """Entities and subscriptions in memory. With `token`, only who sends it in X-Auth-Token."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self._numbers = itertools.count(1)
        self.entities: dict[str, dict[str, Any]] = {}
        self.subscriptions: dict[str, dict[str, Any]] = {}
        self.contexts: set[str] = set()
        self.delivered: list[int] = []

    def put(self, entity: dict[str, Any]) -> None:
        """Without telling anybody."""
        self.entities[entity["id"]] = entity

    async def change(self, entity: dict[str, Any]) -> None:
        """Puts the entity and notifies every subscription to its type."""
        self.put(entity)
        for subscription in list(self.subscriptions.values()):
            if any(each["type"] == entity["type"] for each in subscription["entities"]):
                await self._notify(subscription, [entity])

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/ngsi-ld/v1/entities", self._list)
        app.router.add_post("/ngsi-ld/v1/subscriptions", self._subscribe)
        app.router.add_get("/ngsi-ld/v1/subscriptions/{id}", self._tell)
        app.router.add_patch("/ngsi-ld/v1/subscriptions/{id}", self._renew)
        app.router.add_delete("/ngsi-ld/v1/subscriptions/{id}", self._remove)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self.token and request.headers.get("X-Auth-Token") != self.token:
            return _problem(401, "BadRequestData", "no token")
        response: web.StreamResponse = await handler(request)
        return response

    async def _list(self, request: web.Request) -> web.Response:
        query = request.query
        if not {"id", "type", "attrs", "q", "georel"} & query.keys():
            return _problem(400, "BadRequestData", "neither type nor id nor attrs")
        limit, offset = int(query.get("limit", LIMIT)), int(query.get("offset", 0))
        if limit > LARGEST_LIMIT:
            return _problem(403, "TooManyResults", "limit")
        if "Link" in request.headers:
            self.contexts.add(request.headers["Link"])
        found = [each for each in self.entities.values() if each["type"] == query.get("type")]
        page = found[offset : offset + limit]
        if "keyValues" in query.get("options", ""):
            page = [_plain(entity) for entity in page]
        return web.json_response(page, headers={"NGSILD-Results-Count": str(len(found))})

    async def _subscribe(self, request: web.Request) -> web.Response:
        body = await request.json()
        linked = request.content_type == "application/json"
        if linked == ("@context" in body):  # either in a Link header or in the body
            return _problem(400, "BadRequestData", "@context")
        if body.get("type") != "Subscription" or not body.get("entities"):
            return _problem(400, "BadRequestData", "no subscription")
        if not body.get("notification", {}).get("endpoint", {}).get("uri"):
            return _problem(400, "BadRequestData", "no endpoint")
        identity = body.get("id") or f"urn:ngsi-ld:Subscription:{next(self._numbers)}"
        if identity in self.subscriptions:
            return _problem(409, "AlreadyExists", identity)
        self.subscriptions[identity] = {**body, "id": identity, "status": "active"}
        place = f"/ngsi-ld/v1/subscriptions/{identity}"
        return web.Response(status=201, headers={"Location": place})

    async def _tell(self, request: web.Request) -> web.Response:
        found = self.subscriptions.get(request.match_info["id"])
        return web.json_response(found) if found else _problem(404, "ResourceNotFound", "id")

    async def _renew(self, request: web.Request) -> web.Response:
        found = self.subscriptions.get(request.match_info["id"])
        if found is None:
            return _problem(404, "ResourceNotFound", "id")
        found.update(await request.json())
        return web.Response(status=204)

    async def _remove(self, request: web.Request) -> web.Response:
        found = self.subscriptions.pop(request.match_info["id"], None)
        return web.Response(status=204) if found else _problem(404, "ResourceNotFound", "id")

    async def _notify(self, subscription: dict[str, Any], data: list[dict[str, Any]]) -> None:
        endpoint = subscription["notification"]["endpoint"]
        sent = {pair["key"]: pair["value"] for pair in endpoint.get("receiverInfo", [])}
        body = {
            "id": f"urn:ngsi-ld:Notification:{next(self._numbers)}",
            "type": "Notification",
            "subscriptionId": subscription["id"],
            "notifiedAt": "2026-01-01T00:00:00Z",
            "data": data,
        }
        async with (
            aiohttp.ClientSession() as session,
            session.post(endpoint["uri"], json=body, headers=sent) as response,
        ):
            self.delivered.append(response.status)


def _plain(entity: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.get("value", value.get("object")) if isinstance(value, dict) else value
        for key, value in entity.items()
    }


def _problem(status: int, name: str, detail: str) -> web.Response:
    body = {"type": ERRORS + name, "title": name, "detail": detail}
    return web.json_response(body, status=status, content_type="application/json")
