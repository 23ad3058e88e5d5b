# Each target does its own set-up. 'make' alone lists them.
PYTHON ?= python3
RUN := .venv/bin/python -m casebook
# No module of the machine or its user may come before one of the lock
unexport PYTHONPATH PYTHONSTARTUP PYTHONHOME
export PYTHONNOUSERSITE := 1

.PHONY: help environment book check dist edition moves brief fonts traditional lab serve status test test-quick bench format edits coverage mutation audit exit lock clean
help:
	@echo "make book    build the book into _build/html"
	@echo "make test    run the whole test suite"
	@echo "make test-quick  what neither builds nor opens the book, between two edits"
	@echo "make check   validate the data only (seconds)"
	@echo "make serve   show the built book on 127.0.0.1:8000"
	@echo "make lab     open the chapters in JupyterLab"
	@echo "make status  how long each chapter took, which are due, and whether the book is that of the edition"
	@echo "make bench   measure the build beside stock Jupyter Book (half an hour)"
	@echo "make dist    write site, PDF, archive and checksums into dist"
	@echo "make moves    what your changes move: conclusions, claims, values (SINCE=commit, else the last)"
	@echo "make edition  write into CITATION.cff what this edition is made of and what was built, before it is published"
	@echo "make fonts   renew the fonts of the PDF after new Chinese, Korean or Japanese words"
	@echo "make brief    set the two-page brief as a PDF, in seconds, from the built book"
	@echo "make traditional  renew the Chinese pages in traditional characters"
	@echo "make coverage, edits, mutation, audit, exit   see 'Keep it honest' in CONTRIBUTING.md"
	@echo "make format  format code and the code of chapters"
	@echo "make lock    renew the locks and environment.yml after a change of pyproject.toml"
	@echo "make clean   remove everything that was built"

environment:
	@$(PYTHON) casebook/build/bootstrap.py

book: environment
	@$(RUN) build

check: environment
	@$(RUN) check

dist: environment
	@$(RUN) dist

moves: environment
	@$(RUN) moves $(SINCE)

edition: environment
	@$(RUN) edition

brief: environment
	@$(RUN) brief

traditional: environment
	.venv/bin/python -m casebook.build.traditional

fonts: environment
	.venv/bin/python -m casebook.paper.fonts

serve: book
	@$(RUN) serve

lab:
	@$(PYTHON) casebook/build/bootstrap.py lab
	.venv-lab/bin/jupyter lab --ServerApp.ip=127.0.0.1 book

test: environment
	.venv/bin/python -m pytest

test-quick: environment
	.venv/bin/python -m pytest -m "not slow" --hypothesis-profile=quick

status: environment
	@$(RUN) status

bench: environment
	@.venv/bin/python tests/bench.py $(BENCH)

# As JupyterLab would save the chapters, so that opening and saving one changes nothing
CHAPTERS = $(shell grep -l "^kernelspec:" -r book --include=*.md)
format: environment
	.venv/bin/ruff format --quiet .
	.venv/bin/jupytext --quiet --pipe ".venv/bin/ruff format --quiet -" --pipe-fmt py:percent $(CHAPTERS)

coverage: environment
	.venv/bin/python -m pytest --cov --cov-report=term

edits: environment
	.venv/bin/python -m pytest -n 0 tests/edits.py

# In a copy, because the mutants are written beside the code; what was tried stays tried.
mutation: environment
	@mkdir -p _build/mutation
	git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t _build/mutation
	cd _build/mutation && nice ../../.venv/bin/mutmut run && ../../.venv/bin/mutmut results

audit: environment
	@mkdir -p _build
	@.venv/bin/pip-audit --disable-pip --cache-dir _build/audit --require-hashes --vulnerability-service osv --progress-spinner off \
	  -r requirements.lock -r requirements-lab.lock 2>_build/audit.log; found=$$?; \
	if grep -q "requests.exceptions" _build/audit.log; \
	then echo "Nothing was audited: the register of vulnerabilities (osv.dev) cannot be reached." >&2; \
	else cat _build/audit.log >&2; fi; exit $$found

exit: environment
	@$(PYTHON) casebook/build/bootstrap.py exit
	.venv/bin/python -m pytest -n 0 tests/exit.py

COMPILE := .venv/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-header --quiet
lock: environment
	$(COMPILE) --group test --output-file requirements.lock
	$(COMPILE) --group lab --constraints requirements.lock --output-file requirements-lab.lock
	echo jupyter-book | $(COMPILE) --group exit --excludes - --output-file requirements-exit.lock
	.venv/bin/python -m casebook.build.environment

clean:
	rm -rf _build dist
