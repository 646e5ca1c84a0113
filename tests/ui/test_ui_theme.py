"""The theme: one conversion of lengths, faces with tabular figures, colours one can read."""

import json
import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from kiosk.ui.theme import (
    SMALLEST_TYPE_U,
    Theme,
    ThemeName,
    contrast,
    load_fonts,
    make_theme,
    unit_px,
)
from kiosk.ui.tokens import TOKENS_PATH, TokensError, load_tokens
from kiosk.wire.text import Text

THEMES: tuple[ThemeName, ...] = ("dark", "light", "high_contrast")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return make_theme(1920, 1080)


def test_a_unit_is_the_short_side_over_1080() -> None:
    assert unit_px(1920, 1080) == 1.0
    assert unit_px(3840, 2160) == 2.0
    assert unit_px(1080, 1920) == 1.0
    # A wide wall whose pixels are 1.19 times wider than tall still counts its height.
    assert unit_px(3840, 2160, 1.19) == 2.0


def test_px_rounds_once_and_never_makes_a_line_vanish(qapp: QApplication) -> None:
    theme = make_theme(1366, 768)
    assert theme.px(100) == round(100 * 768 / 1080)
    assert theme.px(0) == 0
    assert theme.px(0.1) == 1
    assert theme.px(-0.1) == -1


def test_pressed_things_have_a_floor_in_pixels(qapp: QApplication) -> None:
    assert make_theme(1920, 1080).touch_min_px() == 46
    assert make_theme(1024, 600).touch_min_px() == 44


def test_the_bundled_face_draws_hangul_with_tabular_figures(theme: Theme) -> None:
    font = theme.font("figure")
    assert QFontInfo(font).family() == "Pretendard"
    assert font.featureValue(QFont.Tag("tnum")) == 1
    narrow, wide = (theme.metrics("figure").horizontalAdvance(s) for s in ("111", "888"))
    assert narrow == pytest.approx(wide)
    assert theme.metrics("body").inFontUcs4(ord("시"))


@pytest.mark.parametrize("weight", [500, 600, 700])
def test_each_weight_has_its_own_file(theme: Theme, weight: int) -> None:
    assert QFontInfo(theme.font("body", weight)).weight() == weight


def test_without_faces_the_fallback_is_used_and_the_reason_is_logged(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = load_tokens()
    with caplog.at_level(logging.WARNING):
        assert load_fonts(tokens, tmp_path) == tokens.fallback
    assert str(tmp_path) in caplog.text


def test_the_faces_are_registered_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    make_theme(1920, 1080)
    registered: list[str] = []
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", registered.append)
    assert make_theme(3840, 2160).families[0] == "Pretendard"
    assert registered == []


def test_large_type_multiplies_type_and_nothing_else(theme: Theme) -> None:
    large = theme.with_type_factor(1.3)
    assert large.font("body").pixelSize() == round(18 * 1.3)
    assert large.font("checkCode", scaled=False).pixelSize() == 152
    assert large.px(18) == theme.px(18)


def test_no_type_role_is_smaller_than_allowed(theme: Theme) -> None:
    assert min(role.u for role in theme.tokens.roles.values()) >= SMALLEST_TYPE_U


def test_reduced_motion_stops_movement_but_not_waiting(qapp: QApplication) -> None:
    still = make_theme(1920, 1080, reduced_motion=True)
    assert still.motion_ms("value") == 0
    assert still.motion_ms("dwell") == 900
    assert make_theme(1920, 1080).motion_ms("value") == 240


def test_words_follow_the_language(theme: Theme) -> None:
    pair = Text("지연", "late")
    assert theme.say(pair) == "지연"
    assert theme.with_language("en").say(pair) == "late"
    assert theme.say("CCTV") == "CCTV"


def test_high_contrast_is_dark_with_a_black_ground(theme: Theme) -> None:
    high = theme.with_name("high_contrast")
    assert high.color("background").name() == "#000000"
    assert high.color("accent.fill") == theme.color("accent.fill")


def test_the_scrim_lets_the_wall_shine_through(theme: Theme) -> None:
    assert theme.color("scrim").alphaF() == pytest.approx(0.55, abs=0.01)


def pairs() -> list[tuple[str, str]]:
    grounds = ("background", "surface.1", "surface.2")
    text = [(f"text.{n}", ground) for n in (1, 2, 3) for ground in grounds]
    text += [("text.1", "surface.3"), ("text.2", "surface.3"), ("accent.on", "accent.fill")]
    text += [("camera.captionText", "camera.captionBar")]
    for severity in ("critical", "warning", "caution"):
        text.append((f"severity.{severity}.word", "background"))
        text.append((f"severity.{severity}.numeral", f"severity.{severity}.fill"))
    return [*text, ("severity.notice.word", "background")]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), pairs())
def test_text_can_be_read(qapp: QApplication, name: ThemeName, ink: str, ground: str) -> None:
    theme = make_theme(1920, 1080, name)
    # Quiet text on a button is the one pair below 4.5; it marks what can't be pressed.
    quiet = ink == "text.3" and ground == "surface.2"
    assert contrast(theme.color(ink), theme.color(ground)) >= (4.0 if quiet else 4.5)


@pytest.mark.parametrize("name", THEMES)
def test_outlines_of_controls_can_be_seen(qapp: QApplication, name: ThemeName) -> None:
    theme = make_theme(1920, 1080, name)
    assert contrast(theme.color("line.control"), theme.color("background")) >= 3.0
    assert contrast(theme.color("accent.fill"), theme.color("background")) >= 3.0


def test_contrast_follows_the_published_formula(theme: Theme) -> None:
    black, white = theme.color("qr.dark"), theme.color("qr.light")
    assert contrast(black, white) == pytest.approx(21.0)
    assert contrast(white, white) == pytest.approx(1.0)


def test_a_missing_token_is_named(tmp_path: Path) -> None:
    raw = json.loads(TOKENS_PATH.read_text())
    del raw["type"]["scale"]
    broken = tmp_path / "tokens.json"
    broken.write_text(json.dumps(raw))
    with pytest.raises(TokensError, match=r"tokens\.json.*scale"):
        load_tokens(broken)


def test_a_missing_token_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TokensError, match="restore"):
        load_tokens(tmp_path / "none.json")


def test_changed_themes_do_not_share_what_was_cached(theme: Theme) -> None:
    theme.font("body")
    other: Theme = theme.with_size(3840, 2160)
    assert other.font("body").pixelSize() == 2 * theme.font("body").pixelSize()
    assert theme.font("body").pixelSize() == 18
