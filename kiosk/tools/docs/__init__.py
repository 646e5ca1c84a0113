"""`docs`: writes docs/commands.md and docs/settings.md; `--check` only compares."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kiosk.tools.docs.commands_page import commands_page
from kiosk.tools.docs.settings_page import settings_page

ROOT = Path(__file__).resolve().parents[3]
PAGES: dict[str, Callable[[], str]] = {
    "docs/commands.md": commands_page,
    "docs/settings.md": settings_page,
}


def stale_pages(root: Path = ROOT) -> list[str]:
    """Pages that differ from what registry and settings say now."""
    return [
        name
        for name, make in PAGES.items()
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != make()
    ]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.sh docs")
    parser.add_argument("--check", action="store_true", help="say which pages are stale")
    options = parser.parse_args(argv)
    stale = stale_pages()
    for name in stale:
        if options.check:
            print(f"{name} is stale; run ./kiosk.sh docs")
        else:
            (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
            print(f"wrote {name}")
    return 1 if options.check and stale else 0
