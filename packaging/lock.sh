#!/bin/sh
# Writes the three locks: what PointInfo runs with, what its checks and packages need, what its own build needs.
set -eu
cd "$(dirname "$0")/.."

lock() { # output, then what to lock
    output=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
        --output-file "packaging/$output" "$@"
}

lock requirements.txt pyproject.toml "$@"
lock requirements-dev.txt pyproject.toml --extra dev --extra package --extra meaning --extra peers --constraints packaging/requirements.txt "$@"
sed -n 's/^requires = \[\(.*\)\]/\1/p' pyproject.toml | tr -d '" ' | tr ',' '\n' |
    lock requirements-build.txt - --constraints packaging/requirements-dev.txt "$@"
