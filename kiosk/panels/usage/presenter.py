"""Use of the wall, from the counts in the ledger. No Qt."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from kiosk.core.invocation import Source
from kiosk.core.state import ViewState
from kiosk.core.usage import Use
from kiosk.pack.clock import local_time
from kiosk.panels import find_panels
from kiosk.panels.panel import Live
from kiosk.panels.usage.model import UsageModel, UseLine
from kiosk.panels.usage.spec import SPEC
from kiosk.wire.projection import Block, FigureBlock, Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

DAYS = 28
DAY_MS = 86_400_000
INPUTS: dict[Source, Text] = {
    Source.TOUCH: Text("손가락", "Touch"),
    Source.GESTURE: Text("손짓", "Gesture"),
    Source.VOICE: Text("음성", "Voice"),
    Source.TABLET: Text("태블릿", "Tablet"),
    Source.KEYBOARD: Text("키보드", "Keyboard"),
}
OWNER = Text("주 사용자", "Main user")
NOTHING = Text("", "")


class UsagePresenter:
    """See kiosk.panels.panel.Presenter."""

    tables: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self._titles = {spec.id: spec.title for spec in find_panels()}

    def query(self, repositories: "Repositories", state: ViewState) -> bool:
        """The counts are in the ledger, and come with `Live`."""
        return True

    def present(self, state: ViewState, data: Any, live: Live, now_ms: int) -> UsageModel:
        found = tuple(use for use in live.usage if use.hour_ms > now_ms - DAYS * DAY_MS)
        panels = _counted(found, lambda use: use.panel, lambda use: use.opened)
        inputs = _counted(found, lambda use: use.source, _asked)
        profiles = _counted(found, lambda use: use.profile, _asked)
        hours = Counter[int]()
        for use in found:
            hours[local_time(use.hour_ms).hour] += _asked(use)
        return UsageModel(
            days=DAYS,
            opened=sum(panels.values()),
            asked=sum(inputs.values()),
            refused=sum(use.refused for use in found),
            panels=tuple(
                UseLine(self._titles.get(panel, Text(panel, panel)), count, panel)
                for panel, count in panels.items()
                if count and panel in self._titles
            ),
            inputs=tuple(UseLine(title, inputs.get(kind, 0)) for kind, title in INPUTS.items()),
            profiles=tuple(UseLine(_name(who, live), count) for who, count in profiles.items()),
            hours=tuple(hours[hour] for hour in range(24)),
            arranged=state.by_use,
            now_ms=now_ms,
        )

    def project(self, model: UsageModel) -> Projection:
        age = Text(f"지난 {model.days}일", f"last {model.days} days")
        blocks: list[Block] = [
            FigureBlock(title, f"{count:,}", Text("번", "times"), age)
            for title, count in (
                (Text("화면을 연 횟수", "Panels opened"), model.opened),
                (Text("명령", "Commands"), model.asked),
                (Text("하지 않은 명령", "Not carried out"), model.refused),
            )
        ]
        for title, lines in (
            (Text("화면별", "By panel"), model.panels),
            (Text("입력별", "By input"), model.inputs),
        ):
            rows = tuple(
                Row(
                    line.title,
                    Text(f"{line.count:,}번", f"{line.count:,} times"),
                    command="panel.open" if line.panel else "",
                    args={"panel": line.panel} if line.panel else {},
                )
                for line in lines
            )
            blocks.append(RowsBlock(title, rows))
        return Projection(SPEC.id, SPEC.title, age, model.now_ms, tuple(blocks))


def _asked(use: Use) -> int:
    return use.done + use.refused


def _counted(found: tuple[Use, ...], key: Any, count: Any) -> dict[Any, int]:
    """Sums, the largest first; of two alike, by name."""
    counted = Counter[Any]()
    for use in found:
        counted[key(use)] += count(use)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _name(profile: str, live: Live) -> Text:
    found = live.profiles.find(profile)
    if found is not None:
        return found.name
    return Text(profile, profile) if profile else OWNER
