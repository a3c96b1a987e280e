# Everything installs into .venv, from pins with hashes. `make review` and `make test` do all that they need.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: review test install serve check fix docs pictures model benchmark evaluate prove weigh encoder clean browser postgres fonts pins

review: install fonts ## build the register, print the review of India and Korea, write it as HTML and PDF
	$(BIN)/servanda review IND KOR --format text --html review-IND-KOR.html --pdf review-IND-KOR.pdf

test: .venv/.test browser postgres ## all tests, in a real browser and on a real PostgreSQL where they say so
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadgroup

install: .venv/.install ## .venv with everything but Spark

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.install: requirements/all.txt pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/all.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/.test: requirements/test.txt .venv/.install
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

serve: install ## the web pages on 127.0.0.1
	$(BIN)/servanda serve

check: .venv/.test ## style, types, the tests of the house itself, and known weaknesses of the pins
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(BIN)/python -m pytest tests/house
	$(BIN)/python requirements/audit.py

fix: .venv/.test ## let ruff mend what it can
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

docs: install ## write docs/reference and the README's text from the program
	$(BIN)/python docs/generate.py

pictures: .venv/.test browser ## draw the pictures of the documents
	$(BIN)/python docs/generate.py --picture
	$(BIN)/python docs/play.py

benchmark: .venv/.test ## how fast it is, side by side; writes benchmarks/results.md
	$(BIN)/python -m benchmarks.run

.venv/.evaluate: requirements/evaluate.txt .venv/.test
	$(PIP) install --no-deps --require-hashes -r requirements/evaluate.txt
	@touch $@

evaluate: .venv/.evaluate ## how well it reads, beside three baselines, and the coders' agreement; writes evaluation/*/*.md; an hour at first, for it trains
	$(BIN)/python -m evaluation.reading.agreement
	$(BIN)/python -m evaluation.reading.measure
	$(BIN)/python -m evaluation.restatements.measure
	$(BIN)/python -m evaluation.restatements.series
	$(BIN)/python -m evaluation.opportunities.measure
	$(BIN)/python -m evaluation.region.coverage
	$(BIN)/python -m evaluation.ties.coverage
	$(BIN)/python -m evaluation.affiliations.measure
	$(BIN)/python -m evaluation.links.measure

model: .venv/.test ## train the reader anew from the labels; needs the texts (SERVANDA_SHARED)
	$(BIN)/python -m evaluation.reading.train

encoder: .venv/.evaluate ## train the reader's encoder anew from the labels: about an hour on two cores
	$(BIN)/python -m evaluation.reading.encode

prove: .venv/.test browser postgres ## the longer proofs: more kills, more random records, a year of meetings
	SERVANDA_PROVE=1 $(BIN)/python -m pytest tests/register tests/store tests/texts tests/evaluation -n 2
	SERVANDA_PROVE=1 $(BIN)/python -m pytest tests -m hypothesis -n 2
	SERVANDA_PROVE=1 $(BIN)/python -m pytest tests/faces/test_fuzz.py tests/faces/test_dialogue_year.py

weigh: ## what a plain install weighs, in a fresh environment
	rm -rf .weigh && $(PYTHON) -m venv .weigh && .weigh/bin/python -m pip -q --disable-pip-version-check install . && du -sm .weigh | cut -f1 && rm -rf .weigh

pins: ## resolve the pins anew: with hashes, without addresses
	$(BIN)/python requirements/resolve.py

browser:
	@command -v chromium >/dev/null || bash requirements/debian.sh chromium
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || bash requirements/debian.sh postgresql
fonts:
	@fc-list :lang=ko 2>/dev/null | grep -q . || bash requirements/debian.sh fontconfig fonts-noto-core fonts-noto-cjk || true

clean:
	rm -rf .venv .weigh review-*.html review-*.pdf
