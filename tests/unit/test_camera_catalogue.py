"""Cameras that a site lists, and those that systems list: addresses judged, logins kept apart."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web

from kiosk.backend.catalogue import DistrictEntry
from kiosk.backend.connectors.normal import Camera as Told
from kiosk.backend.connectors.normal import Parsed
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.pull.cameras import opened
from kiosk.backend.site_cameras import load_site_cameras, site_camera_rows
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import BackendSettings, CitySettings
from kiosk.wire.city import Camera
from kiosk.wire.text import Text
from tests.helpers.pulling import Pulling, declared

JONGNO = ((126.95, 37.56), (127.0, 37.56), (127.0, 37.62), (126.95, 37.62), (126.95, 37.56))
DISTRICTS = (DistrictEntry("11110", Text("종로구", "Jongno-gu"), 37.6, 126.98),)
GAZETTEER = Gazetteer(DISTRICTS, lambda: {"11110": (JONGNO,)})
GATE = """
[[camera]]
id = "gate"
number = 2001
name = { ko = "시청 정문", en = "City Hall gate" }
lat = 37.57
lon = 126.98
url = "rtsp://10.20.0.11/main"
sub_url = "rtsp://10.20.0.11/sub"
login = "gate-cameras"
tags = ["crowd", "night"]
"""


def settings(file: Path, words: str) -> Settings:
    file.write_text(words, encoding="utf-8")
    return Settings(city=CitySettings(demo=False), backend=BackendSettings(cameras=str(file)))


def rows(given: Settings) -> list[Camera]:
    return list(site_camera_rows(load_site_cameras(given), GAZETTEER, given.backend.cameras))


def test_a_site_lists_its_cameras(tmp_path: Path) -> None:
    (row,) = rows(settings(tmp_path / "cameras.toml", GATE))
    assert row == Camera(
        id="gate",
        number=2001,
        name=Text("시청 정문", "City Hall gate"),
        lat=37.57,
        lon=126.98,
        district="11110",
        kind="camera",
        url="rtsp://10.20.0.11/main",
        sub_url="rtsp://10.20.0.11/sub",
        login="gate-cameras",
        tags=("crowd", "night"),
    )
    assert rows(Settings()) == []


def test_a_recording_is_marked_as_none_of_now(tmp_path: Path) -> None:
    listed = GATE.replace("rtsp://10.20.0.11/main", "file:gate.mp4")
    (row,) = rows(settings(tmp_path / "cameras.toml", listed))
    assert row.simulated


@pytest.mark.parametrize(
    ("instead", "field", "expected"),
    [
        (("10.20.0.11/main", "u:hunter2@10.20.0.11/main"), "camera gate.url", "secrets file"),
        (("10.20.0.11/sub", "u:hunter2@10.20.0.11/sub"), "camera gate.sub_url", "secrets file"),
        (("10.20.0.11/main", "127.0.0.1/hunter2"), "camera gate.url", "this machine"),
        (("rtsp://10.20.0.11/main", ""), "camera gate.url", "scheme"),
        (("number = 2001", 'number = "hunter2"'), "camera[0].number", "int"),
        (("lat = 37.57", "lat = 35.1"), "camera gate.district", "a district of this city"),
        (('id = "gate"', 'id = "gate"\npassword = "hunter2"'), "camera[0].password", "no such"),
        (("", GATE.replace("2001", "2002")), "camera.id", "of its own"),
        (("", GATE.replace('"gate"', '"yard"')), "camera gate.number", "of its own"),
    ],
)
def test_what_is_wrong_is_told_without_a_password(
    tmp_path: Path, instead: tuple[str, str], field: str, expected: str
) -> None:
    old, new = instead
    words = GATE.replace(old, new, 1) if old else GATE + new
    with pytest.raises(SettingsError) as wrong:
        rows(settings(tmp_path / "cameras.toml", words))
    assert wrong.value.field == field
    assert expected in wrong.value.expected
    assert "hunter2" not in str(wrong.value)


def told(stream: str, **more: Any) -> Told:
    return Told(id="a", kind="cctv.road", name="남산1호터널", stream=stream, **more)


@pytest.mark.parametrize(
    ("stream", "sub"),
    [("rtsp://admin:hunter2@10.0.0.5/1", ""), ("rtsp://10.0.0.5/1", "http://a:hunter2@10.0.0.5/")],
)
def test_a_login_in_a_catalogue_s_address_is_rejected_with_the_remedy(
    stream: str, sub: str
) -> None:
    parsed = opened(Parsed((told(stream, sub_stream=sub),)), local=False)
    assert not parsed.items
    (rejected,) = parsed.rejected
    assert "남산1호터널" in rejected.reason
    assert "secrets file" in rejected.reason
    assert "hunter2" not in rejected.reason
    assert rejected.refused is not None
    assert rejected.refused.ko.startswith("남산1호터널: 주소를 열지 않습니다")
    assert "hunter2" not in f"{rejected.refused}"


@pytest.mark.parametrize("stream", ["file:clip.mp4", "http://127.0.0.1/x", "udp://10.0.0.1:1"])
def test_systems_lead_to_other_machines_only(stream: str) -> None:
    assert not opened(Parsed((told(stream),)), local=False).items
    assert opened(Parsed((told("https://cctv.example/1"),)), local=False).items


class Its:
    """cctvInfo whose addresses are signed anew with every answer."""

    def __init__(self, many: int) -> None:
        self.answers = 0
        self._many = many

    async def answer(self, _request: web.Request) -> web.Response:
        self.answers += 1
        data = [
            {
                "coordx": 126.96 + index % 40 / 1000,
                "coordy": 37.565 + index // 40 / 1000,
                "cctvtype": 4,
                "cctvformat": "HLS",
                "cctvname": f"[시험로] {index}",
                "cctvurl": f"https://cctv.example/{index}/signed{self.answers}==",
            }
            for index in range(self._many)
        ]
        body = {"response": {"coordtype": 1, "data": data, "datacount": self._many}}
        return web.Response(text=json.dumps(body))


def test_twelve_hundred_cameras_keep_number_and_identity_under_new_signatures(
    tmp_path: Path,
) -> None:
    store = Store.open(tmp_path / "backend.db")
    pulling, its = Pulling(store, ManualClock()), Its(1200)
    pulling.delivery = pulling.delivery.__class__(
        store, GAZETTEER, dict, {}, lambda *_: None, pulling.clock.now_ms
    )
    app = web.Application()
    app.router.add_get("/cctvInfo", its.answer)
    found: list[dict[str, Camera]] = []

    async def work(base: str, fetcher: Any) -> None:
        source = pulling.source(declared("cctvInfo", f"{base}/cctvInfo", period_s=600), fetcher)
        for _ in range(2):
            await source.pull()
            assert source.health.last_error == ""
            bodies = store.bodies("cameras")
            found.append({k: msgspec.json.decode(b, type=Camera) for k, b in bodies.items()})

    pulling.run(app, work)
    store.close()
    first, second = found
    assert len(first) == 1200
    assert sorted(row.number for row in first.values()) == list(range(1001, 2201))
    assert {k: row.number for k, row in first.items()} == {k: r.number for k, r in second.items()}
    assert all(row.signed and row.url.endswith("signed2==") for row in second.values())


def test_a_map_service_tells_main_and_smaller_stream_number_and_login(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "backend.db")
    pulling = Pulling(store, ManualClock())
    pulling.delivery = pulling.delivery.__class__(
        store, GAZETTEER, dict, {}, lambda *_: None, pulling.clock.now_ms
    )
    features = [
        {
            "type": "Feature",
            "id": str(number),
            "geometry": {"type": "Point", "coordinates": [126.97, 37.57]},
            "properties": {"name": f"c{number}", "no": number, "hd": hd, "sd": "rtsp://10.0.0.5/2"},
        }
        for number, hd in ((7, "rtsp://10.0.0.5/1"), (8, "rtsp://admin:hunter2@10.0.0.5/1"))
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features})

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=document)

    app = web.Application()
    app.router.add_get("/items", answer)
    options = {"item": "camera", "stream": "hd", "sub": "sd", "number": "no", "login": "nvr",
               "tags": "flood night", "kind": "cctv.river"}  # fmt: skip
    source = declared("ogcapi-features", "", options=options)

    async def work(base: str, fetcher: Any) -> None:
        here = msgspec.structs.replace(source, address=f"{base}/items")
        asked = pulling.source(here, fetcher)
        await asked.pull()
        assert (asked.health.items, asked.health.rejected) == (1, 1)

    pulling.run(app, work)
    (body,) = store.bodies("cameras").values()
    row = msgspec.json.decode(body, type=Camera)
    assert (row.number, row.sub_url, row.login) == (7, "rtsp://10.0.0.5/2", "nvr")
    assert row.tags == ("flood", "night")
    assert not row.signed
    store.close()
    assert b"hunter2" not in (tmp_path / "backend.db").read_bytes()
