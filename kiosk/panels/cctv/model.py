"""What the camera wall shows."""

import msgspec

from kiosk.panels.cameras import CameraCounts
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.map_model import MapModel


class CctvModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`tiles` are on the screen; `opened` says that it is one camera in full.

    `layout` is how many at once (1, 4, 9, 16), `page` counts from 0. `everyone` is every camera
    by number. `counts` are of the cameras on the screen: the others are closed (`unasked`).
    """

    loading: bool = False
    tiles: tuple[CameraTileModel, ...] = ()
    everyone: tuple[CameraTileModel, ...] = ()
    opened: bool = False
    layout: int = 9
    page: int = 0
    pages: int = 1
    counts: CameraCounts = CameraCounts()
    unasked: int = 0
    map: MapModel | None = None
    now_ms: int = 0
