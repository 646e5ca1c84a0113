"""How asking a source goes, in words for a person at the wall."""

from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.links import Links
from kiosk.backend.pull.source import SourceHealth, Trouble
from kiosk.wire.city import Source
from kiosk.wire.text import Text

LONGEST = 160
NO_LINKS = Links()
TROUBLES: dict[Trouble, Text] = {
    "away": Text("응답이 없습니다", "It does not answer"),
    "not_understood": Text("알 수 없는 형식의 응답입니다", "Its answer has an unknown form"),
    "refused": Text("요청을 거절했습니다", "It refused the request"),
    "quota": Text("오늘 호출 한도를 다 썼습니다", "The calls of its quota are spent"),
    "parts": Text("일부를 받지 못했습니다", "Parts of its answer could not be had"),
    "partial": Text("호출 한도로 일부만 받았습니다", "The quota ended before all was asked"),
}
CANNOT_SEND = Text(
    "답변과 신고를 지금 보낼 수 없습니다", "Answers and reports can't be sent to it now"
)
NOT_TAKEN = Text(
    "보낸 답변과 신고를 받지 않습니다", "It does not take the answers and reports sent to it"
)
REFUSED_FOR_GOOD = Text(
    "보낸 답변이나 신고 하나를 거절했습니다", "It refused an answer or report for good"
)
SENDING_WAITS = Text(
    "호출 한도를 다 써서 답변과 신고가 기다립니다",
    "Answers and reports wait, the calls of its quota are spent",
)
NO_SUBSCRIPTION = Text(
    "바뀐 내용의 알림을 구독하지 못했습니다", "Its notifications can't be subscribed to"
)
STRANGE_NEWS = Text(
    "알 수 없는 형식의 알림을 보냈습니다", "It sent a notification of an unknown form"
)
NO_LISTENER = Text(
    "알림을 받을 주소를 열 수 없습니다", "The address for its notifications can't be opened"
)
IN_FULL = frozenset(("quota", "partial", "parts"))
NO_ADDRESS = Text(
    "주소가 아직 없습니다. 현장 선언에 주소를 적으십시오",
    "Not connected: the site's declaration has no address yet",
)
MQTT = ("mqtt://", "mqtts://")
NOT_SPOKEN = Text(
    "주소는 http, https, mqtt, mqtts 가운데 하나로 시작해야 합니다",
    "Not connected: its address is none of http, https, mqtt and mqtts",
)
NO_TOPIC = Text(
    "구독할 토픽이 선언에 없습니다",
    "Not connected: the declaration names no topics to subscribe to",
)


def no_key(key: str) -> Text:
    return Text(f"열쇠가 없어 쓰지 않습니다: {key}", f"Not used, no key here: {key}")


def idle(declaration: Declaration, keys: frozenset[str]) -> Text | None:
    """Why a source is not asked here; None when it is. `keys`: names of the keys that there are."""
    if not declaration.address:
        return NO_ADDRESS
    if not declaration.address.startswith(("http://", "https://", *MQTT)):
        return NOT_SPOKEN
    if declaration.address.startswith(MQTT) and not declaration.subscribe:
        return NO_TOPIC
    if declaration.key and declaration.key not in keys:
        return no_key(declaration.key)
    return None


def source_row(
    declaration: Declaration,
    health: SourceHealth,
    why_idle: Text | None,
    links: Links = NO_LINKS,
) -> Source:
    """The row that every kiosk sees."""
    return Source(
        id=declaration.id,
        name=declaration.name,
        owner=declaration.owner,
        contact=declaration.contact,
        licence=declaration.licence,
        url=declaration.url,
        period_s=declaration.period_s,
        last_success_ms=health.last_success_ms,
        last_error=error_words(health, links),
        kinds=declaration.kinds,
        connector=declaration.connector,
        disclosure=declaration.disclosure,
        sdg=declaration.sdg,
        idle=why_idle,
        items=health.items,
        rejected=health.rejected,
        refused=health.refused,
        failures=health.failures,
        circuit=health.circuit,
        calls_today=health.calls_today,
        calls_a_day=declaration.quota.day,
        next_ms=health.next_ms,
        unsent=links.unsent,
        link_troubles=len(links.troubles),
    )


def error_words(health: SourceHealth, links: Links = NO_LINKS) -> Text | None:
    """None when the last answer was good, and nothing is wrong beside it."""
    said = "" if health.trouble in IN_FULL else health.last_error
    asking = (because(TROUBLES[health.trouble], said),) if health.trouble else ()
    sentences = (*asking, *links.troubles)
    if not sentences:
        return None
    return Text("; ".join(each.ko for each in sentences), "; ".join(e.en for e in sentences))


def because(words: Text, said: str) -> Text:
    """The words with what the system said itself."""
    said = said[:LONGEST]
    return Text(f"{words.ko} ({said})", f"{words.en} ({said})") if said else words


def health_of(row: Source) -> SourceHealth:
    """What a row still knows after a restart. The trouble is told again by the next try."""
    return SourceHealth(
        id=row.id,
        last_success_ms=row.last_success_ms,
        items=row.items,
        rejected=row.rejected,
        refused=row.refused,
        failures=row.failures,
        circuit=row.circuit,
        calls_today=row.calls_today,
        next_ms=row.next_ms,
    )
