"""Projects on the map. No Qt."""

from kiosk.panels.outline.pictures import on_map
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline
from kiosk.panels.projects.spec import SPEC
from kiosk.wire.text import Text


class ProjectsPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "스마트도시, 도시재생, 주요 사업.",
            "Smart city, regeneration and major projects.",
        ),
        kinds=SPEC.items,
        narrowings=SPEC.narrowings,
        draw=(on_map,),
    )
