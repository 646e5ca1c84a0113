"""A call before each command, said in one breath ("상황판 다음 화면").

Nothing waits for the call alone: sound is heard all the time, and only what begins with the call
and goes on with one of our sentences counts. The call makes each sentence longer, and long ones
are harder to find in talk that means something else.
"""

import msgspec

from voice.grammar import Grammar
from voice.hangul import normalise

SHORTEST = 4
"""Syllables of a sentence that counts though nobody pressed: shorter ones are said in any talk."""


def woken(grammar: Grammar, call: str) -> Grammar:
    """The sentences of SHORTEST letters and more, each begun with the call: a shorter one would be
    hard to tell from the call alone. Raises ValueError for a call without letters."""
    spoken = normalise(call, spell_out=grammar.language == "ko")
    if not spoken:
        raise ValueError(f"{call!r} can't be said")
    key = spoken.replace(" ", "")
    return msgspec.structs.replace(
        grammar,
        phrases=tuple(
            msgspec.structs.replace(
                phrase,
                text=f"{call} {phrase.text}",
                key=key + phrase.key,
                spoken=f"{spoken} {phrase.spoken}",
            )
            for phrase in grammar.phrases
            if len(phrase.key) >= SHORTEST
        ),
        tests=(),
        open_phrases=tuple(
            msgspec.structs.replace(phrase, text=f"{call} {phrase.text}", key=key + phrase.key)
            for phrase in grammar.open_phrases
        ),
    )
