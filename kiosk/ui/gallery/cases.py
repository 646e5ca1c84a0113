"""Every component in every state, and the size at which it is used."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from kiosk.ui.component import Component
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button, ButtonKind
from kiosk.ui.components.choice_sheet import ChoiceSheet
from kiosk.ui.components.confirm_sheet import ConfirmSheet
from kiosk.ui.components.dim_cover import DimCover
from kiosk.ui.components.dock import Dock
from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.components.gesture_hud import GestureHud
from kiosk.ui.components.issue_row import IssueRow
from kiosk.ui.components.lock_screen import LockScreen
from kiosk.ui.components.pairing import (
    CheckCode,
    PairingSteps,
    QrCode,
)
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.components.sparkline import Sparkline
from kiosk.ui.components.system_health import SystemHealth
from kiosk.ui.components.toast import Toast
from kiosk.ui.components.top_bar import TopBar
from kiosk.ui.components.touch_keyboard import TouchKeyboard
from kiosk.ui.components.voice_hud import (
    VoiceHud,
)
from kiosk.ui.gallery.content_samples import ISSUES, NOW_MS, SPARK, TILES, action
from kiosk.ui.gallery.cover_samples import (
    CHOICE,
    CODE,
    CONFIRM,
    DIM,
    LOCK,
    PROCESSES,
    STEPS,
    TOASTS,
)
from kiosk.ui.gallery.frame_samples import DOCK, FEW_DOCK, ILL_TOP, TOP, gesture_views, voice_views
from kiosk.ui.notice import Notice, NoticeView
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text


@dataclass(frozen=True)
class Case:
    """A component in a state, and the size in u at which it is used."""

    name: str
    width_u: float
    height_u: float
    make: Callable[[Theme], Component]


def _buttons() -> Iterator[Case]:
    kinds: tuple[tuple[str, ButtonKind, Action], ...] = (
        ("primary", "primary", action("상황 열기", "Open", icon="check")),
        ("normal", "normal", action("CCTV 전체 화면", "All cameras")),
        ("secondary", "secondary", action("보조", "Secondary")),
        ("disabled", "normal", replace(action("쓸 수 없음", "Disabled"), enabled=False)),
    )
    for name, kind, asked in kinds:
        yield Case(f"button {name}", 220, 56, partial(Button, action=asked, kind=kind))


def _content() -> Iterator[Case]:
    for name, tile in TILES.items():
        yield Case(f"tile {name}", 288, 180, partial(FigureTile, view=tile))
    yield Case("sparkline", 288, 60, partial(Sparkline, view=SPARK))
    yield Case("sparkline cut", 288, 60, partial(Sparkline, view=replace(SPARK, cut=True)))
    yield from _buttons()
    words = (("인구", "People"), ("대기질", "Air"), ("교통", "Traffic"), ("민원", "Calls"))
    choices = tuple(action(ko, en, trigger=f"metric.{en}") for ko, en in words)
    yield Case("segmented", 340, 48, partial(Segmented, view=SegmentedView(choices, 1)))
    titles = (("실시간 사건 대응", "Incident response"), ("교통과 대기", "Traffic and air"))
    tabs = tuple(action(ko, en, trigger=f"tab.{i}") for i, (ko, en) in enumerate(titles * 4))
    yield Case("tabs narrow", 1008, 50, partial(Segmented, view=SegmentedView(tabs, 2)))
    hint = Text("직접 쓰기", "In your own words")
    high = TouchKeyboard.height_u()
    yield Case("touch keyboard", 912, high, partial(TouchKeyboard, hint=hint))
    for issue in ISSUES:
        yield Case(f"issue {issue.severity}", 912, 82, partial(IssueRow, view=issue))
    yield Case("issue narrow", 600, 82, partial(IssueRow, view=ISSUES[0]))
    empty = NoticeView(
        Text("지금 확인할 현안이 없습니다", "Nothing needs a look now"),
        Text("마지막 확인 14:30", "Last checked 14:30"),
    )
    yield Case("notice", 900, 130, partial(Notice, view=empty))
    yield Case("notice loading", 600, 130, Notice)


def _frame() -> Iterator[Case]:
    offline = replace(TOP, offline=Text("오프라인, 저장된 자료", "Offline, stored figures"))
    for name, view in (("", TOP), (" offline", offline), (" ill", ILL_TOP)):
        yield Case(f"top bar{name}", 1848, 60, partial(TopBar, view=view))
        yield Case(f"top bar{name} narrow", 1008, 60, partial(TopBar, view=view))
    yield Case("dock", 1224, 84, partial(Dock, view=DOCK))
    yield Case("dock of few", 1224, 84, partial(Dock, view=FEW_DOCK))
    yield Case("dock narrow", 1008, 84, partial(Dock, view=DOCK))
    for name, seen in gesture_views().items():
        yield Case(f"gesture {name}", 288, 84, partial(GestureHud, view=seen))
    for name, said in voice_views().items():
        yield Case(f"voice {name}", 288, 84, partial(VoiceHud, view=said))


def _covers() -> Iterator[Case]:
    for state in ("waiting", "done", "expired"):
        asked = replace(CONFIRM, state=state)
        yield Case(f"confirm {state}", 900, 420, partial(ConfirmSheet, view=asked))
    yield Case("choice", 960, 440, partial(ChoiceSheet, view=CHOICE))
    for name, toast in TOASTS.items():
        yield Case(f"toast {name}", 640, 124, partial(Toast, view=toast))
    yield Case("lock", 1800, 1000, partial(LockScreen, view=LOCK))
    yield Case("dim", 1800, 1000, partial(DimCover, view=DIM))


def _machine() -> Iterator[Case]:
    yield Case("system", 1200, 400, partial(SystemHealth, view=PROCESSES))
    url = "https://kiosk.local:8443/pair#Qm9uYSBmaWRlcyBzYW1wbGU"
    yield Case("qr", 420, 420, partial(QrCode, content=url))
    yield Case("qr empty", 200, 200, QrCode)
    yield Case("pairing steps", 600, 192, partial(PairingSteps, steps=STEPS))
    gone = replace(CODE, expires_ms=NOW_MS - 1)
    yield Case("check code", 600, 270, partial(CheckCode, view=CODE))
    yield Case("check code expired", 600, 270, partial(CheckCode, view=gone))


CASES: tuple[Case, ...] = (*_content(), *_frame(), *_covers(), *_machine())
