"""The viewer's ordinary widgets in the colours and faces of the wall."""

from kiosk.ui.theme import Theme


def style_sheet(theme: Theme) -> str:
    def color(name: str) -> str:
        return theme.color(name).name()

    family = ", ".join(f'"{name}"' for name in theme.families)
    pad = theme.px(12)
    return f"""
    QWidget {{ background: {color("background")}; color: {color("text.1")};
        font-family: {family}; font-size: {theme.px(17)}px; }}
    QLabel#told {{ color: {color("text.2")}; padding: 0 {pad}px; }}
    QLabel#clock {{ padding: 0 {pad}px; }}
    QPushButton, QComboBox {{ background: {color("surface.2")}; border: none;
        border-radius: {theme.radius()}px; padding: 0 {pad}px; min-height: {theme.px(46)}px; }}
    QPushButton:pressed {{ background: {color("surface.3")}; }}
    QPushButton:disabled {{ color: {color("text.3")}; }}
    QScrollBar {{ background: {color("surface.1")}; width: {pad}px; height: {pad}px; }}
    QScrollBar::handle {{ background: {color("surface.3")}; border-radius: {pad // 2}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
    QComboBox QAbstractItemView {{ background: {color("surface.2")};
        selection-background-color: {color("surface.3")}; }}
    QTableWidget {{ background: {color("surface.1")}; border: none; }}
    QTableWidget::item {{ padding: 0 {pad}px; }}
    QHeaderView::section {{ background: {color("surface.1")}; color: {color("text.3")};
        border: none; padding: {theme.px(6)}px {pad}px; }}
    QProgressBar {{ background: {color("surface.2")}; border: none; text-align: center;
        border-radius: {theme.radius()}px; min-height: {theme.px(46)}px; }}
    QProgressBar::chunk {{ background: {color("accent.dim")};
        border-radius: {theme.radius()}px; }}
    QSplitter::handle {{ background: {color("line.hair")}; }}
    QSlider {{ min-height: {theme.px(30)}px; }}
    QSlider::groove:horizontal {{ height: {theme.px(6)}px; background: {color("surface.3")};
        border-radius: {theme.px(3)}px; }}
    QSlider::handle:horizontal {{ width: {theme.px(26)}px; margin: -{theme.px(10)}px 0;
        background: {color("accent.fill")}; border-radius: {theme.px(13)}px; }}
    """
