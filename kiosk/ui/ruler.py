"""The ruler: how much room words take, in square pixels. Korean breaks between words only."""

from PySide6.QtGui import QFontMetricsF

from kiosk.ui.theme import Bilingual, Theme

LINE_HEIGHT = 1.34
STEPS = ("title", "tab", "lead", "action", "body", "meta", "micro")
SIMULATED = {"ko": "모의", "en": "demo"}


def wrap(metrics: QFontMetricsF, text: str, width: float) -> list[str]:
    """Lines of whole words; a word wider than `width` gets a line of its own."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def smaller_roles(theme: Theme, role: str) -> list[str]:
    """The role and the steps of the type scale below it."""
    size = theme.tokens.roles[role].u
    return [role, *(step for step in STEPS if theme.tokens.roles[step].u < size)]


class Ruler:
    """Measures in a theme's faces."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def width(self, text: Bilingual | str, role: str = "body", weight: int | None = None) -> float:
        return self.theme.metrics(role, weight).horizontalAdvance(self.theme.say(text))

    def number_role(self, size_px: float) -> str:
        """The type role of a numeral inside a shape of this size."""
        size_u = size_px / self.theme.unit_px
        return "body" if size_u >= 30 else "micro"

    def ringed_number_px(self, number: int, size_px: float) -> float:
        """How wide a number in a ring is: a circle, of three digits and more a long ring."""
        words = str(number)
        metrics = self.theme.metrics(self.number_role(size_px), 700, False)
        return max(size_px, metrics.horizontalAdvance(words) + size_px * 0.5)

    def bearing(self, text: str, role: str) -> float:
        """The empty room before the first letter's ink, but a unit: a "1" among figures of equal
        width has much of it."""
        ink = self.theme.metrics(role).tightBoundingRect(text[:1]).x() if text else 0.0
        return max(0.0, ink - self.theme.px(1))

    def fitting_role(
        self, text: Bilingual | str, width: float, role: str, weight: int | None = None
    ) -> str:
        """The largest step of the scale, from `role` down, in which the text fits in one line."""
        roles = smaller_roles(self.theme, role)
        fits = (step for step in roles if self.width(text, step, weight) <= width)
        return next(fits, roles[-1])

    def whole_words(
        self, text: str, width: float, role: str = "body", weight: int | None = None
    ) -> str:
        """As many whole words as have room; "…" tells of those left out. For what citizens wrote:
        words of the kiosk's own are never cut."""
        metrics = self.theme.metrics(role, weight)
        if metrics.horizontalAdvance(text) <= width:
            return text
        words = text.split(" ")
        while len(words) > 1 and metrics.horizontalAdvance(f"{' '.join(words)}…") > width:
            words.pop()
        return f"{' '.join(words)}…"

    def line_px(self, role: str = "body") -> float:
        """Height of a line of running text."""
        return self.theme.font(role).pixelSize() * LINE_HEIGHT

    def middle_baseline(self, y: float, role: str = "body", weight: int | None = None) -> float:
        """The baseline that centres a line of text on `y`."""
        return y + self.theme.metrics(role, weight).capHeight() / 2

    def paragraph_px(
        self,
        text: Bilingual | str,
        width: float,
        role: str = "body",
        *,
        weight: int | None = None,
        max_lines: int | None = None,
    ) -> float:
        """Height that `paragraph` would take."""
        step, lines = self.lines(text, width, role, weight, max_lines)
        return self.line_px(step) * len(lines)

    def lines(
        self,
        text: Bilingual | str,
        width: float,
        role: str = "body",
        weight: int | None = None,
        max_lines: int | None = None,
    ) -> tuple[str, list[str]]:
        """The role and lines that `paragraph` would draw."""
        words = self.theme.say(text)
        roles = smaller_roles(self.theme, role)
        for step in roles:
            metrics = self.theme.metrics(step, weight)
            lines = wrap(metrics, words, width)
            widest = max(metrics.horizontalAdvance(line) for line in lines)
            if widest <= width and (max_lines is None or len(lines) <= max_lines):
                return step, lines
        if max_lines is not None and len(lines) > max_lines:
            lines = [*lines[: max_lines - 1], " ".join(lines[max_lines - 1 :])]
        return roles[-1], lines

    def tag_width(self, text: str | None = None) -> float:
        """Width of `tag`."""
        words = text or SIMULATED[self.theme.language]
        return self.width(words, "micro", 600) + 2 * self.theme.px(6)
