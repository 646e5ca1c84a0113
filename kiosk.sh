#!/bin/sh
# One command for a bare machine: installs what is missing, then starts the program.
# Exit codes of its own: 1 installing failed, 2 wrong use, 3 system packages missing and no right to add them.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
venv=$root/.venv
pins=$root/requirements

usage() {
    cat <<'TEXT'
./kiosk.sh run [OPTIONS]      start the wall           (./kiosk.sh run --help)
./kiosk.sh doctor [--json]    what this machine has and lacks
./kiosk.sh test [PYTEST ...]  everything that guards the project
./kiosk.sh check              style, types and import contracts only
./kiosk.sh tour | bench | ... any other command of the program (./kiosk.sh --help)
The first start installs what is missing; later starts skip that.
TEXT
}

# say ENGLISH KOREAN: one line to the person who started us, in the language of the terminal.
say() {
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        ko*) printf 'kiosk: %s\n' "$2" >&2 ;;
        *) printf 'kiosk: %s\n' "$1" >&2 ;;
    esac
}

give_up() { # LOG ENGLISH KOREAN
    tail -n 20 "$1" >&2
    rm -f "$1"
    say "$2" "$3"
    exit 1
}

# --- system packages -------------------------------------------------------------------------

find_python() { # sets $python to a Python >= 3.11 that can make a venv
    for python in python3.11 python3; do
        if "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

missing_packages() { # LIST...: the packages of requirements/apt-LIST.txt that are not installed
    command -v dpkg-query >/dev/null || return 0 # not a Debian: `doctor` names what does not load
    [ $# -gt 0 ] || return 0
    wanted=$(for list in "$@"; do sed 's/#.*//' "$pins/apt-$list.txt"; done)
    # shellcheck disable=SC2086,SC2016  # one word is one package; dpkg fills in the fields
    found=$(dpkg-query -W -f '<${db:Status-Status} ${Package}>' $wanted 2>/dev/null) || true
    for package in $wanted; do
        case $found in
            *"<installed $package>"*) ;;
            *) printf ' %s' "$package" ;;
        esac
    done
}

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

install_packages() { # PACKAGE...
    say "installing system packages: $*" "시스템 패키지를 설치합니다: $*"
    log=$(mktemp)
    as_root apt-get -qq update >"$log" 2>&1 || true # yesterday's lists may still be good enough
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 ||
        give_up "$log" "apt could not install them; its reason stands above" \
            "apt 설치가 실패했습니다. 이유는 위와 같습니다"
    rm -f "$log"
}

# --- the Python environment ------------------------------------------------------------------

# The stamp is written last and names the pins and the Python: a half-built, outdated or broken
# environment never matches it.
stamp_of() { # runtime|dev
    sha256sum <"$pins/$1.txt"
    "$venv/bin/python" -c 'import sys; print(sys.version)'
}

stamped() { # runtime|dev
    [ -f "$venv/stamp-$1" ] || return 1
    stamp=$(stamp_of "$1" 2>/dev/null) || return 1
    [ "$(cat "$venv/stamp-$1")" = "$stamp" ]
}

show_progress() { # TOTAL: pip's talk on stdin becomes one line a package
    awk -v total="$1" '
        /^Requirement already satisfied:/ { ++count }
        /^(Collecting|Processing) / {
            sub(/ \(from .*/, ""); sub(/^Collecting |^Processing .*\//, ""); sub(/-[0-9].*|[=;( ].*/, "")
            printf "kiosk:   %d/%d %s\n", ++count, total, $0; fflush()
        }
        /^Installing / { print "kiosk:   unpacking all of them"; fflush() }' >&2
}

install_pins() { # runtime|dev
    log=$venv/pip.log
    {
        # no-deps: mediapipe names a second OpenCV that would overwrite the first
        PIP_USER=0 "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
            --no-deps --require-hashes -r "$pins/$1.txt" 2>&1 || : >"$venv/pip.failed"
    } | tee "$log" | show_progress "$(grep -c '==' "$pins/$1.txt")"
    if [ -e "$venv/pip.failed" ]; then
        rm -f "$venv/pip.failed"
        give_up "$log" "pip could not install the pinned packages; its reason stands above" \
            "pip 설치가 실패했습니다. 이유는 위와 같습니다"
    fi
}

build() { # runtime|dev
    if [ "$1" = dev ] && stamped runtime; then
        say "adding the tools of the tests" "시험 도구를 추가합니다"
    else
        say "building the Python environment; the first time takes some minutes" \
            "파이썬 환경을 만듭니다. 처음에는 몇 분 걸립니다"
        if ! find_python; then
            say "no Python >= 3.11 with venv and ensurepip" "venv와 ensurepip를 갖춘 Python 3.11 이상이 없습니다"
            exit 1
        fi
        rm -rf "$venv"
        "$python" -m venv "$venv"
    fi
    install_pins "$1"
    if [ "$1" = dev ]; then stamp_of runtime >"$venv/stamp-runtime"; fi # dev holds all of runtime
    stamp_of "$1" >"$venv/stamp-$1"
    say "ready" "준비되었습니다"
}

ensure_ready() { # runtime|dev LIST...: all but instant when nothing is missing
    set_name=$1
    shift
    built=yes
    stamped "$set_name" || built=
    [ -n "$built" ] || find_python || set -- python "$@"
    missing=$(missing_packages "$@")
    if [ -n "$missing" ] && ! may_install; then
        say "system packages are missing and installing them needs root. Please run this one line:" \
            "시스템 패키지가 없고 설치 권한도 없습니다. 다음 한 줄을 실행해 주십시오:"
        if command -v sudo >/dev/null; then as="sudo sh -c"; else as="su -c"; fi
        printf "%s 'apt-get update && apt-get install --yes --no-install-recommends%s'\n" "$as" "$missing"
        exit 3
    fi
    if [ -z "$missing" ] && [ -n "$built" ]; then return 0; fi

    exec 9<"$pins" # the lock is on a folder: nothing is left behind
    if ! flock -n 9; then
        say "another copy is installing; waiting for it" "다른 설치가 진행 중이라 기다립니다"
        flock 9
    fi
    # shellcheck disable=SC2046  # one word is one package
    if [ -n "$(missing_packages "$@")" ]; then install_packages $(missing_packages "$@"); fi
    stamped "$set_name" || build "$set_name"
    exec 9<&-
}

# --- the commands ----------------------------------------------------------------------------

in_venv() { "$venv/bin/python" "$@"; }

check() { # every check runs, so that one start shows all that is wrong
    cd "$root"
    failed=0
    say "ruff" "ruff (모양)"
    in_venv -m ruff check . || failed=1
    say "mypy" "mypy (형)"
    in_venv -m mypy || failed=1
    say "import contracts" "가져오기 규칙"
    in_venv -c 'from importlinter.cli import lint_imports_command as main; main(["--no-logo"])' || failed=1
    return $failed
}

run_tests() { # PYTEST-ARGUMENTS...
    if [ $# = 0 ]; then
        run_all_tests
        return
    fi
    failed=0
    check || failed=1
    run_pytest "$@" || failed=1
    return $failed
}

# The checks take what the tests leave of the cores, and say at the end what they found. The tests
# of a file run after one another, and files in the order of their folders: left to itself, xdist
# begins with the files of many tests, and the long ones of few would be run last and alone. One
# worker more than there are cores, because much of a whole kiosk's test is waiting for it.
run_all_tests() {
    failed=0
    workers=$(($(nproc) < 4 ? $(nproc) + 1 : 4))
    log=$(mktemp)
    nice -n 19 "$root/kiosk.sh" check >"$log" 2>&1 &
    checks=$!
    trap 'kill $checks 2>/dev/null' EXIT
    run_pytest -n "$workers" --dist loadfile --no-loadscope-reorder || failed=1
    wait $checks || failed=1
    trap - EXIT
    cat "$log"
    rm -f "$log"
    return $failed
}

run_pytest() {
    say "pytest" "pytest (시험)"
    QT_QPA_PLATFORM=offscreen in_venv -m pytest "$@"
}

if [ $# = 0 ]; then
    usage >&2
    exit 2
fi
command=$1
shift
unset PYTHONHOME
export PYTHONPATH="$root"

case $command in
    -h | --help | help) usage ;;
    check)
        ensure_ready dev
        check
        ;;
    test)
        ensure_ready dev runtime test
        run_tests "$@"
        ;;
    doctor) # on a machine that once worked it looks, and installs nothing
        stamped runtime || ensure_ready runtime runtime
        exec "$venv/bin/python" -P -m kiosk doctor "$@"
        ;;
    *)
        ensure_ready runtime runtime
        exec "$venv/bin/python" -P -m kiosk "$command" "$@"
        ;;
esac
