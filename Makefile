# Anerkennungslotse Hessen. Each target does the set-up it needs; a second run needs no network.
.DEFAULT_GOAL := help
.PHONY: help setup run chat test check train benchmark lock
SHELL := /bin/bash
LOTSE := .venv/bin/lotse
PYTHON := .venv/bin/python

help: ## Zeigt diese Hilfe
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## Richtet Python 3.10 und die Pakete ein (macht jedes andere Ziel von selbst)
	@scripts/setup.sh

run: setup ## Startet den Lotsen; trainiert vorher, wenn nötig. Strg-C beendet
	@$(LOTSE) serve

chat: setup ## Gespräch im Terminal
	@$(LOTSE) chat

train: setup ## Trainiert ein Modell, wenn keines zu den Daten passt
	@$(LOTSE) train

check: setup ## Schnelle Prüfungen ohne Modell: Stil, Inhalte, Unit-Tests
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(LOTSE) data check || [ $$? -eq 1 ]
	@$(PYTHON) -m pytest -q -m "not slow"

test: setup ## Alles: schnelle Prüfungen, Training, Verstehen, ganze Gespräche über REST
	@$(PYTHON) -m ruff check .
	@$(LOTSE) train
	@$(PYTHON) -m pytest -q

benchmark: setup ## Vergleichsmessungen gegen Rasas Standard; schreibt docs/benchmarks.md
	@$(PYTHON) -m benchmarks.run

lock: setup ## Erneuert requirements.lock aus pyproject.toml (braucht uv und Netz)
	@uv pip compile pyproject.toml --extra dev --python-version 3.10 --override requirements/overrides.txt \
	  --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock
