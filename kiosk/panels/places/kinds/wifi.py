"""Access points of the public Wi-Fi: where they are."""

from kiosk.panels.places.kinds.kind import PlaceKind, Told, words
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Place
from kiosk.wire.text import Text


def tell(place: Place, now_ms: int) -> Told:
    inside = words(place, "indoors") or words(place, "in_out")
    said = place.address or inside
    return Told("full", words=Text(said, said))


KIND = PlaceKind(
    word="wifi",
    kind="wifi.point",
    title=Text("와이파이", "Wi-Fi"),
    counted=lambda n: Text(f"접속 지점 {n:,}곳", f"{n:,} access points"),
    tell=tell,
    many=True,
    opens=False,
    indicator=Press("indicator.open", {"indicator": "public-wifi"}),
)
