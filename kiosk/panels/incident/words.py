"""Kinds, distances and moments of incidents in words. No Qt."""

from kiosk.pack.clock import local_time
from kiosk.ui.ages import age_words
from kiosk.ui.times import clock_words
from kiosk.wire.city import Incident
from kiosk.wire.text import Text

KINDS: dict[str, Text] = {
    "fire": Text("화재", "Fire"),
    "crash": Text("교통사고", "Road accident"),
    "water-leak": Text("누수", "Water leak"),
    "complaints": Text("민원 급증", "Complaints"),
    "crowd": Text("인파", "Crowd"),
    "weather.warning": Text("기상 특보", "Weather"),
    "road.incident": Text("도로 돌발", "Road"),
    "disaster.message": Text("재난 문자", "Message"),
    "alert.geo": Text("지질 경보", "Ground alert"),
    "alert.met": Text("기상 경보", "Weather alert"),
    "alert.safety": Text("안전 경보", "Safety alert"),
    "alert.security": Text("보안 경보", "Security alert"),
    "alert.rescue": Text("구조 경보", "Rescue alert"),
    "alert.fire": Text("화재 경보", "Fire alert"),
    "alert.health": Text("보건 경보", "Health alert"),
    "alert.env": Text("환경 경보", "Environment alert"),
    "alert.transport": Text("교통 경보", "Transport alert"),
    "alert.infra": Text("시설 경보", "Utility alert"),
    "alert.cbrne": Text("화생방 경보", "CBRNE alert"),
}
"""Of the demonstration, of the connectors, and the categories of CAP 1.2."""
OTHER = Text("그 밖", "Other")


def kind_words(kind: str) -> Text:
    return KINDS.get(kind, OTHER)


def distance_words(metres: float) -> Text:
    """ "640 m", from a kilometre on "1.2 km"."""
    words = f"{round(metres, -1):.0f} m" if metres < 995 else f"{metres / 1000:.1f} km"
    return Text(words, words)


def about_words(metres: float) -> Text:
    """The same for a place that is an estimate: "약 1.2 km"."""
    words = distance_words(metres).ko
    return Text(f"약 {words}", f"about {words}")


def second_words(t_ms: int) -> str:
    """ "14:30:41"."""
    return f"{local_time(t_ms):%H:%M:%S}"


def state_words(incident: Incident, now_ms: int) -> Text:
    """Since when it runs, or when it ended."""
    if incident.ended_ms is not None:
        at = clock_words(incident.ended_ms)
        return Text(f"종료 {at}", f"over {at}")
    return age_words(now_ms - incident.t_ms)
