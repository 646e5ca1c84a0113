"""`kiosk voice`: match texts, listen to recordings, list what can be said. JSON Lines on stdout."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from voice.ears import load_ears
from voice.errors import VoiceError
from voice.events import Answer, Choice, Context, Gate, IntentMatch
from voice.grammar import Grammar, Phrase, load_grammar, slots_in
from voice.hangul import readable
from voice.matcher import Matcher
from voice.measures import add_verbs
from voice.replay import Answered, hear, with_tail
from voice.sound_files import read_chunks
from voice.wake import woken

Titles = Mapping[str, Mapping[str, str]]
CONFIG = Path(__file__).resolve().parent.parent / "config" / "voice"
NAMES = CONFIG.parent / "city" / "seoul" / "voice"
EXAMPLES = 3


class Wall(msgspec.Struct, frozen=True):
    """What a wall knows and its phrasings don't: all that it can be told in a language (ko, en),
    and what its commands are called, by id and language."""

    grammar: Callable[[str], Grammar]
    titles: Callable[[], Titles]


def main(argv: list[str] | None = None, wall: Wall | None = None) -> int:
    """Exit code: 0 done, 1 no model or no grammar, 2 wrong usage or an unreadable recording.

    Without a wall, and with --config or --names, only what the files say is known.
    """
    options = _parser().parse_args(argv)
    options.titles = wall.titles if wall else dict
    try:
        if wall is None or options.config or options.names:
            grammar = _read_grammar(options)
        else:
            grammar = wall.grammar(options.language)
        if options.wake:
            grammar = woken(grammar, options.wake)
        options.config = options.config or CONFIG
        matcher = Matcher(grammar)
        code: int = options.run(options, matcher)
    except VoiceError as error:
        _complain(error)
        return 1
    return code


def _read_grammar(options: argparse.Namespace) -> Grammar:
    own = (options.names or NAMES) / options.language
    return load_grammar((options.config or CONFIG) / options.language, more=(own,))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk voice", description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="the form is JSON Lines either way")
    shared.add_argument("--language", choices=("ko", "en"), default="ko")
    shared.add_argument("--config", type=Path, help="phrasings: folder with ko/ and en/")
    shared.add_argument("--wake", default="", help="a call that begins each command")
    shared.add_argument("--names", type=Path, help="a city's names: folder with ko/ and en/")
    verbs = parser.add_subparsers(required=True)
    match = verbs.add_parser("match", parents=[shared], help="text to command")
    match.add_argument("text", nargs="+")
    match.set_defaults(run=_match)
    listen = verbs.add_parser("listen", parents=[shared], help="recorded speech to command")
    listen.add_argument("file", nargs="+", type=Path)
    listen.add_argument(
        "--gate",
        choices=[str(gate) for gate in Gate],
        default="ptt",
        help="ptt: as after a press, one answer; open: all that is heard, most of it talk",
    )
    contexts = [str(context) for context in Context]
    listen.add_argument("--context", choices=contexts, default="any", help="what the wall asks")
    listen.set_defaults(run=_listen)
    commands = verbs.add_parser("commands", parents=[shared], help="what can be said")
    commands.set_defaults(run=_commands)
    add_verbs(verbs, shared)
    return parser


def _match(options: argparse.Namespace, matcher: Matcher) -> int:
    for given in options.text:
        text = readable(given)
        _tell({"heard": text, **describe(matcher.match(text, 0), text)})
    return 0


def _commands(options: argparse.Namespace, matcher: Matcher) -> int:
    grammar = matcher.grammar
    titles = options.titles()
    for command, phrases in grammar.commands().items():
        written = grammar.phrasings[command]
        _tell(
            {
                "command": command,
                "title": titles.get(command, {}),
                "phrasings": written,
                "sentences": len(phrases),
                "args": sorted({name for phrase in phrases for name in phrase.args}),
                "slots": {name: _slot(grammar, name) for p in written for name in slots_in(p)},
                "examples": _examples(phrases),
            }
        )
    return 0


def _slot(grammar: Grammar, name: str) -> dict[str, Any]:
    """What can be said for it; `values` counts those that are listed, None: it is read."""
    listed = grammar.listed_slots.get(name)
    open_slot = grammar.open_slots.get(name)
    said = open_slot.samples if open_slot else tuple(v.spoken for v in listed or ())
    values = len({v.value for v in listed}) if listed else None
    return {"values": values, "examples": said[:EXAMPLES]}


def _examples(phrases: Sequence[Phrase]) -> list[str]:
    """Far apart, because neighbours are alike."""
    texts = list(dict.fromkeys(phrase.text for phrase in phrases))
    return [texts[n * len(texts) // EXAMPLES] for n in range(min(EXAMPLES, len(texts)))]


def _listen(options: argparse.Namespace, matcher: Matcher) -> int:
    ears = load_ears(options.config / options.language, matcher=matcher)
    context, code = Context(options.context), 0
    for file in options.file:
        try:
            for answered in hear(ears, with_tail(read_chunks(file)), Gate(options.gate), context):
                _tell({"file": str(file), **_utterance(answered)})
        except VoiceError as error:
            _complain(error)
            code = 2
    return code


def _utterance(answered: Answered) -> dict[str, Any]:
    heard = answered.heard
    line = describe(answered.answer, heard.bound)
    near = line.pop("suggestions")
    return {
        "t_start_ms": heard.t_start_ms,
        "t_end_ms": heard.t_end_ms,
        "t_decided_ms": answered.t_decided_ms,
        **line,
        "alternatives": line["alternatives"] or near,
    }


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
