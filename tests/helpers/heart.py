"""A heart without a body: store, dispatcher and intake on a clock that stands still."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.app.configuration import read_desk, read_policy, read_presets, read_profiles
from kiosk.commands import make_registry
from kiosk.core.audit import AuditRecord
from kiosk.core.bindings import Binding, Bindings
from kiosk.core.clock import ManualClock
from kiosk.core.contacts import Contact
from kiosk.core.disclosure import Disclosure
from kiosk.core.dispatcher import Dispatcher
from kiosk.core.menu import Category, Menu
from kiosk.core.pins import PinTries
from kiosk.core.registry import Registry, Send
from kiosk.core.state import Store
from kiosk.core.world import Entry, Topic
from kiosk.inputs import Intake
from kiosk.inputs.configured import read_bindings
from kiosk.pack.disclosure import load_rules
from kiosk.settings import Settings
from kiosk.wire.messages import State, SyncState
from kiosk.wire.orders import Given, OrderState, SeenView
from kiosk.wire.text import Text
from voice.events import Answer

CONFIG = Path(__file__).resolve().parents[2] / "config"
AIR = Text("보건환경연구원", "Institute of Health and Environment")
STATISTICS = Text("디지털도시국", "Digital City Bureau")
PANELS = {
    "home": Text("시정 상황판", "City today"),
    "indicators": Text("지표", "Indicators"),
    "cctv": Text("CCTV", "Cameras"),
    "system": Text("시스템", "System"),
    "help": Text("도움말", "Help"),
    "compare": Text("비교 보기", "Compare"),
    "ranking": Text("순위", "Ranking"),
    "pairing": Text("태블릿 연결", "Tablets"),
    "orders": Text("지시", "Orders"),
    "complaints": Text("시민 민원", "Complaints"),
    "pledges": Text("공약", "Pledges"),
    "incident": Text("현안", "Incidents"),
    "projects": Text("사업", "Projects"),
    "places": Text("시설", "Places"),
    "goals": Text("지속가능발전목표", "SDGs"),
    "search": Text("찾기", "Search"),
    "usage": Text("이용 현황", "Use"),
}
MENU = Menu(
    {
        "city": Category(Text("실시간 도시 현황", "City now"), ("cctv",)),
        "citizens": Category(Text("시민 의견", "Citizens"), ("complaints",)),
        "administration": Category(Text("행정 현황", "Administration"), ("indicators", "pledges")),
    },
    ("home", "city", "citizens", "administration", "orders", "system", "help"),
)


class SmallCity:
    """Three districts, two indicators, twenty cameras."""

    def districts(self) -> tuple[Entry, ...]:
        return (
            Entry("11110", Text("종로구", "Jongno-gu"), 1),
            Entry("11140", Text("중구", "Jung-gu"), 2),
            Entry("11710", Text("송파구", "Songpa-gu"), 24, box=(0.7, 0.6, 0.9, 0.8)),
        )

    def indicators(self) -> tuple[Entry, ...]:
        return (
            Entry("pm25", Text("초미세먼지", "PM2.5"), 1, AIR, True),
            Entry("population", Text("등록 인구", "Registered population"), 2, STATISTICS, True),
        )

    def cameras(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(f"cam-{n:02}", Text(f"카메라 {n}", f"Camera {n}"), n) for n in range(1, 21)
        )

    def incidents(self) -> tuple[Entry, ...]:
        return (Entry("fire-1", Text("종로 상가 화재", "Shop fire"), 1, kind="fire"),)

    def complaints(self) -> tuple[Entry, ...]:
        name, office = Text("골목 무단 투기", "Dumping"), Text("송파구청", "Songpa-gu Office")
        return (
            Entry("c-7", name, department=office, kind="dumping", district="11710"),
            Entry("c-8", Text("그 밖", "Other"), department=office, kind="other"),
        )

    def neighbourhoods(self) -> tuple[Entry, ...]:
        return (
            Entry("11140590", Text("신당동", "Sindang-dong"), district="11140"),
            Entry("11710650", Text("잠실본동", "Jamsilbon-dong"), district="11710"),
            Entry("11710580", Text("송파1동", "Songpa 1(il)-dong"), district="11710"),
            Entry("11140999", Text("신사동", "Sinsa-dong"), district="11140"),
            Entry("11710999", Text("신사동", "Sinsa-dong"), district="11710"),
        )

    def places(self) -> tuple[Entry, ...]:
        return (
            Entry("s-1", Text("강남역", "강남역"), kind="subway.station", district="11680"),
            Entry("s-2", Text("서울역", "서울역"), kind="subway.station", district="11140"),
        )

    def on_map(self, lat: float, lon: float) -> tuple[float, float] | None:
        """A city from 37 to 38 degrees north and 127 to 128 east."""
        x, y = lon - 127.0, 38.0 - lat
        return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None

    def items(self) -> tuple[Entry, ...]:
        owner = Text("여성가족정책실", "Women and Family Policy Office")
        return (
            Entry("vision", Text("비전", "Vision"), kind="vision"),
            Entry(
                "pledge-1",
                Text("성별 통계", "Gender statistics"),
                0,
                owner,
                kind="pledge",
                parent="vision",
            ),
            Entry(
                "pledge-2",
                Text("성평등 노동정책", "Equal labour"),
                0,
                owner,
                kind="pledge",
                parent="vision",
            ),
            Entry("project-1", Text("자율주행", "Self-driving"), 0, kind="project"),
            Entry("project-2", Text("도시 센서", "Sensors"), kind="project", district="11710"),
            Entry("unseen", Text("화면 없음", "No panel"), kind="other"),
        )


class SmallWorld:
    """Everything runs, unless a test says otherwise."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.catalogue = SmallCity()
        self.states: dict[str, State] = {}
        self.people: Mapping[str, Text] = {}
        self.item_panels = {"vision": "pledges", "pledge": "pledges", "project": "projects"}
        self.narrowings = {"pledges": {"late": Text("늦은 것", "Late ones")}}
        self.figures: dict[str, Text] = {}
        self.order: dict[str, tuple[str, ...]] = {}
        self.listed: tuple[int, int] | None = None
        self.people_apart = frozenset(("sex", "age"))
        self.old: dict[str, Text] = {}
        self.places: dict[str, tuple[str, dict[str, Any]]] = {}
        self.pictures: dict[str, Text] = {}
        self.menu = MENU
        self.tablets = 0
        self.conferences = False
        self.disclosure = Disclosure(load_rules(Settings()))
        self.desk = read_desk(Settings())
        self.presets = read_presets(Settings())
        self.profiles = read_profiles(Settings())
        self.pins = PinTries()
        self.orders: Mapping[str, OrderState] = {}
        self.given = Given()
        self.sync: SyncState | None = None
        self.devices: Mapping[str, str] = {}
        self.offices: Mapping[str, str] = {}
        self.seen: SeenView | None = None
        self.contacts: tuple[Contact, ...] = ()
        self.phrases: Mapping[str, tuple[str, ...]] = {}
        self.said = Text("", "")
        self.noted: frozenset[str] = frozenset()
        self.understood: Answer | None = None
        self.shown: Mapping[str, Text] = PANELS
        self._ids = 0

    @property
    def panels(self) -> Mapping[str, Text]:
        return self.shown

    def view(self) -> SeenView | None:
        return self.seen

    def figure(self, indicator: str, district: str | None) -> Text | None:
        return self.figures.get(indicator)

    def told(self, topic: Topic, indicator: str, district: str | None) -> Text:
        words = f"{topic}, {indicator}, {district or 'city'}"
        return Text(words, words)

    def pages(self) -> tuple[int, int] | None:
        return self.listed

    def apart(self, indicator: str) -> frozenset[str]:
        return self.people_apart

    def understand(self, text: str) -> Answer | None:
        return self.understood

    def ranked(self, indicator: str) -> tuple[str, ...]:
        return self.order.get(indicator, ())

    def pressable(self, place: str) -> tuple[str, dict[str, Any]] | None:
        return self.places.get(place)

    def standing(self, panel: str) -> Text:
        return self.old.get(panel, Text("", ""))

    def picture(self, camera: str) -> Text:
        return self.pictures.get(camera, Text("", ""))

    def health(self, process: str) -> State:
        return self.states.get(process, "running")

    def new_id(self) -> str:
        self._ids += 1
        return f"id-{self._ids}"

    def now_ms(self) -> int:
        return self._clock.now_ms()


class Heart:
    """What a test drives, and what it looks at afterwards."""

    def __init__(self, registry: Registry | None = None) -> None:
        self.clock = ManualClock()
        self.registry = registry or make_registry()
        self.policy = read_policy(CONFIG)
        shipped, _ = read_bindings(CONFIG, make_registry())
        # A site may have a lock by hand asked back; the shipped bindings stop everything at once.
        by_hand = Binding(input="gesture", on="timeout", command="system.lock")
        self.bindings = Bindings(shipped.default, (by_hand,), shipped.people)
        self.store = Store()
        self.world = SmallWorld(self.clock)
        self.records: list[AuditRecord] = []
        self.sent: list[Send] = []
        self.deaf: set[str] = set()
        self.dispatcher = Dispatcher(
            registry=self.registry,
            store=self.store,
            policy=self.policy,
            world=self.world,
            audit=self,
            clock=self.clock,
            carry=self._carry,
        )
        self.intake = Intake(
            dispatcher=self.dispatcher,
            store=self.store,
            bindings=self.bindings,
            policy=self.policy,
            clock=self.clock,
            profiles=self.world.profiles,
        )

    def append(self, record: AuditRecord) -> None:
        self.records.append(record)

    def _carry(self, send: Send) -> bool:
        if send.to in self.deaf:
            return False
        self.sent.append(send)
        return True
