"""Names of the icons. No Qt: a panel's declaration may name one."""

from typing import Literal

IconName = Literal[
    "home", "back", "next", "check", "close", "clock", "search", "mic", "hand", "phone", "video",
    "send", "download", "print", "lock", "map", "qr", "tablet", "document", "pause", "play",
    "grid", "contrast", "help", "person", "system",
]  # fmt: skip
