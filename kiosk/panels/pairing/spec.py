"""Pairing: QR code, check code, paired tablets."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="pairing",
    title=Text("태블릿 연결", "Connect a tablet"),
    subtitle=Text("", ""),
    presenter="kiosk.panels.pairing.presenter:PairingPresenter",
    view="kiosk.panels.pairing.view:PairingPanelView",
    category="kiosk",
)
