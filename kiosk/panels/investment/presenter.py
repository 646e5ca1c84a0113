"""Money by owner, type and field. No Qt."""

from kiosk.panels.investment.spec import SPEC
from kiosk.panels.outline.pictures import as_parts
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline
from kiosk.wire.text import Text


class InvestmentPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "한 해 예산과 2021년 정보화 투자.",
            "The budget of a year, and investment in IT in 2021.",
        ),
        kinds=SPEC.items,
        draw=(as_parts,),
    )
