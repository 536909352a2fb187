#!/usr/bin/env bash
# Everything from a bare checkout to a served library; what is there already is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8000}
export DEBUG=${DEBUG:-1}

tools/setup.sh requirements.lock run
python=.venv/bin/python
if ! "$python" -c "import socket; socket.create_server(('127.0.0.1', $port)).close()" 2>/dev/null; then
    echo "Port $port is taken. Choose another: PORT=8001 make run" >&2
    exit 1
fi
"$python" -m tools.messages
"$python" manage.py migrate --verbosity 0
"$python" manage.py load_designs
echo
if [ "$DEBUG" = 1 ]; then "$python" manage.py demo_accounts && echo; fi
echo "OrgDesign is at http://127.0.0.1:$port/ (Ctrl-C stops it; the data stays in data/)"
# The server and the worker that prints long papers end together, whichever ends first.
"$python" manage.py print_worker &
worker=$!
DJANGO_RUNSERVER_HIDE_WARNING=true "$python" manage.py runserver --noreload "127.0.0.1:$port" &
server=$!
trap 'kill -TERM "$server" "$worker" 2>/dev/null || true; wait' EXIT
trap 'exit 0' INT TERM
wait -n
