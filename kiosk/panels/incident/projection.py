"""Incidents on a tablet."""

from kiosk.panels import cameras
from kiosk.panels.incident.clock import stopwatch
from kiosk.panels.incident.model import IncidentModel, Scene
from kiosk.panels.projections import figure_block
from kiosk.ui.charts.map_model import Press
from kiosk.wire.projection import Block, CamerasBlock, Projection, Row, RowsBlock
from kiosk.wire.text import Text

TITLE = Text("현안", "Incidents")


def project(model: IncidentModel) -> Projection:
    """One incident with what is near it, then the list."""
    blocks: list[Block] = []
    subtitle = model.remark
    if model.scene is not None:
        subtitle = model.scene.headline
        blocks += _scene(model.scene, model.now_ms)
    rows = tuple(
        Row(
            headline=Text(
                f"{line.number}. {line.headline.ko}", f"{line.number}. {line.headline.en}"
            ),
            facts=_joined(line.facts, line.state, line.noted),
            severity="" if line.over else line.severity,
            command="incident.open",
            args={"incident": line.id},
        )
        for line in model.lines
    )
    blocks.append(RowsBlock(model.title, rows, model.simulated))
    for figure in model.figures:
        press = Press("indicator.open", {"indicator": figure.indicator})
        blocks.append(figure_block(figure, model.now_ms, press))
    return Projection("incident", TITLE, subtitle, model.now_ms, tuple(blocks))


def _scene(scene: Scene, now_ms: int) -> list[Block]:
    clock = scene.clock
    elapsed = stopwatch(clock.elapsed_s(now_ms))
    time = Text(f"신고 후 {elapsed}", f"{elapsed} since the report")
    head = Row(
        headline=_joined(scene.kind, scene.address),
        facts=_joined(scene.facts, time, clock.verdict(now_ms), scene.over, scene.noted),
        severity=scene.severity,
    )
    acts = tuple(
        Row(
            deed.label,
            scene.headline,
            command=deed.press.command if deed.enabled else "",
            args=dict(deed.press.args),
        )
        for deed in scene.deeds
    )
    blocks: list[Block] = [RowsBlock(scene.headline, (head, *acts), scene.simulated)]
    units = tuple(
        Row(
            Text(f"{u.letter}. {u.name}", f"{u.letter}. {u.name}"),
            _joined(u.distance, u.vehicles, u.state),
        )
        for u in scene.units
    )
    if units:
        title = Text("출동대", "Fire stations")
        blocks.append(RowsBlock(title, units, scene.simulated))
    if scene.cameras:
        title = Text("가까운 CCTV", "Nearest cameras")
        blocks.append(CamerasBlock(title, cameras.rows(scene.cameras, now_ms)))
    beds = tuple(
        Row(Text(h.name, h.name), _joined(h.level, h.distance, _beds(h.beds), h.age))
        for h in scene.hospitals
    )
    if beds:
        title = Text("가까운 응급실", "Emergency rooms")
        blocks.append(RowsBlock(title, beds, scene.beds_simulated))
    if scene.police is not None:
        police = scene.police
        row = Row(Text(police.name, police.name), _joined(police.distance, police.words))
        blocks.append(RowsBlock(Text("경찰", "Police"), (row,), police.simulated))
    return blocks


def _beds(beds: str) -> Text:
    return Text(f"빈 병상 {beds}", f"{beds} beds free")


def _joined(*words: Text) -> Text:
    """What there is of these, in one line."""
    every = [each for each in words if each.ko]
    return Text(", ".join(each.ko for each in every), ", ".join(each.en for each in every))
