# `make demo` and `make test` are all a newcomer needs. They want Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV ?= .venv
RUN = PYTHONPATH=$(CURDIR) $(VENV)/bin/python
WORKERS ?= 2
COMPILE = $(VENV)/bin/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links \
  --no-emit-options --no-header

.PHONY: messages demo test quick lint house prove bench lock clean spark apache-spark

# Build the Mali operation from nothing and print its figures.
demo: $(VENV)/ready
	$(RUN) -m toguna.pack.demo $(if $(filter no,$(SERVE)),--no-serve)

# Everything that CI runs; what is stored is tested on both engines.
test: $(VENV)/ready lint
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile -m "not proof"
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile -m "not proof" --engine postgresql

# What a builder runs between two thoughts: under two minutes.
quick: $(VENV)/ready lint
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile -m "not slow and not proof"

# Style, types and layers.
lint: $(VENV)/ready
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	PYTHONPATH=$(CURDIR) $(VENV)/bin/lint-imports
	$(VENV)/bin/mypy

# The long proofs: kills, both engines, random worlds that nobody has seen.
prove: export TOGUNA_WORLDS = new
prove: $(VENV)/ready spark apache-spark
	$(RUN) -m pytest -n $(WORKERS) tests -m "slow or proof"
	$(RUN) -m pytest -n $(WORKERS) tests -m "slow or proof" --engine postgresql

# The measurements; their pages in docs/ say where we lose.
bench: $(VENV)/ready
	$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet -r bench/requirements.txt
	$(RUN) -m bench.start
	$(RUN) -m bench.figures
	$(RUN) -m bench.load
	$(RUN) -m bench.check
	$(RUN) -m bench.publish

# Write the catalogues of translated sentences anew from the code.
messages: $(VENV)/ready
	$(RUN) -m tools.messages

# Write the three locks anew from pyproject.toml, and the catalogues.
lock: $(VENV)/ready messages
	$(VENV)/bin/pip install --quiet pip-tools
	$(COMPILE) --extra server --extra dev -o requirements.lock pyproject.toml
	$(COMPILE) --extra spark --extra sail -c requirements.lock -o requirements-spark.lock pyproject.toml
	$(COMPILE) -o requirements-apache-spark.lock tests/figures/dialects/apache-spark.in

# Debian's python3 may lack ensurepip; pip can install into an environment that has no pip of its own.
$(VENV)/ready: requirements.lock
	$(PYTHON) -m venv --without-pip $(VENV)
	$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet --require-hashes -r requirements.lock
	touch $@

# The client of Spark Connect and a small server of it: the tests that compare engines are skipped without them.
spark: $(VENV)/spark

$(VENV)/spark: requirements-spark.lock $(VENV)/ready
	$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet --require-hashes -r requirements-spark.lock
	touch $@

# Apache Spark itself, for `make prove`: beside the tests' environment, because its package has the client's name. It wants Java 17.
apache-spark: $(VENV)/apache-spark/ready

$(VENV)/apache-spark/ready: requirements-apache-spark.lock $(VENV)/ready
	$(PYTHON) -m venv --without-pip $(VENV)/apache-spark
	$(PYTHON) -m pip --python $(VENV)/apache-spark/bin/python install --quiet --require-hashes -r requirements-apache-spark.lock
	touch $@

clean:
	rm -rf $(VENV) build var
