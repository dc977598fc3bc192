# The same lines that CI uses. `make run` starts Karogs; `make test` runs everything that proves it works.
PYTHON ?= python3

.PHONY: run test check format bench drill lock environments

run: environments
	.venv/bin/karogs up

environments:
	@$(PYTHON) deploy/environments.py

test: environments
	@$(PYTHON) deploy/test_machine.py
	.venv-rasa/bin/python -m pytest -c tests/assistant/pytest.ini --confcutdir=tests/assistant tests/assistant
	.venv/bin/python -m pytest tests --ignore=tests/assistant --numprocesses=2 --dist=loadfile

check: environments
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: environments
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: environments
	.venv/bin/karogs bench

drill: environments
	.venv/bin/karogs drill

lock:
	$(PYTHON) deploy/environments.py --lock
