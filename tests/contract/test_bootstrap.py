"""kiosk.sh on machines that have and lack things: apt, pip and Python are played by stand-ins."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PYTHON = """#!/bin/sh
# Stands in for the system's Python and for that of the environment.
case "$*" in
    *ensurepip*) [ -e "$MACHINE/has-venv" ] ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo venv >>"$MACHINE/log" ;;
    *"-m pip install"*)
        echo pip >>"$MACHINE/log"
        echo "Collecting thing==1 (from x)"
        sleep "${PIP_TAKES_S:-0}"
        [ ! -e "$MACHINE/pip-is-broken" ] || { echo "ERROR: no such hash"; exit 1; } ;;
    *sys.version*) cat "$MACHINE/python-version" ;;
    "-P -m kiosk "*) printf 'kiosk'; shift 3; printf ' [%s]' "$@"; printf ' in %s\\n' "$PWD" ;;
    *) printf 'python'; printf ' [%s]' "$@"; printf '\\n'; exit "${TOOLS_EXIT:-0}" ;;
esac
"""
ID = '#!/bin/sh\necho "${FAKE_UID:-0}"\n'
SUDO = '#!/bin/sh\n[ -e "$MACHINE/may-sudo" ] || exit 1\nshift\nexec "$@"\n'
DPKG = """#!/bin/sh
# One name a line in $MACHINE/packages is installed; libgl1 is known to dpkg, but only by name.
shift 3
for package; do
    if grep -qx "$package" "$MACHINE/packages"; then printf '<installed %s>' "$package"
    else printf '<not-installed %s>' "$package"; fi
done
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$MACHINE/log"
[ "$1" = install ] || exit 0
[ ! -e "$MACHINE/apt-is-broken" ] || { echo "E: no such package"; exit 100; }
for word; do echo "$word" >>"$MACHINE/packages"; done
case " $* " in *" python3-venv "*) touch "$MACHINE/has-venv" ;; esac
"""


class Bare:
    """A copy of the project's front door on a machine that we make up."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.project = folder / "a wall" / "kiosk"
        self.machine = folder / "machine"
        self.temporary = folder / "tmp"
        stand_ins = folder / "bin"
        for made in (self.project, self.machine, self.temporary, stand_ins):
            made.mkdir(parents=True)
        shutil.copy(root / "kiosk.sh", self.project)
        shutil.copytree(root / "requirements", self.project / "requirements")
        scripts = {
            "python3.11": PYTHON,
            "python3": "#!/bin/sh\nexit 1\n",  # never the real one
            "id": ID,
            "sudo": SUDO,
            "dpkg-query": DPKG,
            "apt-get": APT,
        }
        for name, text in scripts.items():
            (stand_ins / name).write_text(text)
            (stand_ins / name).chmod(0o755)
        (self.machine / "packages").touch()
        (self.machine / "log").touch()
        (self.machine / "python-version").write_text("3.11.2\n")
        self.environment = {
            "PATH": f"{stand_ins}:/usr/bin:/bin",
            "MACHINE": str(self.machine),
            "LANG": "C.UTF-8",
            "HOME": str(folder),
            "TMPDIR": str(self.temporary),
        }

    def has(self, *things: str) -> None:
        for thing in things:
            (self.machine / thing).touch()

    def start(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(self.project / "kiosk.sh"), *arguments],
            env={**self.environment, **environment},
            cwd=self.machine,
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )

    def log(self) -> list[str]:
        """What was done since the last look."""
        lines = (self.machine / "log").read_text().splitlines()
        (self.machine / "log").write_text("")
        return lines


@pytest.fixture
def bare(tmp_path: Path, root: Path) -> Bare:
    return Bare(tmp_path, root)


@pytest.fixture
def built(bare: Bare) -> Bare:
    """A machine on which the kiosk has been started once."""
    assert bare.start("run").returncode == 0
    bare.log()
    return bare


def packages(root: Path, name: str) -> list[str]:
    lines = (root / f"requirements/apt-{name}.txt").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_a_bare_machine_is_brought_to_the_program(bare: Bare, root: Path) -> None:
    done = bare.start("run", "--site", "my site.toml")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"kiosk [run] [--site] [my site.toml] in {bare.machine}\n"
    update, install, venv, pip = bare.log()
    assert update == "apt-get -qq update"
    for package in packages(root, "python") + packages(root, "runtime"):
        assert f" {package}" in install
    assert (venv, pip) == ("venv", "pip")
    assert "1/" in done.stderr
    assert "thing" in done.stderr


def test_a_second_start_installs_nothing(built: Bare) -> None:
    done = built.start("bench", "--json")
    assert done.stdout.startswith("kiosk [bench] [--json]")
    assert built.log() == []
    assert done.stderr == ""


def test_without_rights_the_one_line_is_printed(bare: Bare, root: Path) -> None:
    done = bare.start("run", FAKE_UID="1000")
    assert done.returncode == 3
    wanted = " ".join(packages(root, "python") + packages(root, "runtime"))
    assert done.stdout == (
        f"sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends {wanted}'\n"
    )
    assert bare.log() == []
    assert not (bare.project / ".venv").exists()


def test_the_reason_comes_in_the_language_of_the_terminal(bare: Bare) -> None:
    assert "needs root" in bare.start("run", FAKE_UID="1000").stderr
    assert "권한" in bare.start("run", FAKE_UID="1000", LANG="ko_KR.UTF-8").stderr


def test_sudo_without_password_is_used(bare: Bare) -> None:
    bare.has("may-sudo")
    done = bare.start("run", FAKE_UID="1000")
    assert done.returncode == 0, done.stderr
    assert bare.log()[1].startswith("apt-get install")


def test_only_what_is_missing_is_asked_for(bare: Bare, root: Path) -> None:
    bare.has("has-venv")
    there = [name for name in packages(root, "runtime") if name != "libgl1"]
    (bare.machine / "packages").write_text("\n".join(there) + "\n")
    done = bare.start("run", FAKE_UID="1000")
    assert done.stdout.endswith("--no-install-recommends libgl1'\n")


def test_apt_that_fails_says_why(bare: Bare) -> None:
    bare.has("apt-is-broken")
    done = bare.start("run")
    assert done.returncode == 1
    assert "E: no such package" in done.stderr
    assert list(bare.temporary.iterdir()) == []


def test_a_build_that_failed_is_done_again(bare: Bare) -> None:
    bare.has("pip-is-broken")
    done = bare.start("run")
    assert done.returncode == 1
    assert "ERROR: no such hash" in done.stderr
    (bare.machine / "pip-is-broken").unlink()
    bare.log()
    assert bare.start("run").returncode == 0
    assert bare.log() == ["venv", "pip"]


def half_built(bare: Bare) -> None:
    (bare.project / ".venv/stamp-runtime").unlink()


def no_python(bare: Bare) -> None:
    (bare.project / ".venv/bin/python").unlink()


def other_python(bare: Bare) -> None:
    (bare.machine / "python-version").write_text("3.12.1\n")


def other_pins(bare: Bare) -> None:
    with (bare.project / "requirements/runtime.txt").open("a") as pins:
        pins.write("more==1\n")


@pytest.mark.parametrize("spoil", [half_built, no_python, other_python, other_pins])
def test_an_environment_that_no_longer_fits_is_rebuilt(
    built: Bare, spoil: Callable[[Bare], None]
) -> None:
    spoil(built)
    assert built.start("run").returncode == 0
    assert built.log() == ["venv", "pip"]
    assert built.start("run").returncode == 0
    assert built.log() == []


def test_two_starts_at_once_install_once(bare: Bare) -> None:
    command = [str(bare.project / "kiosk.sh"), "run"]
    environment = {**bare.environment, "PIP_TAKES_S": "0.5"}
    starts = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    answers = [start.communicate(timeout=20) for start in starts]
    assert [start.returncode for start in starts] == [0, 0]
    assert bare.log().count("pip") == 1
    assert any(b"waiting" in error for _, error in answers)


def test_the_tools_of_the_tests_come_on_top(built: Bare) -> None:
    done = built.start("check")
    assert done.returncode == 0
    assert built.log() == ["pip"]
    assert [line.split()[2] for line in done.stdout.splitlines()[:2]] == ["[ruff]", "[mypy]"]
    assert built.start("run").returncode == 0
    assert built.log() == []


def test_tests_take_their_own_arguments_and_tell_of_failure(built: Bare) -> None:
    done = built.start("test", "-k", "a name", TOOLS_EXIT="1")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "python [-m] [pytest] [-k] [a name]"
    assert len(done.stdout.splitlines()) == 4  # every check ran although the first one failed
    assert "chromium" in " ".join(built.log())


def test_all_tests_run_beside_all_checks_and_either_may_fail(built: Bare) -> None:
    done = built.start("test")
    assert done.returncode == 0, done.stderr
    tests, *checks = [line for line in done.stdout.splitlines() if line.startswith("python ")]
    workers = min(4, len(os.sched_getaffinity(0)) + 1)
    assert tests.startswith(f"python [-m] [pytest] [-n] [{workers}]")
    assert [line.split()[2] for line in checks[:2]] == ["[ruff]", "[mypy]"]
    assert len(checks) == 3
    assert built.start("test", TOOLS_EXIT="1").returncode == 1
    assert list(built.temporary.iterdir()) == []


def test_the_doctor_changes_nothing_on_a_machine_that_worked(built: Bare) -> None:
    (built.machine / "packages").write_text("")
    done = built.start("doctor", FAKE_UID="1000")
    assert done.stdout.startswith("kiosk [doctor]")
    assert built.log() == []


def test_wrong_use_and_help(bare: Bare) -> None:
    assert bare.start().returncode == 2
    helped = bare.start("--help")
    assert helped.returncode == 0
    assert "./kiosk.sh doctor" in helped.stdout


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
@pytest.mark.parametrize("script", ["kiosk.sh", ".ci/run"])
def test_the_scripts_are_clean(root: Path, script: str) -> None:
    done = subprocess.run(
        ["shellcheck", str(root / script)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert os.access(root / script, os.X_OK)


def test_the_check_of_every_change_is_the_test_command(root: Path) -> None:
    lines = (root / ".ci/run").read_text().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("exec ")
    assert lines[1].endswith('/kiosk.sh" test')
