"""The theme of the wall from settings and state."""

from kiosk.core.state import ViewState
from kiosk.settings import Settings
from kiosk.ui.theme import Theme, make_theme


def theme_of(settings: Settings, state: ViewState) -> Theme:
    return make_theme(
        settings.ui.width_px,
        settings.ui.height_px,
        state.theme,
        language=state.language,
        type_factor=state.text_scale,
        pixel_aspect=settings.ui.pixel_aspect,
    )
