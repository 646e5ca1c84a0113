"""Errors as RFC 9457 says them: what went wrong, where, and what to do, in both languages."""

import logging
from http import HTTPStatus

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from kiosk.wire.text import Text

MEDIA = "application/problem+json"
PATHS = ("/api/", "/ngsi-ld/")
_log = logging.getLogger(__name__)


class Problem(msgspec.Struct, frozen=True):
    """`type` names the sort of problem, `detail` and `detail_ko` say what to do about this one."""

    title: str
    status: int
    detail: str
    detail_ko: str
    type: str = "about:blank"
    instance: str = ""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that can't be answered, and why."""

    def __init__(self, status: int, why: Text, sort: str = "about:blank") -> None:
        self.status, self.why, self.sort = status, why, sort
        super().__init__(why.en)


def missing(what: Text, key: str) -> Refused:
    """Nothing of that name is there, or nothing that is public: the two look the same."""
    return Refused(
        404,
        Text(f"공개된 {what.ko} ‘{key}’ 없음", f"No public {what.en} is called “{key}”"),
    )


def problem(status: int, why: Text, path: str, sort: str = "about:blank") -> Problem:
    return Problem(HTTPStatus(status).phrase, status, why.en, why.ko, sort, path)


def answer(refused: Refused, path: str) -> web.Response:
    """The refusal as it is sent; never kept."""
    told = problem(refused.status, refused.why, path, refused.sort)
    return web.Response(
        body=msgspec.json.encode(told),
        status=refused.status,
        content_type=MEDIA,
        headers={"Cache-Control": "no-store"},
    )


@web.middleware
async def with_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Below the open data's paths every error is a problem that a program can read."""
    if not request.path.startswith(PATHS):
        return await handler(request)
    try:
        return await handler(request)
    except Refused:
        raise  # the limits', who know how it is to be told
    except web.HTTPMethodNotAllowed as error:
        why = Text("읽기만 할 수 있습니다 (GET)", "It can be read only (GET)")
        refused = answer(Refused(405, why), request.path)
        refused.headers["Allow"] = error.headers["Allow"]
        return refused
    except web.HTTPNotFound:
        why = Text(
            "그런 주소는 없습니다. 있는 것은 /api/ 에서 볼 수 있습니다",
            "There is no such address; /api/ lists those that there are",
        )
        return answer(Refused(404, why), request.path)
    except web.HTTPException as error:
        why = Text("받을 수 없는 요청입니다", "The request can't be taken")
        return answer(Refused(error.status, why), request.path)
    except Exception:
        _log.exception("an answer of the open data could not be made")
        why = Text(
            "답을 만들지 못했습니다. 잠시 뒤 다시 시도해 주세요",
            "The answer could not be made: please try again later",
        )
        return answer(Refused(500, why), request.path)
