"""Which words the speech model can hear, and how a phrase is cut into them.

Vosk drops a word that its model does not know with a line on standard error only, so every phrase
is checked here before the recogniser gets it. The words stand in `graph/words.txt` of a static
model, or in the symbol table inside `graph/Gr.fst` of a dynamic one (OpenFst's own tools can't
read that file). Reading 503,352 words takes about half a second.
"""

import struct
from collections.abc import Container, Iterable
from pathlib import Path

from voice.errors import ModelError, VocabularyError

_FST_MAGIC = 2125659606
_SYMBOLS_MAGIC = 2125658996
_FST_HEADER_REST = struct.Struct("<iiQqqq")  # version, flags, properties, start, states, arcs
_SYMBOLS_SIZES = struct.Struct("<qq")
_INT32 = struct.Struct("<i")


def read_vocabulary(model_dir: Path) -> set[str]:
    """The model's words. Raises ModelError."""
    listed = model_dir / "graph" / "words.txt"
    table = model_dir / "graph" / "Gr.fst"
    if listed.is_file():
        text = listed.read_text("utf-8")
        return {line.rsplit(" ", 1)[0] for line in text.splitlines()}
    if table.is_file():
        return set(_symbols(table))
    raise ModelError(f"{model_dir}: neither graph/words.txt nor graph/Gr.fst is there")


def _symbols(file: Path) -> Iterable[str]:
    data = file.read_bytes()
    at = 0
    try:
        (magic,) = _INT32.unpack_from(data, at)
        if magic != _FST_MAGIC:
            raise ModelError(f"{file}: no OpenFst file (starts with {magic})")
        at += 4
        for _ in ("kind of fst", "kind of arc"):
            at += 4 + _INT32.unpack_from(data, at)[0]
        at += _FST_HEADER_REST.size
        (magic,) = _INT32.unpack_from(data, at)
        if magic != _SYMBOLS_MAGIC:
            raise ModelError(f"{file}: carries no symbol table")
        at += 4
        at += 4 + _INT32.unpack_from(data, at)[0]  # name of the table
        _, count = _SYMBOLS_SIZES.unpack_from(data, at)
        at += _SYMBOLS_SIZES.size
        for _ in range(count):
            (length,) = _INT32.unpack_from(data, at)
            at += 4
            yield data[at : at + length].decode("utf-8")
            at += length + 8  # the word's number follows
    except struct.error as error:
        raise ModelError(f"{file}: ends in the middle of its symbol table") from error


def segment(phrase: str, vocabulary: Container[str]) -> list[str]:
    """The phrase as words of the model: whole words where it has them, else the fewest parts.

    Between equally many parts the longer first part wins: Korean puts the stem before its
    particle ("영어 로", not "영 어로"). Raises VocabularyError.
    """
    words: list[str] = []
    for word in phrase.split():
        parts = _fewest_parts(word, vocabulary)
        if parts is None:
            raise VocabularyError(
                f"{word!r} in {phrase!r} has no parts that the speech model knows; "
                "write digits and Latin letters as they are spoken"
            )
        words.extend(parts)
    return words


def _fewest_parts(word: str, vocabulary: Container[str]) -> list[str] | None:
    if word in vocabulary:
        return [word]
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            before = best[start]
            if before is None or word[start:end] not in vocabulary:
                continue
            parts = [*before, word[start:end]]
            known = best[end]
            if known is None or _rank(parts) < _rank(known):
                best[end] = parts
    return best[-1]


def _rank(parts: list[str]) -> tuple[int, list[int]]:
    return len(parts), [-len(part) for part in parts]
