"""Help on the wall: the gestures, or all commands."""

from kiosk.panels.help.gestures import GestureList
from kiosk.panels.help.presenter import COMMANDS, HelpModel
from kiosk.panels.help.table import HelpTable
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.components.action import Action
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

BAR_U = 56.0
GAP_U = 12.0
PAGES = (
    Action(Text("손짓", "Gestures"), "panel.narrow", {"panel": "help", "to": ""}, "help.gestures"),
    Action(
        Text("모든 명령", "All commands"),
        "panel.narrow",
        {"panel": "help", "to": COMMANDS},
        "help.commands",
    ),
)


class HelpView(PanelView):
    """A head, a switch, and the page; beside the gestures, whose ways are shown."""

    def build(self) -> None:
        self._model = HelpModel()
        self._head = self.add(SectionHead(self.theme))
        self._switch = self.add(Segmented(self.theme, SegmentedView(PAGES)))
        self._people = self.add(Segmented(self.theme, SegmentedView(())))
        self.gestures = self.add(GestureList(self.theme))
        self.table = self.add(HelpTable(self.theme))
        self._turn()

    def set_view_model(self, model: HelpModel) -> None:
        before, self._model = self._model, model
        self.table.set_lines(model.lines)
        self.gestures.set_lines(model.gestures)
        chosen = next((i for i, who in enumerate(model.people) if who.chosen), -1)
        choices = tuple(
            Action(who.name, "person.choose", {"person": who.id}, f"help.person.{who.id}")
            for who in model.people
        )
        self._people.set_view(SegmentedView(choices, chosen))
        if len(before.people) != len(model.people):
            self.rearrange()
        self._turn()

    def _turn(self) -> None:
        model, commands = self._model, self._model.commands
        self._switch.set_view(SegmentedView(PAGES, int(commands)))
        self.table.setVisible(commands)
        self.gestures.setVisible(not commands)
        self._people.setVisible(not commands and len(model.people) > 1)
        count = len(model.lines)
        title = Text(f"손짓 {len(model.gestures)}가지", f"{len(model.gestures)} gestures")
        remark = Text(f"‘{model.place.ko}’ 화면에서", f"on “{model.place.en}”")
        if commands:
            title = Text(f"할 수 있는 일 {count}가지", f"{count} things to ask for")
            remark = Text(
                f"말 {model.spoken} · 손짓 {model.shown} · 터치는 화면의 단추로",
                f"{model.spoken} by voice, {model.shown} by hand, touch by the buttons",
            )
        self._head.set_view(SectionView(title, remark))

    def arrange(self, modules: Modules) -> None:
        whole = modules.box(0, modules.count, 0, modules.height)
        self.put(self._head, whole.adjusted(0, 0, 0, HEAD_U - whole.height()))
        top = HEAD_U + GAP_U
        half = 1.5 if modules.upright else 2
        people = max(1, len(self._model.people))
        self.put(self._switch, modules.box(0, half, top, BAR_U))
        span = min(modules.count - half, people if not modules.upright else half)
        self.put(self._people, modules.box(modules.count - span, span, top, BAR_U))
        page = whole.adjusted(0, top + BAR_U + GAP_U, 0, 0)
        self.put(self.table, page)
        self.put(self.gestures, page)
