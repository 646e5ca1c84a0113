"""/metrics on the backend's socket and, where asked for, on loopback; a backend on PostgreSQL."""

import asyncio
import socket
import urllib.request
from pathlib import Path

import aiohttp
import msgspec
import pytest

from kiosk.backend import worker as backend
from kiosk.backend.feed import open_store
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import BackendSettings, DemoSettings
from kiosk.tools.bench.postgres import postgres, server_binaries
from kiosk.wire.messages import Health
from tests.helpers.city import running, settings_in


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def with_backend(folder: Path, **own: str) -> Settings:
    return msgspec.structs.replace(settings_in(folder), backend=BackendSettings(**own))  # type: ignore[arg-type]


def over_socket(path: Path) -> str:
    async def ask() -> str:
        connector = aiohttp.UnixConnector(str(path))
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.get("http://backend/metrics") as response,
        ):
            return await response.text()

    return asyncio.run(ask())


def test_on_the_socket_and_on_loopback(tmp_path: Path) -> None:
    port = free_port()
    settings = with_backend(tmp_path, metrics=f"127.0.0.1:{port}")
    with running(backend.run, settings) as worker:
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
            said = response.read().decode()
        assert 'kiosk_source_asked{source="seoul-air"} 0.0' in said
        assert "kiosk_store_revision" in said
        assert "kiosk_store_revision" in over_socket(tmp_path / backend.SOCKET)
        with pytest.raises(OSError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/health", timeout=5)


@pytest.mark.skipif(server_binaries() is None, reason="Debian's postgresql is not installed")
def test_the_backend_runs_on_postgresql(tmp_path: Path) -> None:
    with postgres() as address:
        settings = with_backend(tmp_path, store=address)
        with running(backend.run, settings) as worker:
            worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        assert not (tmp_path / "backend.db").exists()
        store = open_store(settings)
        assert len(store.keys("sources")) >= 300
        assert len(store.keys("kinds")) >= 230
        store.close()
        other = msgspec.structs.replace(settings, demo=DemoSettings(seed=8))
        with pytest.raises(SettingsError, match=r"backend\.store"):
            open_store(other)


@pytest.mark.parametrize(
    "address", ["postgresql://u:secret-word@host/db", "mysql://u@host/db", "nonsense"]
)
def test_an_address_that_cannot_be_used_is_refused_unseen(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        open_store(with_backend(tmp_path, store=address))
    assert refused.value.field == "backend.store"
    assert "secret-word" not in str(refused.value)
