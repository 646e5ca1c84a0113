"""Ready phrases for the help panel, from the spoken grammar."""

from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings

SHOWN = 3


def read_phrases(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Command id -> up to three phrases; of many alike (districts), the first ones."""
    found: dict[str, tuple[str, ...]] = {}
    for command, phrases in grammar_of(settings, "ko").commands().items():
        texts = dict.fromkeys(phrase.text for phrase in phrases)
        found[command] = tuple(texts)[:SHOWN]
    return found
