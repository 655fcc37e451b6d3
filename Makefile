# Everything runs from a virtual environment in .venv, made of hashed locks only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := --disable-pip-version-check --quiet --require-hashes

.PHONY: help run test lint format zipapp s3server pytest bench soak foreign lock clean

help:
	@echo "make run      start a node with its data in ./data"
	@echo "make test     lint, zipapp and all tests"
	@echo "make lint     ruff, import-linter, pyright"
	@echo "make format   what ruff can repair by itself"
	@echo "make zipapp   dist/penstock.pyz"
	@echo "make bench    throughput and latency, next to fio and Apache Kafka"
	@echo "make soak     a long run with faults"
	@echo "make foreign  test suites of other people's clients; needs Go"
	@echo "make clean    remove what make made, but no data"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; \
	v >= (3, 11) or sys.exit("Python 3.11 or later is needed; this is %d.%d. Try make PYTHON=..." % v[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run.stamp: packaging/requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install $(PIP_FLAGS) -r packaging/requirements.lock
	@touch $@

$(VENV)/.dev.stamp: packaging/requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install $(PIP_FLAGS) -r packaging/requirements-dev.lock
	@touch $@ $(VENV)/.run.stamp

run: $(VENV)/.run.stamp
	$(BIN)/python -m appliance start

lint: $(VENV)/.dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright --pythonpath $(BIN)/python

format: $(VENV)/.dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

SOURCES := $(shell find appliance raft wal -name '*.py') packaging/build_zipapp.py \
	packaging/bootstrap.py packaging/requirements.lock

zipapp: dist/penstock.pyz

dist/penstock.pyz: $(SOURCES) | $(VENV)/.dev.stamp
	$(BIN)/python packaging/build_zipapp.py --output $@

# A real S3 server for the tests, when Go is there; without it they use moto.
s3server: $(VENV)/.dev.stamp
	@$(BIN)/python tests/s3server.py

pytest: $(VENV)/.dev.stamp dist/penstock.pyz s3server
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

test: lint zipapp pytest

# BENCH names one and gives its options: make bench BENCH="kafka -- --repeat 1".
bench: $(VENV)/.dev.stamp dist/penstock.pyz
	$(BIN)/python tests/bench/run.py $(BENCH)

soak: $(VENV)/.dev.stamp s3server
	$(BIN)/python -m tests.bench.soak

# FOREIGN names some: make foreign FOREIGN="sarama kafka-go".
foreign: $(VENV)/.dev.stamp
	$(BIN)/python -m tests.foreign $(FOREIGN)

lock:
	packaging/lock.sh

clean:
	rm -rf dist .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache build
	find appliance raft wal tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
