"""What stands around the panel: dock and tabs, lamps, questions, a call, the lock."""

from collections.abc import Callable, Mapping

from kiosk.app import answers
from kiosk.app.dock import HIDDEN_MENU, crumbs, dock_view, lens_of, tabs_view
from kiosk.app.lamps import top_bar
from kiosk.app.part import Part
from kiosk.app.senses import Senses
from kiosk.app.world import WallWorld
from kiosk.core.clock import Clock
from kiosk.core.menu import Menu
from kiosk.core.state import Store, ViewState
from kiosk.pack import here
from kiosk.panels import PanelSpec
from kiosk.settings.model import CitySettings
from kiosk.ui.components.call_box import CallBoxView
from kiosk.ui.components.choice_sheet import choice_sheet_view
from kiosk.ui.components.confirm_sheet import confirm_sheet_view
from kiosk.ui.components.segmented import SegmentedView
from kiosk.ui.shell import Shell
from kiosk.wire.text import Text


class Showing(Part):
    """Puts the state and the world on the shell. `arranged` is the menu as the state wants it."""

    def __init__(
        self,
        *,
        shell: Shell,
        store: Store,
        world: WallWorld,
        senses: Senses,
        specs: Mapping[str, PanelSpec],
        city: CitySettings,
        clock: Clock,
        arranged: Callable[[ViewState], Menu],
        set_tabs: Callable[[SegmentedView | None], None],
    ) -> None:
        self._shell = shell
        self._store = store
        self._world = world
        self._senses = senses
        self._specs = specs
        self._city = city
        self._clock = clock
        self._arranged = arranged
        self._set_tabs = set_tabs

    def show(self, state: ViewState) -> None:
        self._world.menu = self._arranged(state)
        self._show_ways(state)
        self._shell.tick(self._clock.now_ms())
        self._shell.ask(confirm_sheet_view(state.confirmation) if state.confirmation else None)
        self._shell.choose(choice_sheet_view(state.choice) if state.choice else None)
        self._shell.ask_pin(state.pin)
        invites = self._world.conferences
        self._shell.show_call(CallBoxView(state.call, invites) if state.call else None)
        self._shell.lock(answers.lock_view(state, here().name))
        self._shell.set_brightness(state.screen.brightness)
        self._shell.set_lowered(state.screen.lowered)
        self.tick()

    def tick(self) -> None:
        """Only the lamps: a recording runs on, and what is shown grows old."""
        state = self._store.state
        view = top_bar(
            state.panel,
            self._specs[state.panel].title,
            self._world,
            self._city,
            self._senses.hearing,
            self._senses.engaged,
            state.recording,
            self._who(state),
            crumbs(self._world.catalogue, state),
            state.call,
        )
        self._shell.set_top_bar(view)

    def _show_ways(self, state: ViewState) -> None:
        """Dock and tabs, through the goal that the wall is looked at through."""
        if not state.screen.menu:
            self._shell.set_dock(HIDDEN_MENU)
            self._set_tabs(None)
            return
        lens = lens_of(state, self._world.catalogue)
        self._shell.set_dock(dock_view(self._world.menu, self._specs, state, lens))
        self._set_tabs(tabs_view(self._world.menu, self._specs, state.panel, lens))

    def _who(self, state: ViewState) -> Text | None:
        """Whose ways of the hand count, or whom the wall works for when it is not its owner."""
        if state.person or not state.profile:
            return self._world.people.get(state.person)
        profile = self._world.profiles.find(state.profile)
        return profile.name if profile is not None else None
