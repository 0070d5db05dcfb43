# The targets that people and CI share. `make help` lists them.
#
# PYTHON   the Python a new .venv is made from (3.11 or later)
# DATA     the edition to build                 OUT   the folder the site goes to
# BUILDER  what renders the prose pages: mkdocs, or properdocs, which goes on when MkDocs does not
# ARGS     further arguments for the command    UPGRADE=1   lets `make lock` take newer versions
# WORKERS  how many processes share the tests: auto is one per core, 0 is this one alone

PYTHON ?= python3
VENV   ?= .venv
DATA   ?= data
OUT    ?= site
BUILDER ?= mkdocs
ARGS   ?=
WORKERS ?= auto

BIN    := $(VENV)/bin
RUN    := $(BIN)/python -m generator
LOCKER := build/locker

# Wheels only: an installation runs no code of a source package and needs no compiler.
# What is installed is exactly the lock; the checkout itself is linked in, built by the locked backend.
# uv unpacks on every core, in a fifth of pip's time. It doesn't read pip's settings: where it has
# no wheel or finds no index, pip installs the same lock.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
HASHED  := --require-hashes --only-binary :all:
UV      := $(BIN)/uv pip install --quiet --python $(BIN)/python
define install_lock
	@echo "installing $(1)"
	@{ $(INSTALL) $(HASHED) -r requirements/installer.txt && \
		$(UV) $(HASHED) --compile-bytecode -r $(1); } || $(INSTALL) $(HASHED) -r $(1)
	$(INSTALL) --no-deps --no-build-isolation --no-index -e .
endef

.DEFAULT_GOAL := help
.PHONY: help install site new check serve verify diff release summarise protect translate test twice \
	faults bench lighthouse \
	sbom licences audit lock clean
.DELETE_ON_ERROR:

help: ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: $(VENV)/build.stamp ## install what a build needs, from the lock

site: $(VENV)/$(if $(BUILDER:mkdocs=),supply,build).stamp ## build the public site into site/ (DATA=, OUT=, BUILDER=, ARGS=)
	$(RUN) build --data $(DATA) --out $(OUT) --builder $(BUILDER) $(ARGS)

new: $(VENV)/build.stamp ## begin an edition for another place (NAME=denver, ARGS=)
	$(RUN) new $(NAME) --out ../$(NAME) $(ARGS)

check: $(VENV)/build.stamp ## read and check the data, write nothing
	$(RUN) check --data $(DATA) $(ARGS)

serve: $(VENV)/build.stamp ## show the built site on this machine
	$(RUN) serve $(ARGS)

verify: $(VENV)/build.stamp ## compute every value of the built site again, from its own CSVs
	$(RUN) verify $(OUT)

diff: $(VENV)/build.stamp ## what changed since a release: make diff SINCE=2026-11-26
	$(RUN) diff $(SINCE) $(DATA) --data $(DATA) $(ARGS)

release: sbom ## freeze the built data for good, with what built it: make release DAY=2026-11-26
	$(RUN) release $(DAY) --data $(DATA) --site $(OUT) --packages build/sbom.cdx.json $(ARGS)

summarise: $(VENV)/build.stamp ## count a raw export: make summarise RAW=file QUESTIONS=file PRIVATE=folder
	$(RUN) summarise $(RAW) --questionnaire $(QUESTIONS) --private $(PRIVATE)

# Not in build.stamp: the public build never imports the solver.
protect: $(VENV)/test.stamp ## hide small counts of a survey: make protect PRIVATE=folder
	$(RUN) protect --private $(PRIVATE) --data $(DATA) $(ARGS)

translate: $(VENV)/build.stamp ## update the translators' files (ARGS=pl begins a language)
	$(RUN) translate $(ARGS)

test: $(VENV)/test.stamp ## lint, types and every test, the browser's too (ARGS= goes to pytest)
	@$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy & types=$$!; \
		$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS); tests=$$?; \
		wait $$types || { echo "mypy found the faults above the tests" >&2; exit 1; }; exit $$tests

bench: $(VENV)/test.stamp ## measure every claim of the README
	$(INSTALL) $(HASHED) -r requirements/peers.txt
	@set -e; for claim in pages build languages receipts verify protect finder downloads diff scale; do \
		echo "$$claim"; $(BIN)/python -m benchmarks.$$claim; done

twice: $(VENV)/test.stamp ## build the data in two surroundings that differ in all, compare all bytes
	$(BIN)/python -m tests.twice $(DATA)

# Not in CI for its length: there a part of it is among the tests.
faults: $(VENV)/test.stamp ## kill builds, fill disks, break editions by the thousand (ARGS=fuzz, ARGS="fuzz 500")
	$(BIN)/python -m tests.faults $(ARGS)

# Not in CI: it needs npm and its registry.
lighthouse: site $(VENV)/test.stamp ## score home, list and a school on a phone (optional, needs npm)
	npm install --silent --no-save --no-package-lock --prefix build/lighthouse lighthouse@12.8.2
	$(BIN)/python -m benchmarks.lighthouse $(OUT)

# What the build lock holds. No licence is taken on trust: one that is not known or not in this list
# ends with 1. All of them let anybody use, change and pass on what they cover; MPL-2.0 asks that
# changes of its own files stay open.
LOCKED = $(shell sed -nE 's/^([A-Za-z0-9._-]+)==.*/\1/p' requirements/build.txt)
LICENCES = MIT;MIT License;BSD License;BSD-2-Clause;BSD-3-Clause;Apache-2.0;Apache Software License
LICENCES := $(LICENCES);Apache-2.0 OR BSD-2-Clause;Mozilla Public License 2.0 (MPL 2.0);PSF-2.0
LICENCES := $(LICENCES);BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0

sbom: $(VENV)/supply.stamp ## list the packages that build the site, with their hashes (CycloneDX)
	@mkdir -p build
	$(BIN)/python -W ignore::UserWarning -m cyclonedx_py requirements --pyproject pyproject.toml \
		--output-reproducible --output-file build/sbom.cdx.json requirements/build.txt

licences: $(VENV)/supply.stamp ## list the licences of those packages, refuse unknown or unwanted ones
	$(BIN)/python -m piplicenses --with-system --allow-only "$(LICENCES)" --packages $(LOCKED) $(ARGS)

# Not in CI: it asks a database of known holes.
audit: $(VENV)/supply.stamp ## look for known holes in the locked packages (needs the network)
	$(BIN)/python -m pip_audit --require-hashes --disable-pip --requirement requirements/test.txt \
		--requirement requirements/installer.txt $(ARGS)

# One version for every Python (fork-strategy fewest), so that every Python builds the same bytes.
# Each lock takes its versions from the one before: one .venv can hold all, in any order.
COMPILE = $(LOCKER)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --quiet --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade)

lock: ## write requirements/*.txt anew from pyproject.toml (UPGRADE=1)
	$(PYTHON) -m venv $(LOCKER)
	$(LOCKER)/bin/python -m pip install --quiet --disable-pip-version-check $(HASHED) \
		-r requirements/installer.txt
	$(COMPILE) --extra backend -o requirements/build.txt
	$(COMPILE) --extra backend --extra properdocs --extra supply \
		--constraints requirements/build.txt -o requirements/supply.txt
	$(COMPILE) --all-extras --constraints requirements/supply.txt -o requirements/test.txt
	echo hugo | $(subst pyproject.toml,-,$(COMPILE)) -o requirements/peers.txt
	echo uv | $(subst pyproject.toml,-,$(COMPILE)) -o requirements/installer.txt

clean: ## remove all that was made, the site too
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find site -mindepth 1 ! -path site/.gitignore -delete
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/venv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo missing)," \
			"expected Python 3.11 or later." \
			"Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments." \
			"On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/build.stamp: requirements/build.txt pyproject.toml $(VENV)/venv.stamp
	$(call install_lock,requirements/build.txt)
	@touch $@

$(VENV)/supply.stamp: requirements/supply.txt pyproject.toml $(VENV)/venv.stamp
	$(call install_lock,requirements/supply.txt)
	@touch $(VENV)/build.stamp $@

$(VENV)/test.stamp: requirements/test.txt pyproject.toml $(VENV)/venv.stamp
	$(call install_lock,requirements/test.txt)
	@touch $(VENV)/build.stamp $(VENV)/supply.stamp $@
