"""Complaints of the demo city, and two with known words."""

from kiosk.backend.catalogue import load_city
from kiosk.backend.simulator.complaints import ComplaintCourse
from kiosk.wire.city import Complaint
from tests.helpers.panel_city import CONFIG, NOW_MS, MemoryRepositories

FOLDER = CONFIG / "city" / "seoul"
LONG = "아침마다 같은 자리에 쌓인 쓰레기 때문에 아이들이 차도로 걸어서 학교에 갑니다. " * 6


def put(city: MemoryRepositories) -> None:
    for row in ComplaintCourse(FOLDER, load_city(FOLDER).districts, 7).at(NOW_MS):
        city.put(row)
    known = {
        "id": "c-7",
        "source_id": "open311",
        "kind": "complaint.dumping",
        "title": "학교 앞 골목에 밤마다 쌓이는 생활 쓰레기와 가구",
        "description": LONG,
        "t_ms": NOW_MS - 7_200_000,
        "updated_ms": NOW_MS - 3_600_000,
        "status": "open",
        "step": "handling",
        "agency": "기후환경본부",
        "district": "11710",
        "lat": 37.505,
        "lon": 127.115,
    }
    city.put(Complaint(**known))  # type: ignore[arg-type]
    plain = known | {"id": "c-8", "step": "", "status": "closed", "title": "짧은 신고"}
    city.put(Complaint(**plain))  # type: ignore[arg-type]
