# Kaksi komentoa: "make site" rakentaa sivuston, "make test" ajaa kaikki testit.

.DEFAULT_GOAL := site
.PHONY: site serve test bench lock

BIN := .venv/bin

site: ## build the site into site/
	@sh requirements/setup.sh site
	@$(BIN)/palvelupolku build

serve: ## build, show on 127.0.0.1 and build again on every change
	@sh requirements/setup.sh site
	@$(BIN)/palvelupolku serve

test: ## run every check and test
	@sh requirements/setup.sh test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/node tests/node_modules/.bin/tsc --project tests
	$(BIN)/node tests/node_modules/.bin/biome ci --error-on-warnings --config-path tests/code-style.json
	$(BIN)/python -m pytest -n auto --dist worksteal

bench: ## time the stages and print ratios
	@sh requirements/setup.sh test
	@$(BIN)/python benchmarks/stages.py
	@$(BIN)/python benchmarks/walking.py

lock: ## pin the newest versions of everything, with hashes and without addresses (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build -o requirements/site.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build --group dev -c requirements/site.txt -o requirements/test.txt
	cd tests && ../$(BIN)/npm install --package-lock-only $$(../$(BIN)/npm pkg get devDependencies | sed -n 's/^ *"\(.*\)": ".*/\1@latest/p')
