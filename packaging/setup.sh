#!/bin/sh
# Makes .venv ready to run, test or package PointInfo, system libraries included.
# `sh packaging/setup.sh run|test|package` says what it does in a line each, what it can't do in one sentence, and
# nothing when there is nothing to do. `packages` lists the Debian packages a window needs: the .deb depends on them.
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-nothing}
# Libraries that the locked wheels load, each with the Debian package that brings it. With these Qt draws unseen,
LIBRARIES="libEGL.so.1=libegl1 libGL.so.1=libgl1 libxkbcommon.so.0=libxkbcommon0 libdbus-1.so.3=libdbus-1-3
libfontconfig.so.1=libfontconfig1 libglib-2.0.so.0=libglib2.0-0 libgssapi_krb5.so.2=libgssapi-krb5-2"
# and opens a window under X11 or Wayland with these too.
SCREEN_LIBRARIES="libX11-xcb.so.1=libx11-xcb1 libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4
libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-randr.so.0=libxcb-randr0
libxcb-render-util.so.0=libxcb-render-util0 libxcb-render.so.0=libxcb-render0 libxcb-shape.so.0=libxcb-shape0
libxcb-shm.so.0=libxcb-shm0 libxcb-sync.so.1=libxcb-sync1 libxcb-xfixes.so.0=libxcb-xfixes0
libxcb-xkb.so.1=libxcb-xkb1 libxkbcommon-x11.so.0=libxkbcommon-x11-0
libwayland-client.so.0=libwayland-client0 libwayland-cursor.so.0=libwayland-cursor0 libwayland-egl.so.1=libwayland-egl1"

main() {
    lock=packaging/requirements-dev.txt
    libraries=$LIBRARIES
    tools=""
    case $purpose in
        run) need_a_display; libraries="$LIBRARIES $SCREEN_LIBRARIES"; lock=packaging/requirements.txt ;;
        test) ;;
        package) libraries="$LIBRARIES $SCREEN_LIBRARIES"; tools="objdump=binutils dpkg-deb=dpkg" ;;
        packages) printf '%s\n' $LIBRARIES $SCREEN_LIBRARIES | sed 's/.*=//'; exit ;;
        *) stop "packaging/setup.sh knows run, test, package and packages, not '$purpose'." ;;
    esac
    python=.venv/bin/python
    works "$python" || python=$(find_python)
    [ "$purpose" != package ] || libraries="$libraries $(python_library)"
    # shellcheck disable=SC2046 # one word each
    install_packages $(missing_libraries) $(missing_tools) $(missing_venv)
    make_environment
}

need_a_display() {
    [ "$(uname -s)" = Linux ] || return 0
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ] || return 0
    stop "PointInfo can't open its window: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set);" \
        "'make test' and the command line (.venv/bin/pointinfo --help) work without one."
}

# --- what the system brings ---------------------------------------------------------------------------------------

missing_libraries() { # the packages of those $libraries, soname=package, that the dynamic linker can't find
    [ "$(uname -s)" = Linux ] || return 0
    known=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null) || return 0
    for pair in $libraries; do
        case $known in *"${pair%%=*} ("*) ;; *) echo "${pair#*=}" ;; esac
    done
}

missing_tools() { # the packages of those $tools, command=package, that are not there
    for pair in $tools; do
        command -v "${pair%%=*}" >/dev/null || echo "${pair#*=}"
    done
}

python_library() { # PyInstaller ships libpython; Debian's python3 is linked without it
    "$python" -c 'import sys; sys.base_prefix == "/usr" and print("libpython%d.%d.so.1.0=libpython%d.%d" % (
        sys.version_info[:2] * 2))'
}

missing_venv() { # Debian keeps the venv module apart from python3
    can_make_venv || "$python" -c 'import sys; print("python3-venv" if sys.executable == "/usr/bin/python3" else
        "python%d.%d-venv" % sys.version_info[:2])'
}

can_make_venv() {
    [ "$python" = .venv/bin/python ] || "$python" -c "import ensurepip, venv" 2>/dev/null
}

install_packages() { # package…; goes on with a warning where nobody may install them
    [ $# -gt 0 ] || return 0
    administrator="apt-get install --no-install-recommends $*"
    if ! command -v apt-get >/dev/null; then
        warn "This system has no apt-get; please install what corresponds to Debian's packages $*."
    elif ! may_be_root; then
        warn "These system packages are missing and need an administrator: sudo $administrator"
    else
        say "Installing system packages: $*"
        log=$(mktemp)
        if ! as_root apt-get update -q >"$log" 2>&1 ||
            ! as_root env DEBIAN_FRONTEND=noninteractive $administrator -q -y >>"$log" 2>&1; then
            tail -n 5 "$log" >&2
            warn "The system packages could not be installed; the lines above say why. The command was: $administrator"
        fi
        rm -f "$log"
    fi
}

may_be_root() { # sudo may ask its question only where somebody can answer
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# --- .venv --------------------------------------------------------------------------------------------------------

make_environment() { # .venv/ready-$purpose holds what the environment was made from
    made_from=$({ pwd; cat pyproject.toml packaging/setup.sh packaging/hatch_build.py packaging/requirements-build.txt \
        "$lock"; } | cksum)
    if [ "$python" = .venv/bin/python ] && [ -x .venv/bin/pointinfo ]; then
        [ "$made_from" != "$(cat ".venv/ready-$purpose" 2>/dev/null)" ] || return 0
    fi
    if [ "$python" != .venv/bin/python ]; then
        can_make_venv || stop "PointInfo can't make its .venv: Python's venv module is missing (Debian: python3-venv)."
        say "Making .venv with $("$python" --version)"
        rm -rf .venv
        "$python" -m venv .venv || stop "Python could not make .venv; the lines above say why."
    fi
    say "Installing the locked packages (a few minutes the first time)"
    pip_install --require-hashes --only-binary :all: -r "$lock" -r packaging/requirements-build.txt ||
        stop "The locked packages could not be installed; the lines above say why (this step needs the network)."
    pip_install --no-deps --no-build-isolation --editable . ||
        stop "PointInfo itself could not be installed in .venv; the lines above say why."
    echo "$made_from" >".venv/ready-$purpose"
}

works() { # whether .venv is still whole: its Python may have gone with a system upgrade
    [ -x "$1" ] && "$1" -c "import pip" 2>/dev/null
}

find_python() { # the first that is 3.11 to 3.13, which the lock was tested with, else anything newer
    for newest in 13 99; do
        for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
            "$candidate" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $newest))" 2>/dev/null ||
                continue
            echo "$candidate"
            return
        done
    done
    stop "PointInfo needs Python 3.11 or newer, and none was found (PYTHON=/path/to/python3 names one)."
}

pip_install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-warn-script-location "$@"
}

# --- words --------------------------------------------------------------------------------------------------------

say() { echo "· $*"; }
warn() { echo "! $*" >&2; }
stop() { echo "! $*" >&2; exit 1; }

main
