"""The command line of the voice library: JSON Lines out, clear errors, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from voice.cli import CONFIG, NAMES, Wall, main
from voice.events import Answer, Context, Gate, IntentMatch
from voice.grammar import Grammar, load_grammar
from voice.matcher import Matcher
from voice.recogniser import Heard

CLIP = Path(__file__).resolve().parents[2] / "assets" / "demo" / "speech" / "map.flac"
MATCH = IntentMatch("nav.home", {}, "처음으로", "처음으로", 0.9, 1)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_texts_are_matched_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "강남구 보여줘", "성욜구 미세먼지", "점심 뭐 먹지"]) == 0
    accepted, asked, refused = lines(capsys)
    assert accepted["command"] == "district.select"
    assert accepted["args"] == {"district": "11680"}
    assert accepted["accepted"] is True
    assert (asked["accepted"], asked["reason"]) == (False, "choice")
    assert sorted(asked["alternatives"]) == ["성동구 미세먼지", "성북구 미세먼지"]
    assert (refused["command"], refused["text"]) == (None, "점심 뭐 먹지")
    assert len(refused["suggestions"]) == 3


def test_english_is_matched_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "--language", "en", "--json", "open camera 3"]) == 0
    (line,) = lines(capsys)
    assert (line["command"], line["args"]) == ("cctv.open", {"camera": "seoul-station"})


def test_commands_are_listed_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commands"]) == 0
    found = {line["command"]: line for line in lines(capsys)}
    select = found["district.select"]
    assert select["args"] == ["district"]
    assert select["slots"] == {"district": {"values": 25, "examples": ["종로구", "중구", "용산구"]}}
    assert all("{district}" in phrasing for phrasing in select["phrasings"])
    assert len(found["nav.back"]["examples"]) == 3


def test_the_wall_adds_what_its_commands_are_called(capsys: pytest.CaptureFixture[str]) -> None:
    def grammar(language: str) -> Grammar:
        return load_grammar(CONFIG / language, more=(NAMES / language,))

    wall = Wall(grammar, lambda: {"nav.back": {"ko": "뒤로", "en": "Back"}})
    assert main(["commands", "--language", "en"], wall) == 0
    found = {line["command"]: line for line in lines(capsys)}
    assert found["nav.back"]["title"] == {"ko": "뒤로", "en": "Back"}
    assert found["nav.back"]["examples"]


def test_a_folder_without_phrasings_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", "--config", str(tmp_path), "x"]) == 1
    assert "no phrasings here" in capsys.readouterr().err


def test_english_cannot_be_heard_without_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["listen", "--language", "en", str(CLIP)]) == 1
    assert "no speech model for 'en'" in capsys.readouterr().err


def test_wrong_usage_is_told_apart() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["sing"])
    assert caught.value.code == 2


class PlayedEars:
    """Decides after a second of sound."""

    def __init__(self) -> None:
        self.chunks = 0

    def listen(self, context: Context, gate: Gate) -> "PlayedEars":
        self.chunks = 0
        return self

    def feed(self, samples: bytes) -> Heard | None:
        self.chunks += 1
        return Heard("처음으로", 100, 900, 1000) if self.chunks == 10 else None

    def decide(self, heard: Heard, t_ms: int) -> Answer:
        return MATCH


def test_files_that_are_no_sound_do_not_keep_the_others_from_being_heard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(config: Path, *, matcher: Matcher) -> PlayedEars:
        return PlayedEars()

    monkeypatch.setattr("voice.cli.load_ears", load)
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "text.wav").write_text("no sound")
    broken = [str(tmp_path / name) for name in ("empty.wav", "text.wav", "absent.wav")]
    assert main(["listen", *broken, str(CLIP)]) == 2
    captured = capsys.readouterr()
    assert all(name in captured.err for name in broken)
    (line,) = [json.loads(text) for text in captured.out.splitlines()]
    assert line["file"] == str(CLIP)
    assert (line["command"], line["t_start_ms"]) == ("nav.home", 100)
    assert line["t_decided_ms"] >= 1000  # and what this machine computed
