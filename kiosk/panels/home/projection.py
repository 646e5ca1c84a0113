"""Home on a tablet."""

from kiosk.panels import cameras
from kiosk.panels.home.model import HomeModel
from kiosk.panels.projections import figure_block, map_block
from kiosk.ui.charts.map_model import Press
from kiosk.wire.projection import Block, CamerasBlock, Projection, Row, RowsBlock
from kiosk.wire.text import Text

TITLE = Text("시정 상황판", "City overview")
ISSUES = Text("지금 확인할 현안", "What needs a look now")


def project(model: HomeModel) -> Projection:
    """Issues first: a hand-held screen is read from the top."""
    blocks: list[Block] = [
        RowsBlock(
            ISSUES,
            tuple(
                Row(
                    headline=Text(
                        f"{issue.number}. {issue.headline.ko}",
                        f"{issue.number}. {issue.headline.en}",
                    ),
                    facts=issue.facts,
                    severity=issue.severity,
                    command=issue.press.command,
                    args=dict(issue.press.args),
                )
                for issue in model.issues
            ),
            any(issue.simulated for issue in model.issues),
        )
    ]
    blocks += [
        figure_block(f, model.now_ms, Press("indicator.open", {"indicator": f.indicator}))
        for f in model.figures
    ]
    if model.map is not None and model.reading is not None:
        blocks.append(map_block(model.reading, model.map, model.now_ms))
    if model.cameras:
        blocks.append(CamerasBlock(Text("CCTV", "CCTV"), cameras.rows(model.cameras, model.now_ms)))
    return Projection("home", TITLE, Text("", ""), model.now_ms, tuple(blocks))
