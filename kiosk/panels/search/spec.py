"""Search: everything that has a name, and every command."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="search",
    title=Text("찾기", "Search"),
    subtitle=Text("이름, 초성, 명령", "names, initials, commands"),
    presenter="kiosk.panels.search.presenter:SearchPresenter",
    view="kiosk.panels.search.view:SearchView",
    order=3,
    category="kiosk",
    icon="search",
)
