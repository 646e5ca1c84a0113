"""What a request for a page asks for, and links that keep language and theme."""

from typing import Literal, cast
from urllib.parse import quote, urlencode

import msgspec
from aiohttp import web

from kiosk.wire.text import Language, Text

LANGUAGES: tuple[Language, ...] = ("ko", "en")
Theme = Literal["", "light", "dark"]
THEMES: tuple[Theme, ...] = ("", "light", "dark")
LANGUAGE = "{language:ko|en}"
MOST_LETTERS = 60
"""Of anything that somebody types; the rest is left out."""


class NotPublicError(Exception):
    """There is no such thing for the public; `what` says what was asked for."""

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what.en)


class Asked(msgspec.Struct, frozen=True):
    """`path` is the page's own, without language, "" for home. `theme` "" is the reader's system's;
    it is carried on from link to link, since there are no cookies."""

    language: Language
    path: str
    theme: Theme
    query: dict[str, str]

    @property
    def other(self) -> Language:
        return "en" if self.language == "ko" else "ko"

    def say(self, text: Text) -> str:
        return text.of(self.language)

    def get(self, name: str) -> str:
        return self.query.get(name, "")[:MOST_LETTERS]

    def link(self, path: str = "", language: Language | None = None, **query: object) -> str:
        """Address of a page of the edition, from the top of the host."""
        return address(path, language or self.language, self.theme, **query)

    def again(self, theme: Theme | None = None, language: Language | None = None) -> str:
        """This page in another theme or language."""
        rest = {name: value for name, value in self.query.items() if name != "theme"}
        chosen = self.theme if theme is None else theme
        return address(self.path, language or self.language, chosen, **rest)


def address(path: str, language: Language, theme: Theme = "", **query: object) -> str:
    told = {name: value for name, value in query.items() if value not in ("", None)}
    if theme:
        told["theme"] = theme
    tail = f"?{urlencode(told)}" if told else ""
    return f"/{language}{f'/{quote(path)}' if path else ''}{tail}"


def asked_by(request: web.Request) -> Asked:
    language = cast(Language, request.match_info["language"])
    theme = request.query.get("theme", "")
    path = request.path.removeprefix(f"/{language}").strip("/")
    return Asked(
        language,
        path,
        theme if theme in THEMES else "",
        {name: value[:MOST_LETTERS] for name, value in request.query.items()},
    )
