# OrgDesign. A newcomer needs two commands: make run and make test.
.DEFAULT_GOAL := help
.PHONY: help run test check format messages lock pictures clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

run: ## set up what is missing and serve the library at http://127.0.0.1:8000 (PORT=8001 for another)
	@tools/run.sh

test: ## the whole suite: on SQLite, on PostgreSQL, in a browser (PARTS="sqlite browser" for some of it)
	@tools/setup.sh requirements-dev.lock run test browser word
	@.venv/bin/python -m tools.test $(PARTS)

check: ## lint, format, types, templates, import direction, migrations, deployment
	@tools/check.sh

format: ## bring Python and templates into form
	@tools/setup.sh requirements-dev.lock
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

messages: ## gather the words of the interface into departments/locale, for translating
	@tools/setup.sh requirements-dev.lock messages
	@.venv/bin/python manage.py makemessages --locale zh_Hans --no-location --no-obsolete --no-wrap
	@.venv/bin/python -m tools.messages --sort

lock: ## pin the newest versions that pyproject.toml allows (needs uv)
	uv pip compile pyproject.toml --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --upgrade --group dev --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-dev.lock

pictures: ## every kind of page and of paper as a picture, in pictures/index.html
	@tools/setup.sh requirements-dev.lock run browser pictures
	@.venv/bin/python -m tools.pictures

clean: ## remove what can be made again; data/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis pictures staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find departments -name '*.mo' -delete
