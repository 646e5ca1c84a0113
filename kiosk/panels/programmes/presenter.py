"""The platform itself and the city's digital programmes. No Qt."""

from kiosk.panels.outline.pictures import in_time, on_map
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.routes import over_demand
from kiosk.panels.outline.scene import Outline
from kiosk.panels.programmes.spec import SPEC
from kiosk.wire.text import Text


class ProgrammesPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "디지털 시민시장실과 프로그램.",
            "The mayor's platform and the programmes.",
        ),
        kinds=SPEC.items,
        draw=(
            in_time("phase"),
            over_demand,
            on_map,
        ),
    )
