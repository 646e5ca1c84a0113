"""What stands around a panel on the wall, as the wall puts it there."""

from typing import cast

from kiosk.app.dock import crumbs, dock_view, lens_of, tabs_view
from kiosk.app.lamps import DEMO, SYSTEM
from kiosk.cache.repositories import Repositories
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels import find_menu, find_panels
from kiosk.panels.names import read_names
from kiosk.ui.components.top_bar import TopBarView
from kiosk.ui.gallery.frame_samples import TOP, gesture_views, voice_views
from kiosk.ui.shell import Shell
from tests.helpers.panel_city import NOW_MS, MemoryRepositories


def furnish(shell: Shell, state: ViewState, city: MemoryRepositories) -> None:
    """Top bar with breadcrumb, tabs, dock and both HUDs."""
    specs = {spec.id: spec for spec in find_panels()}
    menu = find_menu(tuple(specs.values()))
    names = read_names(cast(Repositories, city))
    lens = lens_of(state, names)
    shell.set_dock(dock_view(menu, specs, state, lens))
    shell.set_tabs(tabs_view(menu, specs, state.panel, lens))
    shell.set_top_bar(
        TopBarView(
            specs[state.panel].title,
            note=here().invented or DEMO,
            lamps=TOP.lamps,
            system=SYSTEM,
            crumbs=crumbs(names, state),
        )
    )
    shell.set_gesture(gesture_views()["resting"])
    shell.set_voice(voice_views()["resting"])
    shell.tick(NOW_MS)
