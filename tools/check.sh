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

deployment() {
    # Whether subdomains speak HTTPS too, and whether browsers should know it beforehand (W005, W021), is the operator's to say.
    DJANGO_SETTINGS_MODULE=orgdesign.settings DEBUG=0 HTTPS=1 ALLOWED_HOSTS=example.org python -c '
import django
from django.conf import settings
from django.core.management import call_command

django.setup()
settings.SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
call_command("check", deploy=True, fail_level="WARNING")'
}

part "ruff" ruff check --quiet --output-format concise .
part "ruff format" ruff format --check --quiet --diff .
part "mypy" mypy
part "djlint" djlint --lint --quiet templates
# djade forms the template tags and leaves the HTML alone: a space before a tag is seen in Chinese text.
part "djade" bash -c "find templates -name '*.html' -exec djade --target-version 5.2 --check {} +"
part "import-linter" lint-imports --no-cache --no-logo
part "migrations" python manage.py makemigrations --check --dry-run
part "deployment" deployment
part "design documents" python manage.py check_designs

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed:'
    printf ' %s.' "${failed[@]}"
    echo
    exit 1
fi
echo "All checks passed."
