# On a machine with Python 3.11, git and make, `make serve` and `make test` do everything else.
# .venv is made once, and again when pyproject.toml changes.

PYTHON ?= python3

.PHONY: serve test build

serve: .venv/installed
	@.venv/bin/newsroom serve

build: .venv/installed
	@.venv/bin/newsroom build

# What the tests with a browser need is had while the others run.
test: .venv/installed
	@$(MAKE) --silent .venv/judges & judges=$$!; \
		.venv/bin/python -m pytest -m "not browser" -n auto --dist loadscope; told=$$?; wait $$judges; \
		.venv/bin/python -m pytest -m browser -n auto --dist worksteal && exit $$told

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newsroom needs Python 3.11 or later: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "this Python cannot make a virtual environment: on Debian, apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $@

# Chromium, axe-core and the Nu checker: had where they can be had, named where they cannot.
.venv/judges: tests/browser/package.json tests/browser/prepare | .venv/installed
	@sh tests/browser/prepare && touch $@ || true
