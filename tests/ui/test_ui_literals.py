"""No colour, face or type size is named outside the theme: the tokens are the one source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ALLOWED = {"theme.py", "tokens.py"}
HEX = re.compile(r"#[0-9A-Fa-f]{3,8}")
FORBIDDEN_CALLS = {
    "QFont": "a face comes from theme.font",
    "setFamily": "a face comes from theme.font",
    "setFamilies": "a face comes from theme.font",
    "setPixelSize": "a type size comes from theme.font",
    "setPointSize": "a type size comes from theme.font",
    "setPointSizeF": "a type size comes from theme.font",
    "fromRgb": "a colour comes from theme.color",
    "setStyleSheet": "stock widgets are styled by the theme",
}
FORBIDDEN_NAMES = {"GlobalColor"}


def literals(source: str, name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        where = f"{name}:{getattr(node, 'lineno', '?')}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if HEX.fullmatch(node.value):
                yield f"{where} names the colour {node.value}"
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_NAMES:
            yield f"{where} names a colour of Qt"
        elif isinstance(node, ast.Call):
            yield from call_literals(node, where)


def call_literals(node: ast.Call, where: str) -> Iterator[str]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    called = node.func.id if isinstance(node.func, ast.Name) else called
    if called in FORBIDDEN_CALLS:
        yield f"{where} calls {called}: {FORBIDDEN_CALLS[called]}"
    if called == "QColor" and any(isinstance(arg, ast.Constant) for arg in node.args):
        yield f"{where} makes a colour from a literal"


def sources(root: Path) -> list[Path]:
    folders = (root / "kiosk" / "ui", root / "kiosk" / "panels")
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if path.name not in ALLOWED
    ]


def test_only_the_theme_names_colours_and_faces(root: Path) -> None:
    found = [
        each
        for path in sources(root)
        for each in literals(path.read_text(), str(path.relative_to(root)))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "ink = '#FF0000'",
        "ink = QColor(255, 0, 0)",
        "ink = QColor('red')",
        "ink = Qt.GlobalColor.red",
        "font = QFont('Arial')",
        "font.setPixelSize(18)",
    ],
)
def test_a_literal_is_found(line: str) -> None:
    assert list(literals(line, "sample.py"))


def test_the_components_are_among_the_sources(root: Path) -> None:
    names = {path.name for path in sources(root)}
    assert {"figure_tile.py", "shell.py", "paint.py"} <= names
