"""What axe-core finds grave on a page that is open in a real browser."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from tests.helpers.chromium import Chromium

GRAVE = ("serious", "critical")


@cache
def rules() -> str:
    """axe-core, as the package brings it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.submodule_search_locations
    return (Path(next(iter(found.submodule_search_locations))) / "axe.min.js").read_text("utf-8")


def findings(browser: Chromium, *only: str) -> list[str]:
    """What axe-core finds grave on the page that is open, by rule and element; by some rules
    only."""
    browser.script(f"if (!window.axe) {{ {rules()} }}")
    found: dict[str, Any] = browser.script(
        "const only = arguments[0].length ? {runOnly: arguments[0]} : {};"
        "return axe.run(document, {resultTypes: ['violations'], ...only})",
        list(only),
    )
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
