# Everything a person needs: make run, make test, make check, make bench.
PYTHON ?= python3
BIN := .venv/bin
ADDRESS ?= 127.0.0.1:8000

FONTS := $(or $(NEWSROOM_FONTS),var/fonts)

.PHONY: run setup fonts test check bench messages lock clean

run: setup
	@ADDRESS=$(ADDRESS) sh scripts/run.sh

setup: .venv/.complete fonts locale/zh_Hans/LC_MESSAGES/django.mo

# The faces that pages are set in, from packages; git ignores the folder.
fonts: $(FONTS)/LXGWWenKai-Regular.ttf

$(FONTS)/LXGWWenKai-Regular.ttf:
	@PYTHON=$(PYTHON) sh scripts/fonts.sh $(FONTS)

# The lock files hold hashes: what is installed is what was tried. They name every package, so pip looks for none itself,
# which older ones cannot where one extra is asked for twice.
.venv/.complete: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Newsroom needs Python 3.11 or newer; set PYTHON=python3.11 or the like."; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

%.mo: %.po .venv/.complete
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# A process more than there are cores, for some wait for a browser; bytecode is kept whatever the environment says, or
# each of the processes and of those they start would compile everything anew. Who has nothing left takes from whoever
# has: those with a browser come last and take a hundred times as long as the others.
test: setup
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses 3 --dist worksteal $(ARGS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy articles editions newsroom
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $$(find templates -path templates/reading -prune -o -name '*.html' -print)
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python scripts/check_messages.py

bench: setup
	$(BIN)/python scripts/bench_typesetting.py
	$(BIN)/python scripts/bench.py $(ARGS)

# Collects what is to be translated; the texts are then written in locale/*/LC_MESSAGES/django.po.
messages: setup
	$(BIN)/python manage.py makemessages --locale zh_Hans --no-wrap --no-location --ignore '.venv/*' --ignore 'var/*'

lock: setup
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --output-file requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev --constraints requirements.txt pyproject.toml --output-file requirements-dev.txt

clean:
	rm -rf .venv var
