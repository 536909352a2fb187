#!/usr/bin/env bash
# Make .venv fit a lock file; where it fits already, do nothing.
# Usage: tools/setup.sh LOCK GROUP …   (the groups of tools/system.py)
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1
shift

for python in "${PYTHON:-}" python3.11 python3 python3.12 python3.13 ""; do
    if [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed. PYTHON=/path/to/python3.11 names one." >&2
    exit 1
fi

"$python" -m tools.system "$@"

# A folder that was moved, or whose Python is gone, is made anew.
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    echo "Making .venv"
    "$python" -m venv --clear .venv
fi
stamp=.venv/$(basename "$lock").sha256
if ! sha256sum --check --status "$stamp" 2>/dev/null; then
    echo "Installing the packages of $lock (about a minute)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r "$lock"
    sha256sum "$lock" >"$stamp"
fi
