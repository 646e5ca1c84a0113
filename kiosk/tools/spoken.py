"""`voice`: the voice library's commands, with all that the default wall can be told."""

from kiosk.commands import all_commands
from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings
from voice.cli import Titles, Wall
from voice.cli import main as voice_main
from voice.grammar import Grammar


def main(argv: list[str]) -> int:
    """See `voice.cli.main`."""
    return voice_main(argv, Wall(_grammar, _titles))


def _grammar(language: str) -> Grammar:
    return grammar_of(Settings(), "en" if language == "en" else "ko")


def _titles() -> Titles:
    return {one.id: {"ko": one.title.ko, "en": one.title.en} for one in all_commands()}
