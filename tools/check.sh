#!/usr/bin/env bash
# Every tool has its say, then one answer. What they look for stands in pyproject.toml.
set -uo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh requirements-dev.lock run || exit 1
PATH=$PWD/.venv/bin:$PATH
failed=()

part() {
    local name=$1
    shift
    echo "── $name"
    "$@" || failed+=("$name")
}

part "ruff" ruff check --quiet .
part "ruff format" ruff format --check --quiet --diff .
part "mypy" mypy
part "djlint" djlint --check --lint --quiet templates
part "import-linter" lint-imports --no-cache
part "migrations" python manage.py makemigrations --check --dry-run
part "deployment" env DEBUG=0 HTTPS=1 ALLOWED_HOSTS=example.org python manage.py check --deploy --fail-level WARNING
part "design documents" python manage.py check_designs

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed:'
    printf ' %s.' "${failed[@]}"
    echo
    exit 1
fi
echo "All checks passed."
