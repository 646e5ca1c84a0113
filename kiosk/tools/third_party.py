"""`python -m kiosk.tools.third_party`: writes docs/third-party.md, the work of others that we use.

Made from the pins, the metadata of the installed packages, the city's sources, and the hand-kept
docs/third-party.toml for what metadata does not say.
"""

import re
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/third-party.md"
HAND_KEPT = "docs/third-party.toml"

# SPDX names (spdx.org/licenses); KOGL is Korea's open government licence (kogl.or.kr). SPDX has no
# name for the public domain.
KNOWN = frozenset(
    {
        *("0BSD", "AFL-2.1", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0"),
        *("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"),
        *("LGPL-2.1-or-later", "LGPL-3.0-only", "KOGL-Type1", "KOGL-Unrestricted"),
        *("ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "PostgreSQL", "Zlib"),
        "LicenseRef-public-domain",
    }
)
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "KOGL Type 1 (attribution)": "KOGL-Type1",
}
UNKNOWN = "unknown"
OUR_OWN = "demonstration"  # figures of an invented city

Row = tuple[str, ...]


def pins(root: Path, name: str) -> dict[str, str]:
    """Version by package of requirements/NAME.txt."""
    text = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def known(licence: str) -> bool:
    """Whether an SPDX expression consists of known licences."""
    names = re.split(r"\s+(?:AND|OR)\s+|[()]", licence)
    return all(name.strip() in KNOWN for name in names if name.strip())


def package_licence(name: str, hand_kept: dict[str, Any]) -> str:
    """The licence by hand, else as the package's own metadata states it, else `unknown`."""
    by_hand: str | None = hand_kept.get("package", {}).get(name, {}).get("licence")
    if by_hand:
        return by_hand
    try:
        fields = metadata(name).json
    except PackageNotFoundError:
        return UNKNOWN
    stated = str(fields.get("license_expression") or fields.get("license") or "").strip()
    licence = SPELLINGS.get(stated, stated)
    return licence if licence and known(licence) else UNKNOWN


def read_hand_kept(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / HAND_KEPT).read_text(encoding="utf-8"))


def package_rows(root: Path, hand_kept: dict[str, Any], which: str) -> list[Row]:
    """Rows of the product's packages (`runtime`) or of those that only the tests need (`dev`)."""
    wanted = pins(root, which)
    if which == "dev":
        runtime = pins(root, "runtime")
        wanted = {name: version for name, version in wanted.items() if name not in runtime}
    notes = hand_kept.get("package", {})
    return [
        (name, version, package_licence(name, hand_kept), notes.get(name, {}).get("note", ""))
        for name, version in sorted(wanted.items())
    ]


def source_rows(root: Path) -> list[Row]:
    """Published figures of the cities in config/; simulated systems and invented cities lend no
    data."""
    rows: list[Row] = []
    for file in sorted((root / "config").glob("city/*/sources.toml")):
        for source in tomllib.loads(file.read_text(encoding="utf-8")).get("source", []):
            if source["simulated"] or source["licence"] == OUR_OWN:
                continue
            licence = SPELLINGS.get(source["licence"], source["licence"])
            name = f"{source['name']['en']} ({source['name']['ko']})"
            rows.append((name, source["owner"]["en"], licence, source["url"]))
    return rows


def entry_rows(hand_kept: dict[str, Any], kind: str) -> list[Row]:
    return [
        (entry["name"], entry["by"], entry["licence"], entry["source"])
        for entry in hand_kept.get(kind, [])
    ]


def system_rows(hand_kept: dict[str, Any]) -> list[Row]:
    return sorted(
        (package, entry["licence"])
        for entry in hand_kept.get("system", [])
        for package in entry["packages"]
    )


def problems(root: Path = ROOT) -> list[str]:
    """What is missing or of unknown licence, each in a sentence that says what to do."""
    hand_kept = read_hand_kept(root)
    rows = [row for which in ("runtime", "dev") for row in package_rows(root, hand_kept, which)]
    rows += [row for kind in ("model", "font", "data") for row in entry_rows(hand_kept, kind)]
    rows += source_rows(root)
    found = [
        f"{row[0]}: licence {row[2]!r} is not known; name it in {HAND_KEPT}"
        for row in rows
        if not known(row[2])
    ]
    found += [
        f"{row[0]}: licence {row[1]!r} is not known; name it in {HAND_KEPT}"
        for row in system_rows(hand_kept)
        if not known(row[1])
    ]
    every = {name for which in ("runtime", "dev") for name in pins(root, which)}
    found += [
        f"{name}: in {HAND_KEPT} but no longer pinned; remove it there"
        for name in hand_kept.get("package", {})
        if name not in every
    ]
    return found + _uncovered_assets(root, hand_kept) + _uncovered_system(root, hand_kept)


def _uncovered_assets(root: Path, hand_kept: dict[str, Any]) -> list[str]:
    patterns = list(hand_kept.get("own", {}).get("files", []))
    for kind in ("model", "font", "data"):
        patterns += [pattern for entry in hand_kept.get(kind, []) for pattern in entry["files"]]
    files = sorted(path for path in (root / "assets").rglob("*") if path.is_file())
    return [
        f"assets/{name}: nobody says whose it is; add it to {HAND_KEPT}"
        for name in (path.relative_to(root / "assets").as_posix() for path in files)
        if not any(fnmatch(name, pattern) for pattern in patterns)
    ]


def _uncovered_system(root: Path, hand_kept: dict[str, Any]) -> list[str]:
    covered = {package for package, _licence in system_rows(hand_kept)}
    asked: set[str] = set()
    for file in (root / "requirements").glob("apt-*.txt"):
        lines = file.read_text(encoding="utf-8").splitlines()
        asked |= {line for line in lines if line and not line.startswith("#")}
    missing = [
        f"{name}: Debian package without a licence in {HAND_KEPT}" for name in asked - covered
    ]
    stale = [f"{name}: in {HAND_KEPT} but not installed by kiosk.sh" for name in covered - asked]
    return sorted(missing + stale)


def _table(head: Row, rows: list[Row]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def page(root: Path = ROOT) -> str:
    hand_kept = read_hand_kept(root)
    packages: Row = ("package", "version", "licence", "note")
    things: Row = ("what", "by", "licence", "source")
    parts = [
        "# The work of others\n",
        "Made by `python -m kiosk.tools.third_party` from the pins, the packages' metadata, the\n"
        f"city's sources and [{Path(HAND_KEPT).name}]({Path(HAND_KEPT).name}); do not edit.\n"
        "The product itself is under Apache-2.0 (LICENSE). Packages are installed from the index\n"
        "at the first start; only fonts and what lies under assets/ is shipped.\n",
        "## Python packages of the product\n",
        _table(packages, package_rows(root, hand_kept, "runtime")),
        "## Models\n",
        _table(things, entry_rows(hand_kept, "model")),
        "## Fonts\n",
        _table(things, entry_rows(hand_kept, "font")),
        "## Data\n",
        _table(things, entry_rows(hand_kept, "data") + source_rows(root)),
        "KOGL is the Korea Open Government License (공공누리); Type 1 asks to name the source.\n",
        "## Python packages of the tests\n",
        _table(packages, package_rows(root, hand_kept, "dev")),
        "## Debian packages that kiosk.sh installs\n",
        _table(("package", "licence"), system_rows(hand_kept)),
    ]
    return "\n".join(parts)


def main() -> int:
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    (ROOT / PAGE).write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
