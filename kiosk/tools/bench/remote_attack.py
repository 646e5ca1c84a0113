"""What attacks the tablets' server while it is measured: `URL SECONDS`.

Prints a line when a thousand half-open sockets stand, then `ATTEMPTS_A_SECOND ATTEMPTS LET_IN`.
"""

import asyncio
import contextlib
import json
import os
import socket
import ssl
import sys
import time
from urllib.parse import urlsplit

import aiohttp

HALF_OPEN, ADDRESSES = 1000, 50
AT_ONCE = 8
NICE = 10  # it stands for other machines

FRAMES = (
    '{"type":"prove","device":"tablet-nobody","signature":"AAAA"}',
    '{"type":"prove","device":"a","device":"b","signature":"x"}',
    '{"type":"command","request":"abcdefgh","command":"nav.home"}',
    '{"type":"pair","code":"' + "0" * 22 + '"}',
    '{"type":"command","request":"abcdefgh","command":"nav.home","args":{"a":NaN}}',
    "[" * 8000,
    json.dumps({"type": "prove", "device": "d", "signature": "s" * 17_000}),
)


async def main(url: str, seconds: float) -> None:
    os.nice(NICE)
    parts = urlsplit(url)
    half_open = await asyncio.to_thread(_half_open, parts.port or 443)
    print("open", flush=True)
    began = time.monotonic()
    counts = await asyncio.gather(
        *(_attempts(url, number, began + seconds) for number in range(AT_ONCE))
    )
    attempts, let_in = (sum(each) for each in zip(*counts, strict=True))
    print(attempts / (time.monotonic() - began), attempts, let_in)
    for connection in half_open:
        connection.close()


def _half_open(port: int) -> list[socket.socket]:
    made = []
    for number in range(HALF_OPEN):
        source = (f"127.0.9.{number % ADDRESSES + 1}", 0)
        with contextlib.suppress(OSError):
            made.append(socket.create_connection(("127.0.0.1", port), 5, source))
    return made


async def _attempts(url: str, number: int, until: float) -> tuple[int, int]:
    """(attempts, those that were let in), from an address of its own."""
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    connector = aiohttp.TCPConnector(ssl=tls, local_addr=(f"127.0.8.{number + 1}", 0))
    attempts = let_in = 0
    async with aiohttp.ClientSession(connector=connector) as http:
        while time.monotonic() < until:
            attempts += 1
            with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                let_in += await _attempt(http, url, attempts)
    return attempts, let_in


async def _attempt(http: aiohttp.ClientSession, url: str, number: int) -> bool:
    """One of: a foreign name, a foreign origin, a path out of the folder, a bad frame."""
    match number % 4:
        case 0:
            async with http.get(url, headers={"Host": "evil.example"}) as answer:
                return answer.status == 200
        case 1:
            async with http.ws_connect(f"{url}ws", origin="https://evil.example"):
                return True
        case 2:
            async with http.get(f"{url}..%2f..%2fcertificates%2fca.key") as answer:
                return answer.status == 200
    async with http.ws_connect(f"{url}ws", origin=url.rstrip("/")) as talk:
        await talk.receive(5)
        await talk.send_str(FRAMES[number // 4 % len(FRAMES)])
        got = await talk.receive(5)
        return got.type == aiohttp.WSMsgType.TEXT and json.loads(got.data)["type"] != "refused"


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2])))
