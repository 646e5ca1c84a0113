"""Help: everything that the wall can be asked for, and how."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="help",
    title=Text("도움말", "Help"),
    subtitle=Text("말, 손짓, 터치", "voice, hand, touch"),
    presenter="kiosk.panels.help.presenter:HelpPresenter",
    view="kiosk.panels.help.view:HelpView",
    order=5,
    category="kiosk",
    icon="help",
    narrowings=(("commands", Text("모든 명령", "All commands")),),
)
