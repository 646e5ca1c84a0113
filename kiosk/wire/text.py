"""A sentence in both languages of the wall."""

from typing import Literal

import msgspec

Language = Literal["ko", "en"]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person reads, in Korean and in English."""

    ko: str
    en: str

    def of(self, language: Language) -> str:
        return self.ko if language == "ko" else self.en
