"""Complaints: the list with its steps, the map, one in full. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.shown import ComplaintsShown, complaint_fits
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.pack.clock import midnight_ms
from kiosk.panels.chain import Step
from kiosk.panels.complaints.clusters import Cluster, clusters
from kiosk.panels.complaints.model import (
    NOTHING,
    ClusterLine,
    ComplaintLine,
    ComplaintsModel,
    Opened,
    StandingChoice,
)
from kiosk.panels.districts import Shapes
from kiosk.panels.figures import number
from kiosk.panels.orders.lines import moment, who
from kiosk.panels.orders.model import Pick
from kiosk.panels.orders.presenter import problem
from kiosk.panels.panel import Live
from kiosk.ui.ages import age_words
from kiosk.ui.charts.map_model import DistrictFill, MapGeometry, MapMarker, MapModel, Press
from kiosk.wire.city import Complaint, ComplaintCount, District
from kiosk.wire.orders import GivenReply, Reply
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("시민 민원", "Complaints")
MOST = 200
MOST_CLUSTERS = 3
SHOWN_WORDS: dict[ComplaintsShown, Text] = {
    "all": Text("모두", "All"),
    "open": Text("처리할 것", "Open"),
    "unanswered": Text("답 없는 것", "No reply"),
    "today": Text("오늘", "Today"),
}
STEPS = (
    ("reception", Text("접수", "Received")),
    ("handling", Text("처리", "Handled")),
    ("done", Text("완료", "Done")),
)


class ComplaintsData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Complaints, those that are open first, the one that is opened, how many there are in each
    district, and the city's shape."""

    complaints: tuple[Complaint, ...]
    opened: Complaint | None
    counts: dict[str, ComplaintCount]
    districts: tuple[District, ...]
    geometry: MapGeometry | None


class ComplaintsPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("complaints", "districts"))
    fields = frozenset(("place",))

    def __init__(self) -> None:
        self._shapes = Shapes()

    def query(self, repositories: "Repositories", state: ViewState) -> ComplaintsData:
        districts, place = repositories.districts(), state.place
        return ComplaintsData(
            complaints=repositories.complaints(MOST, place.district),
            opened=repositories.complaint(place.item) if place.item is not None else None,
            counts=repositories.complaint_counts(),
            districts=districts,
            geometry=self._shapes.of(districts),
        )

    def present(
        self, state: ViewState, data: ComplaintsData | None, live: Live, now_ms: int
    ) -> ComplaintsModel:
        if data is None:
            return ComplaintsModel(loading=True, title=TITLE, now_ms=now_ms)
        place = state.place
        chosen = data.opened if data.opened and data.opened.id == place.item else None
        shown, answered = state.lists.complaints, _answered(live)
        nearby = [c for c in data.complaints if place.district in (None, c.district)]
        rows = [c for c in nearby if _fits(c, shown, answered, now_ms)]
        if chosen is not None and chosen.id not in {c.id for c in rows}:
            rows.append(chosen)
        names = {d.code: d.name for d in data.districts}
        found = clusters(rows)[:MOST_CLUSTERS]
        lines = tuple(_line(c, n, names, place.item, now_ms) for n, c in enumerate(rows, start=1))
        counts = [n for code, n in data.counts.items() if place.district in (None, code)]
        every, still = sum(n.every for n in counts), sum(n.still for n in counts)
        where = names.get(place.district or "", here().whole)
        return ComplaintsModel(
            title=Text(f"시민 민원 {every:,}건", f"{every:,} complaints"),
            remark=Text(f"{where.ko}, 처리할 것 {still:,}건", f"{where.en}, {still:,} open"),
            lines=lines,
            standings=_standings(shown),
            map=_map(data, rows, found, state),
            gathered=() if chosen else _gathered(found, names, now_ms),
            opened=_opened(chosen, names, state, live, now_ms) if chosen else None,
            asked=place.item is not None,
            problem=problem(live),
            simulated=any(c.simulated for c in rows),
            now_ms=now_ms,
        )

    def project(self, model: ComplaintsModel) -> Projection:
        rows = tuple(
            Row(
                headline=Text(f"{line.number}. {line.title}", f"{line.number}. {line.title}"),
                facts=Text(f"{line.where.ko}, {line.age.ko}", f"{line.where.en}, {line.age.en}"),
                command="complaint.show",
                args={"complaint": line.id},
            )
            for line in model.lines
        )
        block = RowsBlock(model.title, rows, model.simulated)
        return Projection("complaints", TITLE, model.remark, model.now_ms, (block,))


def _answered(live: Live) -> frozenset[str]:
    """Complaints that this wall has replied to; what is still being written counts too."""
    writing = (w.complaint for w in live.writing if isinstance(w, Reply))
    return frozenset([*(given.reply.complaint for given in live.given.replies), *writing])


def _fits(row: Complaint, shown: ComplaintsShown, answered: frozenset[str], now_ms: int) -> bool:
    return complaint_fits(
        shown,
        still=row.open,
        answered=row.id in answered,
        t_ms=row.t_ms,
        today_ms=midnight_ms(now_ms),
    )


def _standings(chosen: ComplaintsShown) -> tuple[StandingChoice, ...]:
    return tuple(
        StandingChoice(shown, words, shown == chosen) for shown, words in SHOWN_WORDS.items()
    )


def step_of(row: Complaint) -> str:
    """How far it is; a source that tells open and closed only leaves two of the three."""
    return row.step or ("done" if row.status == "closed" else "reception")


def _line(
    row: Complaint, number: int, names: dict[str, Text], item: str | None, now_ms: int
) -> ComplaintLine:
    district = names.get(row.district, NOTHING)
    where = [words for words in (district, Text(row.agency, row.agency)) if words.ko]
    return ComplaintLine(
        id=row.id,
        number=number,
        title=row.title,
        where=Text(", ".join(w.ko for w in where), ", ".join(w.en for w in where)),
        age=age_words(now_ms - row.t_ms),
        steps=_steps(row, now_ms),
        simulated=row.simulated,
        chosen=row.id == item,
    )


def _steps(row: Complaint, now_ms: int) -> tuple[Step, ...]:
    here = [step for step, _ in STEPS].index(step_of(row))
    found = []
    for place, (step, word) in enumerate(STEPS):
        known = {"reception": row.t_ms, step_of(row): row.updated_ms if here else row.t_ms}
        at = moment(known[step], now_ms) if place <= here and step in known else ""
        found.append(Step(word, at, ("past", "now", "ahead")[(place > here) + (place >= here)]))
    return tuple(found)


def _opened(
    row: Complaint, names: dict[str, Text], state: ViewState, live: Live, now_ms: int
) -> Opened:
    district = names.get(row.district, NOTHING)
    at, agency = moment(row.t_ms, now_ms), Text(row.agency, row.agency)
    facts = [
        words
        for words in (district, Text(row.address, row.address), agency, Text(at, at))
        if words.ko
    ]
    writing = [w for w in live.writing if isinstance(w, Reply) and w.complaint == row.id]
    given = [g for g in live.given.replies if g.reply.complaint == row.id]
    answers = [Text(f"쓰는 중: {w.text}", f"Writing: {w.text}") for w in writing]
    answers += [_answer(g, live, now_ms) for g in given]
    replying = state.place.about is not None
    return Opened(
        id=row.id,
        title=row.title,
        description=row.description,
        facts=Text(", ".join(f.ko for f in facts), ", ".join(f.en for f in facts)),
        answers=tuple(answers),
        replies=tuple(Pick(p.id, p.words) for p in live.desk.reply) if replying else (),
    )


def _answer(given: GivenReply, live: Live, now_ms: int) -> Text:
    reply = given.reply
    at, by = moment(reply.t_ms, now_ms), who(reply.by, live)
    way = Text("보내는 중", "on its way")
    if given.refused is not None:
        way = Text("거절됨. 줄이거나 고쳐 다시 답변하세요", "refused. Change it and reply again")
    elif given.sent_ms is not None:
        way = Text("보냄", "sent")
    return Text(
        f"답변 {at}, {way.ko}: {reply.text} ({by.ko})",
        f"Reply {at}, {way.en}: {reply.text} ({by.en})",
    )


def _gathered(
    found: Sequence[Cluster], names: dict[str, Text], now_ms: int
) -> tuple[ClusterLine, ...]:
    lines = []
    for number_, cluster in enumerate(found, start=1):
        first, many = cluster.rows[0], len(cluster.rows)
        where, age = names.get(first.district, NOTHING), age_words(now_ms - first.t_ms)
        line = ClusterLine(
            id=first.id,
            number=number_,
            title=Text(f"{first.title}, 모두 {many}건", f"{first.title}, {many} in all"),
            facts=Text(f"{where.ko}, 처음 {age.ko}", f"{where.en}, first {age.en}"),
            simulated=any(row.simulated for row in cluster.rows),
        )
        lines.append(line)
    return tuple(lines)


def _map(
    data: ComplaintsData, rows: Sequence[Complaint], found: Sequence[Cluster], state: ViewState
) -> MapModel | None:
    """How many are open in each district, where they gather, and where the opened one is."""
    if data.geometry is None:
        return None
    still = {code: number(count.still) for code, count in data.counts.items() if count.still}
    fills = tuple(DistrictFill(d.code, 0, still.get(d.code, "")) for d in data.districts)
    opened = state.place.item
    markers = tuple(
        MapMarker(n, c.lon, c.lat, "notice", Press("complaint.show", {"complaint": c.id}))
        for n, c in enumerate(rows, start=1)
        if c.lon is not None and c.lat is not None and c.id == opened
    )
    if opened is None:
        markers = tuple(
            MapMarker(n, c.lon, c.lat, "caution", Press("complaint.show", {"complaint": one.id}))
            for n, c in enumerate(found, start=1)
            for one in c.rows[:1]
        )
    return MapModel(
        geometry=data.geometry,
        fills=fills,
        markers=markers,
        selected=state.place.district,
        district_command="district.select",
        scale_bar=False,
    )
