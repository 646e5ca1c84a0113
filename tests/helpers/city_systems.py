"""City systems on loopback: answers in their real forms, with values made up for the tests."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEY = "4b6579206f66207465737473"
Answer = tuple[int, str]

STATIONS: tuple[str, ...] = (
    *("종로구", "중구", "용산구", "성동구", "광진구", "동대문구", "중랑구"),
    *("성북구", "강북구", "도봉구", "노원구", "은평구", "서대문구", "마포구"),
)


def air(hour: str, values: dict[str, float]) -> str:
    """RealtimeCityAir under its names of 2026; a station without value is under maintenance."""
    rows = [
        {
            "MSRMT_DT": hour,
            "SAREA_NM": "도심권",
            "MSRSTN_NM": name,
            "PM": value,
            "FPM": value,
            "OZON": 0.031 if value else 0,
            "NTDX": 0.02 if value else 0,
            "CBMX": 0.4 if value else 0,
            "SPDX": 0.003 if value else 0,
            "CAI_GRD": "보통" if value else "",
            "CAI_IDX": 60 if value else 0,
            "CRST_SBSTN": "PM-2.5" if value else "",
        }
        for name, value in values.items()
    ]
    body = {
        "list_total_count": len(rows),
        "RESULT": {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"},
        "row": rows,
    }
    return json.dumps({"RealtimeCityAir": body}, ensure_ascii=False)


def bikes(stations: dict[str, int]) -> str:
    """bikeList: every figure a string, the root another than the service."""
    rows = [
        {
            "rackTotCnt": "10",
            "stationName": f"{i}. 시험 대여소",
            "parkingBikeTotCnt": str(count),
            "shared": str(count * 10),
            "stationLatitude": "37.5665",
            "stationLongitude": "126.9780",
            "stationId": station,
        }
        for i, (station, count) in enumerate(stations.items(), 101)
    ]
    body = {
        "list_total_count": len(rows),
        "RESULT": {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다."},
        "row": rows,
    }
    return json.dumps({"rentBikeStatus": body}, ensure_ascii=False)


def refusal(code: str) -> str:
    """An error of Seoul Open Data, as JSON whatever was asked."""
    return json.dumps({"RESULT": {"CODE": code, "MESSAGE": "오류"}}, ensure_ascii=False)


def alert(identifier: str, headline: str) -> str:
    """One CAP 1.2 alert for the entire city."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{identifier}</identifier><sender>test@example.org</sender>
  <sent>2026-11-22T14:00:00+09:00</sent><status>Actual</status><msgType>Alert</msgType>
  <scope>Public</scope>
  <info><language>ko-KR</language><category>Met</category><event>호우</event>
    <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
    <headline>{headline}</headline><description>하천 출입을 삼가십시오</description>
    <area><areaDesc>종로구</areaDesc></area></info>
</alert>"""


class Systems:
    """What each path's service answers now; `asked` has every path in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], Answer]] = {}
        self.asked: list[str] = []
        self.url = ""

    def answer(self, path: str) -> Answer:
        self.asked.append(path)
        for service, answer in self.answers.items():
            if service in path:
                return answer()
        return 404, "no such service"

    def calls(self, service: str) -> int:
        return sum(service in path for path in self.asked)


@contextlib.contextmanager
def city_systems() -> Iterator[Systems]:
    """A server of its own thread, until the end of the block."""
    systems = Systems()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = systems.answer(self.path)
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    systems.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield systems
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def declare(folder: Path, url: str) -> None:
    """The site's declarations: air and bicycles with a key in their path, alerts without."""
    source = """[[source]]
id = "{id}"
name = {{ ko = "시험 {id}", en = "Test {id}" }}
owner = {{ ko = "시험과", en = "Test section" }}
connector = "{connector}"
address = "{address}"
local = true
period_s = 60
kinds = ["{kind}"]
licence = "KOGL Type 1 (attribution)"
{more}
"""
    key = 'key = "test"\nquota = { day = 1000 }\n'
    feed = 'feeds = [{ kind = "air.pm25", indicator = "pm25", least = 5, period_s = 3600 }]'
    total = 'feeds = [{ kind = "bike.parked", indicator = "bikes", combine = "sum" }]'
    texts = (
        source.format(
            id="test-air",
            connector="RealtimeCityAir",
            address=f"{url}/{{key}}/json/RealtimeCityAir/1/25/",
            kind="air.pm25",
            more=key + feed,
        ),
        source.format(
            id="test-bikes",
            connector="bikeList",
            address=f"{url}/{{key}}/json/bikeList/{{start}}/{{end}}/",
            kind="bike.parked",
            more=key + "paging = { size = 2, most = 3 }\n" + total,
        ),
        source.format(
            id="test-alerts",
            connector="cap",
            address=f"{url}/alerts/newest",
            kind="alert.met",
            more="",
        ),
    )
    folder.mkdir(exist_ok=True)
    (folder / "site.toml").write_text("\n".join(texts), encoding="utf-8")


def write_key(file: Path) -> None:
    file.write_text(f'test = "{KEY}"\n', encoding="utf-8")
    file.chmod(0o600)
