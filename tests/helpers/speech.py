"""What can be said to the wall of the default city."""

from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings
from kiosk.wire.text import Language
from voice.grammar import Grammar


def grammar(language: Language = "ko") -> Grammar:
    return grammar_of(Settings(), language)
