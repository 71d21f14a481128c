# `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run test test-real bench soak screenshots

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build Baton and open it (the first time installs what is missing)
	@scripts/run.sh

test: ## Everything that must hold before a commit; ends with "N passed, 0 failed"
	@scripts/test.sh

test-real: ## The same import on a real export: make test-real DATA=directory
	@scripts/test-real.sh "$(DATA)"

bench: ## Measure times on a large book and print them
	@scripts/bench.sh

soak: ## The random tests for a long time: make soak ROUNDS=1000 BATON_KILLS=500
	@scripts/soak.sh "$(or $(ROUNDS),1000)"

screenshots: ## Photograph every screen into docs/screenshots
	@scripts/screenshots.sh
