"""Shows the panel that the state names: asks the cache, presents, projects for tablets."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from kiosk.app.frames import RingFrames
from kiosk.app.queries import Queries
from kiosk.core.clock import Clock
from kiosk.core.state import Changes, ViewState
from kiosk.panels import Live, PanelSpec, Presenter
from kiosk.panels.view import PanelView
from kiosk.ui.notice import Notice, NoticeView
from kiosk.ui.shell import Shell
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

log = logging.getLogger(__name__)


class PanelHost:
    """One view at a time is on the wall; views once made are kept, so that going back is quick.

    `wanted` is called when other cameras may be on the screen, `projected` with what tablets show.
    """

    def __init__(
        self,
        *,
        shell: Shell,
        specs: Mapping[str, PanelSpec],
        queries: Queries,
        frames: RingFrames,
        clock: Clock,
        live: Callable[[], Live],
        wanted: Callable[[], None],
        projected: Callable[[Projection], None],
    ) -> None:
        self._shell = shell
        self._specs = specs
        self._queries = queries
        self._frames = frames
        self._clock = clock
        self._live = live
        self._wanted = wanted
        self._projected = projected
        self._views: dict[str, PanelView] = {}
        self._presenters: dict[str, Presenter] = {}
        self._data: dict[str, Any] = {}
        self._state = ViewState()
        self._shown = ""

    @property
    def filled(self) -> bool:
        """Whether the panel on the wall shows data."""
        return self._shown in self._data

    def show(self, state: ViewState, changes: Changes) -> None:
        """Follows the state; asks the cache when what the panel asks by has changed."""
        self._state = state
        panel = state.panel
        presenter = self._presenter(panel)
        opened = panel != self._shown
        if opened or presenter.fields & changes:
            self._ask(panel, presenter)
        if panel in self._data:
            self._open(panel)
            self.refresh()

    def rows_changed(self, tables: frozenset[str]) -> None:
        presenter = self._presenter(self._state.panel)
        if presenter.tables & tables:
            self._ask(self._state.panel, presenter)

    def refresh(self) -> None:
        """Presents again: the state, the processes or the time have changed."""
        panel = self._state.panel
        if panel != self._shown:
            return
        try:
            presenter = self._presenter(panel)
            now_ms = self._clock.now_ms()
            model = presenter.present(self._state, self._data.get(panel), self._live(), now_ms)
            self._views[panel].set_view_model(model)
            self._wanted()
            self._projected(presenter.project(model))
        except Exception:
            log.exception("panel %s could not be shown", panel)
            self._fault()

    def shown(self) -> tuple[PanelSpec, Any, Projection] | None:
        """The panel on the wall, its model and its projection; None while it has no data."""
        panel = self._shown
        if panel not in self._data:
            return None
        presenter, now_ms = self._presenter(panel), self._clock.now_ms()
        model = presenter.present(self._state, self._data[panel], self._live(), now_ms)
        return self._specs[panel], model, presenter.project(model)

    def cameras(self) -> dict[str, tuple[int, int]]:
        """Cameras on the screen and the size of their pictures in pixels."""
        view = self._views.get(self._shown)
        return view.wanted() if view is not None else {}

    def tables(self, panel: str) -> frozenset[str]:
        """Tables of the cache that a panel reads."""
        return self._presenter(panel).tables if panel in self._specs else frozenset()

    def _presenter(self, panel: str) -> Presenter:
        if panel not in self._presenters:
            self._presenters[panel] = self._specs[panel].load_presenter()
        return self._presenters[panel]

    def _ask(self, panel: str, presenter: Presenter) -> None:
        state = self._state

        def answered(data: Any) -> None:
            self._data[panel] = data
            if panel == self._state.panel:
                self._open(panel)
                self.refresh()

        self._queries.ask(panel, lambda rows: presenter.query(rows, state), answered)

    def _open(self, panel: str) -> None:
        if panel == self._shown:
            return
        if panel not in self._views:
            view = self._specs[panel].load_view()(self._shell.theme, self._frames)
            view.wanted_changed.connect(self._wanted)
            self._views[panel] = view
        self._shown = panel
        self._frames.forget_seen()
        self._views[panel].set_theme(self._shell.theme)
        self._shell.set_panel(self._views[panel])

    def _fault(self) -> None:
        words = Text("이 화면을 그리지 못했습니다", "This panel could not be drawn")
        facts = Text(
            "다른 화면은 쓸 수 있습니다. 오류는 기록되었습니다",
            "The other panels work. The fault has been logged",
        )
        self._shown = ""
        self._shell.set_panel(Notice(self._shell.theme, NoticeView(words, facts)))
