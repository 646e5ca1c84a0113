"""One request to a city system: bounded in time and size, its key in no message."""

import asyncio
from urllib.parse import quote

import aiohttp
from yarl import URL

from kiosk.backend.pull.declaration import KEY
from kiosk.backend.pull.secrets import Secrets

TIMEOUT_S = 20.0
LARGEST = 32 * 1024 * 1024
ERROR_STATUS = 500
STAND_IN = "-the-key-goes-here-"


class SourceAway(Exception):  # noqa: N818 - a state of the world
    """The system gave no answer; the message holds no key."""


class Fetcher:
    """Answers of systems as bytes. `close` it after use."""

    def __init__(self, secrets: Secrets, timeout_s: float = TIMEOUT_S) -> None:
        self._secrets = secrets
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None

    async def get(self, address: str, key: str = "") -> bytes:
        """The body that an address answers with; `{key}` in it is filled in here and nowhere else.

        An error status below 500 is an answer too: gateways put their reason into its body.
        Raises SourceAway.
        """
        if key and key not in self._secrets:
            raise SourceAway(f"no key named {key}: add it to the secrets file")
        try:
            return await self._read(self._with_key(address, key))
        except TimeoutError as error:
            raise SourceAway("no answer in time") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            words = self._secrets.clean(f"{type(error).__name__}: {error}")
            raise SourceAway(words) from None  # the cause repeats the address, and the key in it

    def _with_key(self, address: str, key: str) -> URL:
        """The address as it is sent. A key that is already spelled for an address stays so."""
        spelled = str(URL(address.replace(KEY, STAND_IN)))
        value = quote(self._secrets.value(key), safe="%") if key else ""
        return URL(spelled.replace(STAND_IN, value), encoded=True)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _read(self, address: URL) -> bytes:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        async with self._session.get(address) as response:
            if response.status >= ERROR_STATUS:
                raise SourceAway(f"status {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_chunked(65536):
                body += chunk
                if len(body) > LARGEST:
                    raise SourceAway(f"more than {LARGEST} bytes")
                await asyncio.sleep(0)
            return bytes(body)
