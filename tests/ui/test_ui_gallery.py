"""Pictures of every component in every state: nothing cut off, nothing overlapping, readable."""

from collections import Counter

import pytest
from PySide6.QtCore import QMargins, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from kiosk.ui.gallery.cases import CASES, Case
from kiosk.ui.gallery.content_samples import NOW_MS
from kiosk.ui.gallery.draw import Picture, draw_case
from kiosk.ui.theme import SMALLEST_TYPE_U, Language, Theme, ThemeName, contrast, make_theme

SCREENS = {"1080p": (1920, 1080), "4k": (3840, 2160)}
THEMES: tuple[ThemeName, ...] = ("dark", "light", "high_contrast")
# What a line of the wall may be condensed to before it looks squeezed.
LEAST_CONDENSED = 0.86


LOOKS: list[tuple[ThemeName, str, Language, float]] = [
    *((name, screen, "ko", 1.0) for name in THEMES for screen in SCREENS),
    ("dark", "1080p", "en", 1.0),
    ("dark", "1080p", "ko", 1.15),
    ("light", "4k", "ko", 1.3),
    ("dark", "1080p", "en", 1.3),
]


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    name, screen, language, factor = request.param
    return make_theme(*SCREENS[screen], name, language=language, type_factor=factor)


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    made: Case = request.param
    return made


def ground_under(picture: Picture, ink: QRectF) -> QColor:
    """The commonest colour around and between the letters."""
    frame = ink.adjusted(-2, -2, 2, 2).toRect().intersected(picture.image.rect())
    step_x, step_y = max(1, frame.width() // 24), max(1, frame.height() // 10)
    seen: Counter[int] = Counter()
    for y in range(frame.top(), frame.bottom() + 1, step_y):
        for x in range(frame.left(), frame.right() + 1, step_x):
            seen[picture.image.pixel(x, y)] += 1
    return QColor(seen.most_common(1)[0][0])


def test_words_are_whole_apart_and_readable(theme: Theme, case: Case) -> None:
    picture = draw_case(case, theme)
    # Ink is measured in whole pixels, outwards.
    slack = theme.px(1) + 1
    area = picture.area.adjusted(-slack, -slack, slack, slack)
    for mark in picture.marks:
        said = f"{case.name}: “{mark.text}”"
        assert area.contains(mark.ink) or mark.ink.isEmpty(), f"{said} is cut off"
        assert not mark.elided, f"{said} lost its end"
        assert mark.condensed >= LEAST_CONDENSED, f"{said} squeezed to {mark.condensed:.2f}"
        assert mark.size_px >= theme.px(SMALLEST_TYPE_U), f"{said} is too small"
    for i, mark in enumerate(picture.marks):
        for other in picture.marks[i + 1 :]:
            shared = mark.ink.intersected(other.ink)
            apart = shared.width() < slack or shared.height() < slack
            assert apart, f"{case.name}: “{mark.text}” overlaps “{other.text}”"


@pytest.mark.parametrize("name", THEMES)
def test_words_stand_out_from_the_ground_they_were_drawn_on(
    qapp: QApplication, name: ThemeName, case: Case
) -> None:
    theme = make_theme(1920, 1080, name)
    picture = draw_case(case, theme)
    for mark in picture.marks:
        if mark.text and not mark.ink.isEmpty():
            ratio = contrast(theme.color(mark.color), ground_under(picture, mark.ink))
            assert ratio >= 4.5, f"{case.name}: “{mark.text}” has {ratio:.1f}:1"


def test_targets_are_large_enough_and_apart(theme: Theme, case: Case) -> None:
    component = case.make(theme)
    component.resize(theme.px(case.width_u), theme.px(case.height_u))
    targets = component.targets()
    for target in targets:
        assert target.rect.height() >= theme.touch_min_px(), f"{target.trigger} is too low"
        assert target.rect.width() >= theme.touch_min_px(), f"{target.trigger} is too narrow"
        assert component.area().adjusted(-1, -1, 1, 1).contains(target.rect), target.trigger
    for i, target in enumerate(targets):
        for other in targets[i + 1 :]:
            shared = target.rect.intersected(other.rect)
            assert min(shared.width(), shared.height()) <= 1, (target.trigger, other.trigger)
    names = [target.trigger for target in targets]
    assert len(names) == len(set(names)), "two targets have one name"
    component.deleteLater()


def test_nothing_is_drawn_outside_the_component(theme: Theme, case: Case) -> None:
    margin = theme.px(12)
    component = case.make(theme)
    component.resize(theme.px(case.width_u), theme.px(case.height_u))
    component.set_now(NOW_MS)
    size = component.size().grownBy(QMargins(margin, margin, margin, margin))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(theme.color("background"))
    painter = QPainter(image)
    painter.translate(margin, margin)
    component.paint_on(painter)
    painter.end()
    # One pixel of softened edge is allowed.
    inner = QRect(margin - 1, margin - 1, component.width() + 2, component.height() + 2)
    painter = QPainter(image)
    painter.fillRect(inner, theme.color("background"))
    painter.end()
    empty = QImage(size, QImage.Format.Format_RGB32)
    empty.fill(theme.color("background"))
    component.deleteLater()
    assert image == empty, f"{case.name} draws beyond its edge"


def test_every_component_draws_something(qapp: QApplication, case: Case) -> None:
    theme = make_theme(1920, 1080)
    picture = draw_case(case, theme)
    ground = theme.color("background").rgb()
    image = picture.image
    step = max(1, theme.px(2))
    assert any(
        image.pixel(x, y) != ground
        for y in range(0, image.height(), step)
        for x in range(0, image.width(), step)
    )


def test_the_same_view_gives_the_same_picture(qapp: QApplication, case: Case) -> None:
    theme = make_theme(1920, 1080)
    # Qt rounds a large letter by one level of 255 the first time it draws it.
    draw_case(case, theme)
    assert draw_case(case, theme).image == draw_case(case, theme).image
