"""Car parks: free slots, price, hours."""

from collections.abc import Sequence

from kiosk.panels.outline.model import Amount
from kiosk.panels.places.kinds.kind import UNKNOWN, Facts, PlaceKind, Told, number, plain, words
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Place
from kiosk.wire.text import Text

FREE, CAPACITY = "parking.free", "parking.capacity"
FEW = 0.1  # of the slots free: as good as full for who drives there
FULL, SOME = Text("만차에 가까움", "nearly full"), Text("빈 면 있음", "has room")
FREE_SLOTS, SLOTS = Text("빈 면", "Free slots"), Text("면", "")


def tell(place: Place, now_ms: int) -> Told:
    free, slots = number(place, FREE), number(place, CAPACITY)
    facts = _facts(place)
    if free is None:
        held = () if slots is None else (Amount(plain(slots), SLOTS, Text("전체", "Slots")),)
        return Told("faint", words=UNKNOWN, rank=float("inf"), figures=held, facts=facts)
    amount = Amount(plain(free), SLOTS, FREE_SLOTS)
    if not slots:
        return Told("full", amount, words=SOME, rank=-free, figures=(amount,), facts=facts)
    share = min(1.0, max(0.0, free / slots))
    tight = share < FEW
    return Told(
        shape="ring" if tight else "full",
        amount=amount,
        share=share,
        words=FULL if tight else Text(f"{slots:,.0f}면 가운데", f"of {slots:,.0f} slots"),
        rank=-free,
        figures=(amount, Amount(plain(slots), SLOTS, Text("전체", "Slots"))),
        facts=facts,
    )


def sum_up(told: Sequence[Told]) -> Text:
    known = [one for one in told if one.amount is not None]
    free = sum(float(one.amount.value.ko.replace(",", "")) for one in known if one.amount)
    silent = len(told) - len(known)
    ko, en = f"빈 면 {free:,.0f}", f"{free:,.0f} slots free"
    if silent:
        ko, en = f"{ko}, 대수를 모르는 곳 {silent}", f"{en}, {silent} not counted"
    return Text(ko, en)


def _facts(place: Place) -> Facts:
    found = []
    fee, minutes = number(place, "fee"), number(place, "fee_min")
    if fee is not None and minutes:
        price = Text(f"{minutes:g}분에 {fee:,.0f}원", f"{fee:,.0f} KRW for {minutes:g} min")
        if fee == 0:
            price = Text("무료", "free")
        found.append((Text("요금", "Price"), price))
    most = number(place, "fee_day")
    if most:
        found.append((Text("하루 최대", "Most a day"), Text(f"{most:,.0f}원", f"{most:,.0f} KRW")))
    begins, ends = words(place, "weekday_from"), words(place, "weekday_to")
    if begins and ends:
        hours = f"{_clock(begins)}–{_clock(ends)}"
        found.append((Text("평일", "Weekdays"), Text(hours, hours)))
    kind = words(place, "kind_name")
    if kind:
        found.append((Text("종류", "Kind"), Text(kind, kind)))
    return tuple(found)


def _clock(digits: str) -> str:
    """ "0900" as "09:00"; what is no time of day stays as it is."""
    return f"{digits[:2]}:{digits[2:]}" if len(digits) == 4 and digits.isdigit() else digits


KIND = PlaceKind(
    word="parking",
    kind="parking.lot",
    title=Text("주차장", "Car parks"),
    counted=lambda n: Text(f"주차장 {n:,}곳", f"{n:,} car parks"),
    tell=tell,
    sum_up=sum_up,
    period_s=600,
    many=True,
    legend=Text("고리는 만차에 가까움, 회색은 자료 없음", "rings nearly full, grey not counted"),
    indicator=Press("indicator.open", {"indicator": "parking-free"}),
)
