"""One request to a city system: bounded in time and size, its key in no message.

Only http and https, only the host that the declaration names: a redirect to another one would carry
the key there, and an address of this machine would let an answer read what listens on it.
"""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

import aiohttp
from yarl import URL

from kiosk.backend.pull import hosts
from kiosk.backend.pull.declaration import KEY, Declaration
from kiosk.settings.secrets import Secrets

TIMEOUT_S = 20.0
LARGEST = 32 * 1024 * 1024
ERROR_STATUS = 500
MOVED = frozenset((301, 302, 303, 307, 308))
MOST_MOVES = 3
STAND_IN = "-the-key-goes-here-"


class SourceAway(Exception):  # noqa: N818 - a state of the world
    """The system gave no answer; the message holds no key."""


class Call(NamedTuple):
    """One request. `{key}` in the address, a header or a field of the form is filled in when it is
    sent and nowhere else; `key` names the secret. `local`: this machine may be asked."""

    address: str
    key: str = ""
    headers: Mapping[str, str] = {}
    method: str = "GET"
    form: Mapping[str, str] | None = None
    body: bytes | None = None
    local: bool = False


def call_of(declaration: Declaration, address: str) -> Call:
    """A question to a declared source at one of its addresses."""
    return Call(address, declaration.key, declaration.headers, local=declaration.local)


class Answer(NamedTuple):
    """`location` is where something that was made lies ("" when nothing was)."""

    status: int
    body: bytes
    location: str = ""


class Fetcher:
    """Answers of systems as bytes. `close` it after use."""

    def __init__(self, secrets: Secrets, timeout_s: float = TIMEOUT_S) -> None:
        self._secrets = secrets
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def get(self, call: Call) -> bytes:
        """The body that an address answers with.

        An error status below 500 is an answer too: gateways put their reason into its body.
        Raises SourceAway.
        """
        return (await self.send(call)).body

    async def send(self, call: Call) -> Answer:
        """Raises SourceAway, also for a status from 500 on."""
        if call.key and call.key not in self._secrets:
            raise SourceAway(f"no key named {call.key}: add it to the secrets file")
        try:
            return await self._follow(call, self._with_key(call))
        except TimeoutError as error:
            raise SourceAway("no answer in time") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            words = self._secrets.clean(f"{type(error).__name__}: {error}")
            raise SourceAway(words) from None  # the cause repeats the address, and the key in it

    def clean(self, words: str) -> str:
        """What a system said, without any key."""
        return self._secrets.clean(words)

    async def close(self) -> None:
        for session in self._sessions.values():
            await session.close()

    def _with_key(self, call: Call) -> URL:
        """The address as it is sent. A key that is already spelled for an address stays so."""
        spelled = str(URL(call.address.replace(KEY, STAND_IN)))
        value = quote(self._secrets.value(call.key), safe="%") if call.key else ""
        return URL(spelled.replace(STAND_IN, value), encoded=True)

    def _filled(self, call: Call, fields: Mapping[str, str]) -> dict[str, str]:
        value = self._secrets.value(call.key) if call.key else ""
        return {name: text.replace(KEY, value) for name, text in fields.items()}

    async def _follow(self, call: Call, address: URL) -> Answer:
        for _ in range(MOST_MOVES + 1):
            hosts.check(address, local=call.local)
            answer = await self._read(call, address)
            if answer.status not in MOVED or not answer.location:
                return answer
            target = address.join(URL(answer.location))
            if call.method != "GET" or not hosts.same_place(address, target):
                raise SourceAway("it sends to another place, where the key must not go")
            address = target
        raise SourceAway(f"it sends elsewhere more than {MOST_MOVES} times")

    async def _read(self, call: Call, address: URL) -> Answer:
        form = None if call.form is None else self._filled(call, call.form)
        async with self._session(call.local).request(
            call.method,
            address,
            headers=self._filled(call, call.headers),
            data=call.body if form is None else form,
            allow_redirects=False,
        ) as response:
            if response.status >= ERROR_STATUS:
                raise SourceAway(f"status {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_chunked(65536):
                body += chunk
                if len(body) > LARGEST:
                    raise SourceAway(f"more than {LARGEST} bytes")
                await asyncio.sleep(0)
            return Answer(response.status, bytes(body), response.headers.get("Location", ""))

    def _session(self, local: bool) -> aiohttp.ClientSession:
        if local not in self._sessions:
            resolver = None if local else hosts.Resolver()
            self._sessions[local] = aiohttp.ClientSession(
                timeout=self._timeout,
                connector=aiohttp.TCPConnector(resolver=resolver),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._sessions[local]
