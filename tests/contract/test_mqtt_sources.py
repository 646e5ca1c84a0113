"""Sources behind a real MQTT broker: retained words, logins, TLS, and a broker that goes away."""

import asyncio
import logging
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend.connectors.registry import all_connectors
from kiosk.backend.pull import mqtt, newest, patience
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.mqtt import MqttSource
from kiosk.backend.pull.rounds import Rounds
from kiosk.backend.pull.source import Pulled, SourceHealth
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock, SystemClock
from kiosk.remote.addresses import Names
from kiosk.remote.certificates import Certificates
from kiosk.settings.secrets import Secrets
from kiosk.wire.text import Text
from tests.helpers.broker import PASSWORD, USER, Broker
from tests.helpers.city import eventually
from tests.helpers.pulling import declared

NAMES = Names("127.0.0.1", ("localhost",), ("127.0.0.1",))
SECRETS = Secrets({"site": PASSWORD, "wrong": "another password"})


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_MS", 50)
    monkeypatch.setattr(patience, "OPEN_AFTER", 100)
    monkeypatch.setattr(patience, "FACTOR", 1.2)
    monkeypatch.setattr(mqtt, "DELIVER_MS", 20)


class Followed:
    """A followed source and what it delivered."""

    def __init__(self, declaration: Declaration) -> None:
        self.delivered: list[Pulled] = []
        self.heard: list[SourceHealth] = []
        self.source = MqttSource(
            declaration,
            all_connectors()[declaration.connector],
            secrets=SECRETS,
            clock=SystemClock(),
            rng=random.Random(3),
            deliver=lambda declaration, pulled: self.delivered.append(pulled),
            heard=self.heard.append,
        )
        self.source.start()

    def values(self) -> dict[str | None, object]:
        return {i.place: i.value for i in self.delivered[-1].items} if self.delivered else {}

    def connected(self) -> bool:
        return bool(self.heard) and (self.heard[-1].trouble, self.heard[-1].next_ms) == ("", 0)


Start = Callable[[Declaration], Followed]


@pytest.fixture
def follow() -> Iterator[Start]:
    started: list[Followed] = []

    def begin(declaration: Declaration) -> Followed:
        started.append(Followed(declaration))
        return started[-1]

    yield begin
    for each in started:
        each.source.close()


def noise(broker: Broker, scheme: str = "mqtt", login: str = "", **fields: object) -> Declaration:
    """Sound levels at city/noise/STATION, as {"db": ...}."""
    options = {"kind": "air.noise", "unit": "dB", "place": "{3}", "field": "db"}
    return declared(
        "mqtt",
        f"{scheme}://{login}127.0.0.1:{broker.port}",
        **{"subscribe": ("city/noise/+",), "options": options, **fields},
    )


def test_retained_and_new_messages_become_figures(broker: Broker, follow: Start) -> None:
    broker.publish("city/noise/S1", b'{"db": 61.5}', retain=True)
    followed = follow(noise(broker))
    eventually(lambda: followed.values() == {"S1": 61.5}, "the retained word")
    (item,) = followed.delivered[-1].items
    assert (item.kind, item.unit, item.time) == ("air.noise", "dB", None)
    broker.publish("city/noise/S2", b'{"db": 70, "time": "2026-01-01T00:00:00Z"}')
    broker.publish("city/other/S3", b'{"db": 99}')
    broker.publish("city/noise/S1", b'{"db": 63}')
    eventually(lambda: followed.values() == {"S2": 70.0, "S1": 63.0}, "both stations")
    times = {item.place: item.time for item in followed.delivered[-1].items}
    assert times["S2"] == "2026-01-01T09:00:00+09:00"
    assert times["S1"] is not None
    assert all(not pulled.complete for pulled in followed.delivered)
    assert followed.source.health.last_success_ms is not None


def test_what_is_not_understood_is_rejected_and_what_is_too_large(
    broker: Broker, follow: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mqtt, "LARGEST", 100)
    followed = follow(noise(broker))
    eventually(followed.connected, "the connection")
    broker.publish("city/noise/S1", b"[1, 2")
    eventually(lambda: followed.source.health.trouble == "not_understood", "the trouble")
    broker.publish("city/noise/S1", b'{"db": 1}' + b" " * 100)
    eventually(lambda: "109 bytes" in followed.source.health.last_error, "the size")
    broker.publish("city/noise/S1", b'{"db": 40}')
    eventually(lambda: followed.values() == {"S1": 40.0}, "the good word")
    assert followed.source.health.trouble == ""


def test_a_word_that_is_taken_back_is_gone(broker: Broker, follow: Start) -> None:
    broker.publish("city/noise/S1", b'{"db": 61}', retain=True)
    followed = follow(noise(broker))
    eventually(lambda: "S1" in followed.values(), "the word")
    broker.publish("city/noise/S1", b"", retain=True)
    broker.publish("city/noise/S2", b'{"db": 62}')
    eventually(lambda: followed.values() == {"S2": 62.0}, "the other alone")


def test_only_so_many_things_are_kept(
    broker: Broker, follow: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "MOST", 3)
    followed = follow(noise(broker))
    eventually(followed.connected, "the connection")
    for station in range(6):
        broker.publish(f"city/noise/S{station}", b'{"db": 50}')
    eventually(lambda: set(followed.values()) == {"S3", "S4", "S5"}, "the newest three")


def test_a_broker_that_went_away_is_found_again(broker: Broker, follow: Start) -> None:
    followed = follow(noise(broker))
    eventually(followed.connected, "the connection")
    broker.stop()
    eventually(lambda: followed.source.health.trouble == "away", "the loss")
    eventually(lambda: followed.source.health.failures > 1, "another try")
    broker.start()
    eventually(followed.connected, "the connection again")
    broker.publish("city/noise/S1", b'{"db": 55}')
    eventually(lambda: followed.values() == {"S1": 55.0}, "a word")
    assert followed.source.health.failures == 0


def test_the_password_opens_and_is_told_to_nobody(
    tmp_path: Path, follow: Start, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    broker = Broker(tmp_path, login=True)
    broker.start()
    try:
        login = f"{USER}:{{key}}@"
        refused = follow(noise(broker, login=login, key="wrong"))
        eventually(lambda: refused.source.health.trouble == "refused", "the refusal")
        followed = follow(noise(broker, login=login, key="site"))
        eventually(followed.connected, "the connection")
    finally:
        broker.stop()
    eventually(lambda: followed.source.health.trouble == "away", "the loss")
    told = caplog.text + repr(refused.source.health) + repr(followed.source.health)
    assert PASSWORD not in told
    assert SECRETS.value("wrong") not in told


# paho leaves it to the collector to close the socket of a handshake that failed.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_broker_with_tls_has_to_show_a_certificate_that_is_trusted(
    tmp_path: Path, follow: Start
) -> None:
    certificate = Certificates(tmp_path, SystemClock()).current(NAMES)
    broker = Broker(tmp_path, certificate=certificate)
    broker.start()
    try:
        stranger = follow(noise(broker, "mqtts"))
        eventually(lambda: "certificate" in stranger.source.health.last_error, "the refusal")
        trusted = noise(broker, "mqtts")
        address = f"{trusted.address}?ca={certificate.chain.parent / 'ca.pem'}"
        followed = follow(msgspec.structs.replace(trusted, address=address))
        eventually(followed.connected, "the connection")
        broker.publish("city/noise/S1", b'{"db": 48}')
        eventually(lambda: followed.values() == {"S1": 48.0}, "a word")
    finally:
        broker.stop()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_followed_only_when_declared(
    broker: Broker, follow: Start, host: str
) -> None:
    declaration = noise(broker, local=False)
    address = declaration.address.replace("127.0.0.1", host)
    followed = follow(msgspec.structs.replace(declaration, address=address))
    eventually(lambda: "this machine" in followed.source.health.last_error, "the refusal")


def test_the_backend_s_round_follows_a_declared_broker(broker: Broker, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "backend.db")
    clock = ManualClock()
    told: list[int] = []
    delivered: list[Pulled] = []
    rounds = Rounds(
        [noise(broker), noise(broker, id="mute", subscribe=())],
        store,
        clock,
        SECRETS,
        lambda declaration, pulled: delivered.append(pulled),
        told=told.append,
    )
    rounds.tell()

    def heard() -> bool:
        clock.advance(mqtt.DELIVER_MS)
        return any(pulled.items for pulled in delivered)

    async def until_heard() -> None:
        running = asyncio.create_task(rounds.run())
        await asyncio.to_thread(eventually, lambda: bool(told), "the connection")
        await asyncio.to_thread(broker.publish, "city/noise/S1", b'{"db": 61.5}')
        await asyncio.to_thread(eventually, heard, "the word")
        running.cancel()
        await asyncio.wait((running,))

    asyncio.run(until_heard())
    rows = {row.id: row for row in rounds.rows.values()}
    assert (rows["site"].idle, rows["site"].items) == (None, 1)
    assert rows["site"].last_success_ms is not None
    assert "no topics" in (rows["mute"].idle or Text("", "")).en
    store.close()
