"""Every link and picture of the pages leads to a file that is there."""

import re
from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def dead_links(page: Path) -> list[str]:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    return [
        target
        for target in targets
        if "://" not in target
        and not target.startswith("mailto:")
        and not (page.parent / target).exists()
    ]


def test_no_page_leads_nowhere(root: Path) -> None:
    pages = [
        page
        for page in root.rglob("*.md")
        if not any(part.startswith(".") for part in page.relative_to(root).parts)
    ]
    assert root / "README.md" in pages
    dead = {str(page.relative_to(root)): links for page in pages if (links := dead_links(page))}
    assert dead == {}


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    (tmp_path / "there.md").touch()
    page.write_text("[a](there.md#part) ![b](gone.png) [c](https://example.org/x) [d](gone/)")
    assert dead_links(page) == ["gone.png", "gone/"]
