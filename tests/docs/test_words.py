"""No tracked file names somebody's machine, a package index, or how the project was made."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

FORBIDDEN = {
    "a machine's folder": r"(?<![\w.])/(?:work|root|farm)/",
    "a person's folder": r"(?<!\w)/home/[a-z]+/|/Users/",
    "a package index": (
        r"index-url|find-links|trusted-host|//(?:pypi|files\.python)\S*\.org|registry\.npmjs"
    ),
    "a folder of packages": r"/opt/(?:pypi|wheels)",
    "a piece of planning": r"\b[Ii]ssue #?\d+",
}
PERMITTED = "--no-emit-index-url"  # the option that keeps addresses out of the pins
TEXT = {
    *(".cfg", ".css", ".html", ".in", ".js", ".json", ".jsonl", ".md", ".py", ".pyi", ".sh"),
    *(".svg", ".toml", ".tsv", ".txt", ".webmanifest", ".yaml", ".yml", ""),
}


def named(text: str) -> dict[str, str]:
    """Kind and words of what a text should not name."""
    text = text.replace(PERMITTED, "")
    found = {kind: re.search(pattern, text) for kind, pattern in FORBIDDEN.items()}
    return {kind: match.group() for kind, match in found.items() if match}


def text_files(root: Path) -> list[Path]:
    """The files that git tracks; without git, all but hidden ones."""
    if (root / ".git").exists() and shutil.which("git"):
        listing = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True, check=False
        )
        if listing.returncode != 0:
            pytest.skip(f"git can't list the files: {listing.stderr.strip()}")
        paths = [root / name for name in listing.stdout.split("\0") if name]
    else:
        paths = [
            path
            for path in root.rglob("*")
            if not any(part.startswith(".") for part in path.relative_to(root).parts)
        ]
    return [path for path in paths if path.is_file() and path.suffix in TEXT]


def test_no_tracked_file_names_a_machine_or_an_index(root: Path) -> None:
    files = [path for path in text_files(root) if path != Path(__file__).resolve()]
    assert len(files) > 50
    wrong = {
        path.relative_to(root).as_posix(): words
        for path in files
        if (words := named(path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("see /work/main/x", "a machine's folder"),
        ('cache = "/root/.cache"', "a machine's folder"),
        ("/home/kim/kiosk", "a person's folder"),
        ("pip --index-url https://x", "a package index"),
        ("https://pypi.org/simple", "a package index"),
        ("file:///opt/pypi/simple", "a folder of packages"),
        ("as in issue 12", "a piece of planning"),
    ],
)
def test_what_is_found(text: str, kind: str) -> None:
    assert kind in named(text)


@pytest.mark.parametrize(
    "text",
    ["uv pip compile --no-emit-index-url", "the tab /work", "docs/root/x", "/rootless", "an issue"],
)
def test_what_is_not(text: str) -> None:
    assert named(text) == {}
