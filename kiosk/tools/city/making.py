"""`city new NAME`: a folder and a wall's file from answers, checked before anything is kept."""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

from kiosk.pack.loading import CITIES, CONFIG
from kiosk.settings import SettingsError
from kiosk.tools.city.answers import SAMPLE, Answers, read_answers
from kiosk.tools.city.areas import areas_of
from kiosk.tools.city.asking import ask
from kiosk.tools.city.checking import check_files
from kiosk.tools.city.writing import cameras_of, site_text, write_pack

NAME = re.compile(r"[a-z][a-z0-9-]*")


def print_answers(argv: list[str]) -> int:
    """The file of answers for `city new --from`, as an example to change."""
    parser = argparse.ArgumentParser(
        prog="kiosk.sh city answers", description=print_answers.__doc__
    )
    parser.parse_args(argv)
    print(SAMPLE.read_text("utf-8"), end="")
    return 0


def make_city(argv: list[str]) -> int:
    """Writes the folder of a city and the file of its wall, with placeholder data that is marked
    as such. Asks at the terminal what `--from` does not say. Overwrites nothing: exit code 0 done,
    1 the disk refused, 2 an answer or a name that can't be used."""
    options = _parser().parse_args(argv)
    try:
        pack, site = _targets(options.name, options.into)
        if options.answers is None:
            answers, beside = ask(), Path.cwd()
        else:
            answers, beside = read_answers(options.answers), options.answers.resolve().parent
        named = options.name if options.into is None else str(pack)
        _write(pack, site, named, answers, beside)
    except OSError as error:
        print(f"city new: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except EOFError:
        print("city new: the questions were not answered; see `city answers`", file=sys.stderr)
        return 2
    run = options.name if options.into is None else site
    print(f"{pack}: the city\n{site}: its wall\n")
    print(f"./kiosk.sh run --site {run}")
    print(f"./kiosk.sh city check {run}    what is still a placeholder")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk.sh city new", description=make_city.__doc__)
    parser.add_argument("name", metavar="NAME", help="of the folder: small letters, digits, -")
    parser.add_argument(
        "--from",
        dest="answers",
        type=Path,
        metavar="FILE",
        help="answers (`city answers` prints an example); without it they are asked for",
    )
    parser.add_argument(
        "--into",
        type=Path,
        metavar="DIR",
        help="where NAME and NAME.toml are made, outside of the program, so that an update leaves "
        "them alone; without it config/city and config/sites",
    )
    return parser


def _targets(name: str, into: Path | None) -> tuple[Path, Path]:
    """Folder and site's file, neither of which is there. Raises SettingsError."""
    if not NAME.fullmatch(name):
        expected = "small letters, digits and -, such as our-city"
        raise SettingsError("command line", "NAME", name, expected)
    if into is None:
        pack, site = CONFIG / CITIES / name, CONFIG / "sites" / f"{name}.toml"
    else:
        pack, site = into.resolve() / name, into.resolve() / f"{name}.toml"
    for path in (pack, site):
        if path.exists():
            expected = f"a name that is free; {path} is there and stays as it is"
            raise SettingsError("command line", "NAME", name, expected)
    return pack, site


def _write(pack: Path, site: Path, named: str, answers: Answers, beside: Path) -> None:
    """All of it or nothing. Raises SettingsError and OSError."""
    areas = areas_of(answers, beside)
    for folder in (pack.parent, site.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{pack.name}-", dir=pack.parent) as scratch:
        fresh, trial = Path(scratch) / pack.name, Path(scratch) / site.name
        write_pack(fresh, answers, areas)
        trial.write_text(site_text(answers, str(fresh), cameras_of(areas)), "utf-8")
        check_files(str(trial))
        fresh.rename(pack)
        try:
            with site.open("x", encoding="utf-8") as out:
                out.write(site_text(answers, named, cameras_of(areas)))
        except OSError:
            shutil.rmtree(pack)
            raise
