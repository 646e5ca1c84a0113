"""Ready phrases for the help panel, from the spoken grammar."""

from pathlib import Path

from voice.grammar import load_grammar

SHOWN = 3


def read_phrases(voice_dir: Path) -> dict[str, tuple[str, ...]]:
    """Command id -> up to three phrases; of many alike (districts), the first ones."""
    found: dict[str, tuple[str, ...]] = {}
    for command, phrases in load_grammar(voice_dir).commands().items():
        texts = dict.fromkeys(phrase.text for phrase in phrases)
        found[command] = tuple(texts)[:SHOWN]
    return found
