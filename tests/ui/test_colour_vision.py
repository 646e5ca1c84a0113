"""Classes, lines and states keep apart for eyes that see fewer colours, and in shape and word."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from kiosk.ui.charts.map_model import OTHER_SIDE, RAMP
from kiosk.ui.components.issue_row import SEVERITY_WORDS
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import ThemeName, make_theme
from tests.helpers.colour_vision import SEEN, Vision, difference

THEMES: tuple[ThemeName, ...] = ("dark", "light", "high_contrast")
SEVERITIES = tuple(SEVERITY_WORDS)
CLASSES_APART = 11.0  # areas that touch, each also named in the list of classes
LINES_APART = 20.0  # thin lines need more
SEVERITIES_APART = 10.0  # shape and word carry them, colour comes last
SAME_SHAPE = 0.9


def filled(severity: str) -> QImage:
    """The shape alone, without number or colour of its own."""
    theme = make_theme(1920, 1080)
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    Canvas(painter, theme).severity(severity, QPointF(32, 32), 48)  # type: ignore[arg-type]
    painter.end()
    return image


def inside(image: QImage) -> set[tuple[int, int]]:
    """Pixels that are anything but the ground."""
    black = image.pixel(0, 0)
    return {(x, y) for x in range(64) for y in range(64) if image.pixel(x, y) != black}


@pytest.mark.parametrize("vision", SEEN)
@pytest.mark.parametrize("name", THEMES)
def test_no_two_classes_of_the_map_look_alike(
    qapp: QApplication, name: ThemeName, vision: Vision
) -> None:
    theme = make_theme(1920, 1080, name)
    for first, second in combinations((*RAMP, OTHER_SIDE), 2):
        apart = difference(theme.color(first), theme.color(second), vision)
        assert apart >= CLASSES_APART, f"{first} and {second}: {apart:.1f}"


@pytest.mark.parametrize("vision", SEEN)
@pytest.mark.parametrize("name", THEMES)
def test_lines_of_a_chart_keep_apart(qapp: QApplication, name: ThemeName, vision: Vision) -> None:
    theme = make_theme(1920, 1080, name)
    for first, second in combinations(("chart.focus", "chart.series", "background"), 2):
        apart = difference(theme.color(first), theme.color(second), vision)
        assert apart >= LINES_APART, f"{first} and {second}: {apart:.1f}"


@pytest.mark.parametrize("vision", SEEN)
@pytest.mark.parametrize("name", THEMES)
def test_severities_keep_apart(qapp: QApplication, name: ThemeName, vision: Vision) -> None:
    theme = make_theme(1920, 1080, name)
    for first, second in combinations(("critical", "warning", "caution"), 2):
        one, other = theme.color(f"severity.{first}.fill"), theme.color(f"severity.{second}.fill")
        apart = difference(one, other, vision)
        assert apart >= SEVERITIES_APART, f"{first} and {second}: {apart:.1f}"


def test_every_severity_has_a_shape_and_a_word_of_its_own(qapp: QApplication) -> None:
    shapes = {severity: inside(filled(severity)) for severity in SEVERITIES}
    for first, second in combinations(SEVERITIES, 2):
        common, either = shapes[first] & shapes[second], shapes[first] | shapes[second]
        assert len(common) / len(either) < SAME_SHAPE, (first, second)
    assert len({words.ko for words in SEVERITY_WORDS.values()}) == len(SEVERITIES)
    assert len({words.en for words in SEVERITY_WORDS.values()}) == len(SEVERITIES)


def test_the_simulation_knows_what_is_hard_to_tell(qapp: QApplication) -> None:
    """A red and a green of one lightness: far apart, near for deutan eyes."""
    theme = make_theme(1920, 1080)
    red, green = theme.color("background"), theme.color("background")
    red.setRgb(190, 95, 70)
    green.setRgb(125, 120, 60)
    assert difference(red, green, "full") > 2 * difference(red, green, "deutan")
