"""Shows the panel that the state names: asks the cache, presents, projects for tablets."""

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from kiosk.app.part import Part
from kiosk.app.queries import Queries
from kiosk.app.slices import Slices
from kiosk.core.clock import Clock
from kiosk.core.state import Changes, Place, ViewState, replace
from kiosk.panels import Live, PanelSpec, Presenter
from kiosk.panels.view import PanelView
from kiosk.ui.charts.camera_model import Wanted
from kiosk.ui.charts.frames import RingFrames
from kiosk.ui.components.segmented import SegmentedView
from kiosk.ui.notice import Notice, NoticeView
from kiosk.ui.shell import Shell
from kiosk.wire.messages import CameraState
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

log = logging.getLogger(__name__)

CAMERA_NEWS_MS = 40
"""Sixteen cameras that come on at once are presented once."""


class PanelHost(Part):
    """One view at a time is on the wall; views once made are kept, so that going back is quick.

    A panel is made, filled and drawn beside the wall, step by step, and comes onto it whole; until
    then the one before stays and answers.

    `wanted` is called when other cameras may be on the screen, `projected` with what tablets show.
    """

    hears = (CameraState,)

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
        self._opening = ""
        self._missed = False
        self._undrawn: tuple[str, Any] | None = None
        self._answering = False
        self._tabs: SegmentedView | None = None
        self._slices = Slices(shell)
        self._camera_news = QTimer(shell)
        self._camera_news.setSingleShot(True)
        self._camera_news.timeout.connect(self.refresh)

    def close(self) -> None:
        self._slices.stop()
        self._camera_news.stop()

    def receive(self, _message: CameraState) -> None:
        if not self._camera_news.isActive():
            self._camera_news.start(CAMERA_NEWS_MS)

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
        if not opened:
            self._leave_opening()
            self.refresh()
        elif panel in self._data:
            self._open(panel)
        if "turn" in changes and panel == self._shown:
            self._views[panel].turn_to(state.turn.page)

    def warm(self, warmed: Callable[[], None]) -> None:
        """Loads what each panel is made of and asks its first question, one after the other and
        off the screen's thread: a first visit is then as quick as any other."""
        cold = [panel for panel in self._specs if panel not in self._data]

        def next_one() -> None:
            if cold:
                self._warm(cold.pop(0), next_one)
            else:
                warmed()

        next_one()

    def _warm(self, panel: str, then: Callable[[], None]) -> None:
        presenter, load = self._presenter(panel), self._specs[panel].load_view
        state = replace(self._state, place=Place(panel=panel))

        def question(rows: "Repositories") -> Any:
            load()
            return presenter.query(rows, state)

        def answered(data: Any) -> None:
            self._data.setdefault(panel, data)
            then()

        self._queries.ask(f"{panel}, the first time", question, answered)

    def set_tabs(self, tabs: SegmentedView | None) -> None:
        """The panels beside the one that the state names; they come onto the wall with it."""
        self._tabs = tabs
        if self._state.panel == self._shown:
            self._shell.set_tabs(tabs)

    def rows_changed(self, tables: frozenset[str]) -> None:
        presenter = self._presenter(self._state.panel)
        if presenter.tables & tables:
            self._ask(self._state.panel, presenter)

    def refresh(self) -> None:
        """Presents again: the state, the processes or the time have changed."""
        panel = self._state.panel
        if panel != self._shown:
            self._missed = True
            return
        try:
            model = self._present(panel)
            # Tablets first: they need not wait for what the wall draws.
            self._projected(self._presenter(panel).project(model))
            self._undrawn = panel, model
            if self._answering:
                QTimer.singleShot(0, self._shell, self._draw)
            else:
                self._draw()
        except Exception:
            self._fault(panel)

    @contextlib.contextmanager
    def after_the_answer(self) -> Iterator[None]:
        """What changes within is projected at once, and drawn when the event loop comes to it:
        whoever asked from elsewhere has the answer before. What waits to be drawn is drawn first,
        because commands look at what is on the wall."""
        self._draw()
        self._answering = True
        try:
            yield
        finally:
            self._answering = False

    def _draw(self) -> None:
        undrawn, self._undrawn = self._undrawn, None
        if undrawn is None or undrawn[0] != self._shown:
            return
        panel, model = undrawn
        try:
            self._views[panel].set_view_model(model)
            self._wanted()
        except Exception:
            self._fault(panel)

    def _present(self, panel: str) -> Any:
        data, now_ms = self._data.get(panel), self._clock.now_ms()
        return self._presenter(panel).present(self._state, data, self._live(), now_ms)

    def shown(self) -> tuple[PanelSpec, Any, Projection] | None:
        """The panel on the wall, its model and its projection; None while it has no data."""
        panel = self._shown
        if panel not in self._data:
            return None
        model = self._present(panel)
        return self._specs[panel], model, self._presenter(panel).project(model)

    def pages(self) -> tuple[int, int] | None:
        """The page of the list on the wall, and how many it has; None without several."""
        view = self._views.get(self._shown)
        return view.pages() if view is not None else None

    def cameras(self) -> dict[str, Wanted]:
        """Cameras on the screen, and what is to be decoded of each."""
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
            if panel != self._state.panel:
                return
            if panel in (self._shown, self._opening):
                self.refresh()
            else:
                self._open(panel)

        self._queries.ask(panel, lambda rows: presenter.query(rows, state), answered)

    def _open(self, panel: str) -> None:
        self._leave_opening()
        self._opening, self._missed = panel, False
        self._slices.begin(self._opened(panel))

    def _leave_opening(self) -> None:
        """Another panel is wanted than the one that is being opened."""
        if self._opening in self._views:
            self._shell.put_aside(self._views[self._opening])
        self._opening = ""
        self._slices.stop()

    def _opened(self, panel: str) -> Iterator[None]:
        try:
            yield from self._made(panel)
            view = self._views[panel]
            model = self._present(panel)
            yield
            view.set_view_model(model)
            yield
            yield from self._shell.prepare(view, self._tabs)
            self._shown, self._opening = panel, ""
            self._shell.bring_on(view, self._tabs)
            yield
            self._wanted()
            self._projected(self._presenter(panel).project(model))
            if self._missed:
                self.refresh()
        except Exception:
            self._fault(panel)

    def _made(self, panel: str) -> Iterator[None]:
        if panel not in self._views:
            view_class = self._specs[panel].load_view()
            yield
            view = view_class(self._shell.theme, self._frames, self._shell)
            view.wanted_changed.connect(self._wanted)
            self._views[panel] = view
            yield

    def _fault(self, panel: str) -> None:
        """To be called while an error is handled."""
        log.exception("panel %s could not be shown", panel)
        words = Text("이 화면을 그리지 못했습니다", "This panel could not be drawn")
        facts = Text(
            "다른 화면은 쓸 수 있습니다. 오류는 기록되었습니다",
            "The other panels work. The fault has been logged",
        )
        self._shown = self._opening = ""
        self._shell.set_panel(Notice(self._shell.theme, NoticeView(words, facts)))
