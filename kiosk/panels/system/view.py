"""System on the wall."""

from PySide6.QtCore import QRectF

from kiosk.commands.recording import WITH
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView
from kiosk.panels.system.model import SystemModel
from kiosk.panels.system.pieces import AuditTail, SourceTable
from kiosk.panels.system.presenter import PROCESS_NAMES
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.system_health import ProcessRowView, SystemHealth, SystemHealthView
from kiosk.ui.icons import IconName
from kiosk.ui.shapes import LampKind
from kiosk.wire.messages import State
from kiosk.wire.text import Text

GAP_U, ROW_U = 20.0, 56.0
LAMPS: dict[State, LampKind] = {
    "stopped": "stopped",
    "starting": "degraded",
    "running": "running",
    "degraded": "degraded",
    "failed": "failed",
}
RECORD = Text("손 기록", "Record")
TICKS = {"video": Text("영상도", "With video"), "sound": Text("소리도", "With sound")}
NEVER = {"video": Text("영상 없이", "No video"), "sound": Text("소리 없이", "No sound")}
STOP_RECORDING = Action(
    Text("기록 마치기", "Stop recording"), "gestures.record_stop", {}, "system.record", "hand"
)
BUTTONS = (
    Action(Text("태블릿", "Tablets"), "remote.pair", {}, "system.pair", "tablet"),
    Action(Text("화면 잠금", "Lock"), "system.lock", {}, "system.lock", "lock"),
    Action(
        Text("자료 출처", "Sources"), "panel.open", {"panel": "sources"}, "system.sources", "search"
    ),
    Action(Text("이용 현황", "Use"), "panel.open", {"panel": "usage"}, "system.usage", "grid"),
    Action(Text("도움말", "Help"), "panel.open", {"panel": "help"}, "system.help", "help"),
)


class SystemView(PanelView):
    """Processes at the left, sources at the right, what was asked for below the processes."""

    def build(self) -> None:
        theme = self.theme
        self._process_head = self.add(SectionHead(theme))
        self.processes = self.add(SystemHealth(theme, SystemHealthView()))
        self._audit_head = self.add(SectionHead(theme))
        self.audit = self.add(AuditTail(theme))
        self._source_head = self.add(SectionHead(theme))
        self.sources = self.add(SourceTable(theme))
        self._buttons = [self.add(Button(theme, action)) for action in BUTTONS]
        self._record = self.add(Button(theme, STOP_RECORDING))
        self._ticks = {what: self.add(Button(theme, _tick(what, on=False))) for what in TICKS}
        self._rows = 0
        self._recorder: tuple[bool, bool] = (False, False)

    def set_view_model(self, model: SystemModel) -> None:
        self._process_head.set_view(SectionView(Text("프로세스", "Processes"), model.sync))
        rows = tuple(
            ProcessRowView(
                name=PROCESS_NAMES.get(p.name, Text(p.name, p.name)),
                process=p.name,
                kind=LAMPS[p.state],
                reason=p.reason,
                restarts=p.restarts,
                restart=_restart(p.name) if p.state == "failed" else None,
            )
            for p in model.processes
        )
        self.processes.set_view(SystemHealthView(rows))
        late = model.late_sources
        remark = (
            Text(f"{late}종 지연 또는 없음", f"{late} late or missing")
            if late
            else Text("모두 정상", "all well")
        )
        title = Text(f"자료 출처 {len(model.sources)}종", f"{len(model.sources)} sources")
        self._source_head.set_view(SectionView(title, remark))
        self.sources.set_rows(model.sources)
        self._audit_head.set_view(
            SectionView(
                Text("최근 명령", "Last commands"),
                Text("모든 명령은 기록됩니다", "every command is recorded"),
            )
        )
        self.audit.set_rows(model.audit)
        self._show_recording(model)
        recorder = model.may_record, model.may_tick and not model.recording
        if (len(rows), recorder) != (self._rows, self._recorder):
            self._rows, self._recorder = len(rows), recorder
            self.rearrange()

    def _show_recording(self, model: SystemModel) -> None:
        """What will be recorded beside the hands is ticked by itself, each time anew in sight."""
        ticked = model.ticked if model.may_tick else frozenset()
        record = Action(RECORD, WITH[ticked], {}, "system.record", "hand")
        self._record.set_action(STOP_RECORDING if model.recording else record)
        self._record.setVisible(model.may_record)
        for what, button in self._ticks.items():
            on = what in ticked
            button.set_action(_tick(what, on=on), "normal" if on else "secondary")
            button.setVisible(model.may_tick and not model.recording)

    def arrange(self, modules: Modules) -> None:
        upright = modules.upright
        left = 3 if upright else modules.count // 2
        rows = self._rows or 1
        each = 64.0
        self.put(self._process_head, modules.box(0, left, 0, HEAD_U))
        self.put(self.processes, modules.box(0, left, HEAD_U, rows * each))
        top = HEAD_U + rows * each + GAP_U
        foot = modules.height - 56
        if upright:
            half = (foot - GAP_U - top) / 2
            self.put(self._source_head, modules.box(0, 3, top, HEAD_U))
            self.put(self.sources, modules.box(0, 3, top + HEAD_U, half - HEAD_U - GAP_U))
            top += half
        else:
            right = modules.count - left
            self.put(self._source_head, modules.box(left, right, 0, HEAD_U))
            self.put(self.sources, modules.box(left, right, HEAD_U, foot - GAP_U - HEAD_U))
        self.put(self._audit_head, modules.box(0, left, top, HEAD_U))
        may_record, may_tick = self._recorder
        bottom = foot - GAP_U if upright or may_record else modules.height
        if upright and may_record:
            bottom -= ROW_U + GAP_U
        self.put(self.audit, modules.box(0, left, top + HEAD_U, bottom - top - HEAD_U))
        self._row(modules.box(modules.count - 3, 3, foot, ROW_U), self._buttons)
        recorders = [self._record, *(self._ticks.values() if may_tick else ())]
        above = bottom + GAP_U if upright else foot
        self._row(modules.box(0, left, above, ROW_U), recorders)

    def _row(self, box: QRectF, buttons: list[Button]) -> None:
        wide = (box.width() + 12) / len(buttons)
        for index, button in enumerate(buttons):
            self.put(button, QRectF(box.left() + index * wide, box.top(), wide - 12, ROW_U))


def _tick(what: str, *, on: bool) -> Action:
    words = TICKS[what] if on else NEVER[what]
    icon: IconName | None = "check" if on else None
    return Action(words, "gestures.record_tick", {"what": what}, f"system.tick.{what}", icon)


def _restart(process: str) -> Action:
    words = Text("다시 시작", "Start again")
    return Action(words, "system.restart", {"process": process}, f"system.restart.{process}")
