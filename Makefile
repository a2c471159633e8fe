# PointInfo for those who work on it. `make run` and `make test` do all of their own set-up (packaging/setup.sh).

BIN := .venv/bin
SETUP := sh packaging/setup.sh
LANGUAGES := en# French is the language of the messages in the code and needs no catalogue
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard resources/translations/*/LC_MESSAGES/pointinfo.po))
POT := resources/translations/pointinfo.pot
VERSION = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' pointinfo/__init__.py)
UV := uv==0.13.9

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check fast paper speed screenshots package smoke translations lock clean
.PHONY: setup-run setup-test setup-package catalogues

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | awk -F'|' '{printf "  make %-13s %s\n", $$1, $$2}'

run: setup-run $(CATALOGUES) ## open the counter on the demonstration directory
	@$(BIN)/pointinfo gui

test: check fast ## check everything: lint, types, contracts, tests

check: setup-test $(CATALOGUES) ## lint, types and import contracts
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@said=$$($(BIN)/lint-imports --no-cache) || { echo "$$said"; exit 1; }

fast: setup-test $(CATALOGUES) ## the tests alone
	@$(BIN)/python -m pytest -q -n 2 $(ARGS)

paper: setup-test $(CATALOGUES) ## judge every design in every language by veraPDF's rules (minutes)
	@POINTINFO_PAPER=1 $(BIN)/python -m pytest -q -n 2 tests/rules/test_publication_conformance.py $(ARGS)

speed: setup-test $(CATALOGUES) ## measure against the floors, as ratios
	@$(BIN)/python -m tests.speed $(ARGS)

screenshots: setup-test $(CATALOGUES) ## draw every page to PNG
	@$(BIN)/python -m tests.screenshots $(ARGS)

package: setup-package $(CATALOGUES) ## build dist/pointinfo/ and the .deb
	@$(BIN)/pyinstaller --log-level ERROR --noconfirm packaging/pointinfo.spec
	@sh packaging/deb.sh "$(VERSION)"

smoke: setup-package ## try what `make package` built
	@$(BIN)/python packaging/smoke.py dist/pointinfo/pointinfo
	@rm -rf build/unpacked && dpkg-deb -x dist/pointinfo_$(VERSION)_$$(dpkg --print-architecture).deb build/unpacked
	@$(BIN)/python packaging/smoke.py build/unpacked/opt/pointinfo/pointinfo

translations: setup-test ## gather the messages of the code into the catalogues, compile them
	@mkdir -p $(foreach language,$(LANGUAGES),resources/translations/$(language)/LC_MESSAGES)
	@$(BIN)/pybabel --quiet extract --no-default-keywords -k _ -k N_ -k gettext -k ngettext:1,2 --no-location --sort-by-file \
		--add-comments=Translators: --project=PointInfo --version="$(VERSION)" \
		--copyright-holder="the PointInfo contributors" -o $(POT) pointinfo ui/pointinfo_ui
	@for language in $(LANGUAGES); do \
		catalogue=resources/translations/$$language/LC_MESSAGES/pointinfo.po; \
		test -f $$catalogue || $(BIN)/pybabel --quiet init -i $(POT) -o $$catalogue -l $$language || exit 1; \
		$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete \
			-i $(POT) -o $$catalogue -l $$language || exit 1; \
	done
	@$(MAKE) --no-print-directory catalogues

lock: setup-test ## renew packaging/*.txt from pyproject.toml (UPGRADE=1: to the newest versions)
	@$(BIN)/python -m pip install --quiet "$(UV)"
	@sh packaging/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove what was built, and the environment
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis $(CATALOGUES) $(POT)
	find pointinfo ui tests packaging -name __pycache__ -prune -exec rm -rf {} +

setup-run setup-test setup-package: setup-%:
	@$(SETUP) $*

catalogues: $(CATALOGUES)

%.mo: %.po
	@$(BIN)/pybabel --quiet compile -i $< -o $@
