"""`gestures COMMAND`: each command is a module with `main(argv) -> exit code` and a line here."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "bench": ("gestures.bench", "what it costs, beside the bare landmarker"),
    "evaluate": ("gestures.evaluate.command", "how well it does on labelled files"),
    "generate": ("gestures.generator.command", "made-up sessions to develop and measure with"),
    "replay": ("gestures.replay", "what the recogniser makes of pictures, clips and sessions"),
    "train": ("gestures.training.command", "makes the hand-shape classifier from real hands"),
}


def main(argv: list[str]) -> int:
    """Exit code of the command; 2 when there is no such command."""
    name = argv[0] if argv else ""
    if name in COMMANDS:
        code: int = importlib.import_module(COMMANDS[name][0]).main(argv[1:])
        return code
    lines = [f"  {name:10} {about}" for name, (_, about) in COMMANDS.items()]
    asked = name in ("-h", "--help")
    out = sys.stdout if asked else sys.stderr
    out.write("usage: gestures COMMAND ...\n\n" + "\n".join(lines) + "\n")
    return 0 if asked else 2
