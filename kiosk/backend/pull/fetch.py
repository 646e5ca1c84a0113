"""One request to a city system: bounded in time and size, its key in no message."""

import asyncio

import aiohttp

from kiosk.backend.pull.secrets import Secrets

TIMEOUT_S = 20.0
LARGEST = 32 * 1024 * 1024
KEY = "{key}"
ERROR_STATUS = 500


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
        real = address.replace(KEY, self._secrets.value(key)) if key else address
        try:
            return await self._read(real)
        except TimeoutError as error:
            raise SourceAway("no answer in time") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            words = self._secrets.clean(f"{type(error).__name__}: {error}")
            raise SourceAway(words) from None  # the cause repeats the address, and the key in it

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _read(self, address: str) -> bytes:
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
