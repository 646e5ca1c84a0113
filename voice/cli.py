"""`kiosk voice`: match texts, listen to recordings, list what can be said. JSON Lines on stdout."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from voice.ears import Ears, load_ears
from voice.errors import VoiceError
from voice.events import Answer, Choice, IntentMatch
from voice.grammar import load_grammar
from voice.matcher import Matcher
from voice.sound_files import CHUNK_BYTES, read_chunks

CONFIG = Path(__file__).resolve().parent.parent / "config" / "voice"
NAMES = CONFIG.parent / "city" / "seoul" / "voice"
EXAMPLES = 3
_TAIL_CHUNKS = 10  # a second of silence after a recording, so that its last sentence can end


def main(argv: list[str] | None = None) -> int:
    """Exit code: 0 done, 1 no model or no grammar, 2 wrong usage or an unreadable recording."""
    options = _parser().parse_args(argv)
    try:
        own = options.names / options.language
        matcher = Matcher(load_grammar(options.config / options.language, more=(own,)))
        code: int = options.run(options, matcher)
    except VoiceError as error:
        _complain(error)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk voice", description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="the form is JSON Lines either way")
    shared.add_argument("--language", choices=("ko", "en"), default="ko")
    shared.add_argument("--config", type=Path, default=CONFIG, help="folder with ko/ and en/")
    shared.add_argument(
        "--names", type=Path, default=NAMES, help="the city's: folder with ko/ and en/"
    )
    verbs = parser.add_subparsers(required=True)
    match = verbs.add_parser("match", parents=[shared], help="text to command")
    match.add_argument("text", nargs="+")
    match.set_defaults(run=_match)
    listen = verbs.add_parser("listen", parents=[shared], help="recorded speech to command")
    listen.add_argument("file", nargs="+", type=Path)
    listen.set_defaults(run=_listen)
    commands = verbs.add_parser("commands", parents=[shared], help="what can be said")
    commands.set_defaults(run=_commands)
    return parser


def _match(options: argparse.Namespace, matcher: Matcher) -> int:
    for text in options.text:
        _tell({"heard": text, **describe(matcher.match(text, 0), text)})
    return 0


def _commands(_options: argparse.Namespace, matcher: Matcher) -> int:
    for command, phrases in matcher.grammar.commands().items():
        _tell(
            {
                "command": command,
                "phrasings": len(phrases),
                "args": sorted({name for phrase in phrases for name in phrase.args}),
                "examples": [phrase.text for phrase in phrases[:EXAMPLES]],
            }
        )
    return 0


def _listen(options: argparse.Namespace, matcher: Matcher) -> int:
    ears = load_ears(options.config / options.language, matcher=matcher)
    code = 0
    for file in options.file:
        try:
            for line in _utterances(file, ears):
                _tell(line)
        except VoiceError as error:
            _complain(error)
            code = 2
    return code


def _utterances(file: Path, ears: Ears) -> Iterator[dict[str, Any]]:
    recogniser = ears.listen()
    for chunk in _with_tail(read_chunks(file)):
        heard = recogniser.feed(chunk)
        if heard is None:
            continue
        answer = ears.decide(heard, heard.t_decided_ms)
        if answer is not None:
            yield {
                "file": str(file),
                "t_start_ms": heard.t_start_ms,
                "t_end_ms": heard.t_end_ms,
                "t_decided_ms": heard.t_decided_ms,
                **describe(answer, heard.free),
            }


def _with_tail(chunks: Iterable[bytes]) -> Iterator[bytes]:
    yield from chunks
    for _ in range(_TAIL_CHUNKS):
        yield bytes(CHUNK_BYTES)


def describe(answer: Answer, heard: str) -> dict[str, Any]:
    """The fields of every line about an answer; `heard` is told when nothing was accepted."""
    matches: tuple[IntentMatch, ...] = ()
    suggestions: tuple[str, ...] = ()
    reason = ""
    if isinstance(answer, IntentMatch):
        matches = (answer,)
    elif isinstance(answer, Choice):
        matches, reason = answer.options, "choice"
    else:
        suggestions, reason = answer.suggestions, str(answer.reason)
    accepted = isinstance(answer, IntentMatch)
    return {
        "text": matches[0].text if accepted else heard,
        "command": matches[0].command if accepted else None,
        "args": matches[0].args if accepted else {},
        "accepted": accepted,
        "reason": reason,
        "scores": [match.score for match in matches],
        "alternatives": [m.text for m in matches[1:]] if accepted else [m.text for m in matches],
        "suggestions": list(suggestions),
    }


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
    sys.stdout.flush()


def _complain(error: VoiceError) -> None:
    sys.stderr.write(f"kiosk voice: {error}\n")
