#!/bin/sh
# Compiles the lock files anew from pyproject.toml, keeping what is pinned where it still fits. Needs uv.
# With --upgrade everything moves to the newest version that fits.
set -eu
cd "$(dirname "$0")/.."

compile() {
    target=$1
    shift
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --quiet --output-file "requirements/$target.lock" "$@"
}

compile runtime "$@"
compile embedded --extra embedded --constraint requirements/runtime.lock "$@"
compile dev --extra embedded --extra dev --constraint requirements/embedded.lock "$@"
