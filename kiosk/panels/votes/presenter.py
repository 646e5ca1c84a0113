"""What citizens are asked by the city, and ask one another. No Qt."""

from kiosk.pack import here
from kiosk.panels.outline.pictures import as_parts
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline
from kiosk.panels.votes.spec import SPEC
from kiosk.wire.text import Text


class VotesPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=here().called(SPEC.id, SPEC.title),
        about=Text(
            "시가 묻고 시민이 묻는 모바일 투표.", "Votes by phone, of the city and of citizens."
        ),
        kinds=SPEC.items,
        draw=(as_parts,),
        narrowings=SPEC.narrowings,
    )
