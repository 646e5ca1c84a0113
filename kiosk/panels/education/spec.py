"""Education and learning by district."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="education",
    title=Text("교육", "Education"),
    subtitle=Text("학생, 도서관, 평생학습", "pupils, libraries, learning"),
    presenter="kiosk.panels.education.presenter:EducationPresenter",
    view="kiosk.panels.field_view:FieldView",
    order=8,
    sdg=(4,),
)
