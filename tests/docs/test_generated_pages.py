"""The pages made from registry and settings are the ones committed."""

from kiosk.tools.docs import stale_pages


def test_generated_pages_are_fresh() -> None:
    assert stale_pages() == [], "run ./kiosk.sh docs"
