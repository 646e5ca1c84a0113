"""Indicators: the board and the detail."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="indicators",
    title=Text("시정 지표", "Indicators"),
    subtitle=Text("분야별 지표와 추이", "figures and trends by theme"),
    presenter="kiosk.panels.indicators.presenter:IndicatorsPresenter",
    view="kiosk.panels.indicators.view:IndicatorsView",
    order=1,
    category="administration",
    sdg=(3, 6, 7, 11, 13, 16),
)
