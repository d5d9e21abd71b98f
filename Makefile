# Everything a developer or a CI machine runs. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Where cargo builds: its own variable when set, else ./target.
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
EXAMPLE ?= almanac
ROOT ?= demo-root
CARGO := cargo
WEB := frontend
NPM := npm --prefix $(WEB)

.PHONY: help build run bench bench-peers bench-growth instructions pressure soak chaos faults fuzz schemathesis test test-pm2 test-runners test-openclaw lint fmt-check clippy deny web-check test-web test-rust test-example test-e2e clean demo-clean

help: ## This list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | awk -F'|' '{printf "  %-12s %s\n", $$1, $$2}'

## --- building

build: $(WEB)/dist/index.html ## The binary with the dashboard in it: target/release/moziplus
	$(CARGO) build --release --locked

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json $(WEB)/package.json
	@.ci/tools build
	$(NPM) ci --no-audit --no-fund
	@touch $@

WEB_SOURCES := $(shell find $(WEB)/src $(WEB)/public $(WEB)/index.html openapi -type f 2>/dev/null)
$(WEB)/dist/index.html: $(WEB)/node_modules/.package-lock.json $(WEB_SOURCES)
	$(NPM) run build
	@touch $@

## --- trying it

run: $(WEB)/dist/index.html ## Build quickly and run the example project; Ctrl-C stops it
	@.ci/tools run
	$(CARGO) build --profile quick --locked
	@examples/$(EXAMPLE)/run.sh --bin "$(TARGET)/quick/moziplus" --root "$(ROOT)"

demo-clean: ## Forget what `make run` made
	rm -rf "$(ROOT)"

## --- checking

test: ## Everything that must pass before a change lands
	@.ci/tools test
	@$(MAKE) --no-print-directory lint test-web test-example test-rust-build test-e2e test-rust

lint: fmt-check clippy web-check deny ## Formatting, lints, types, licences

fmt-check:
	$(CARGO) fmt --check

clippy: $(WEB)/dist/index.html
	$(CARGO) clippy --all-targets --locked -- -D warnings

deny:
	@if command -v cargo-deny >/dev/null 2>&1; then \
	  $(CARGO) deny --offline check bans licenses sources; \
	else echo "cargo-deny is not installed: licences and bans skipped (cargo install cargo-deny)"; fi

web-check: $(WEB)/node_modules/.package-lock.json
	$(NPM) run lint
	$(NPM) run generate:check

test-web: $(WEB)/node_modules/.package-lock.json
	$(NPM) test

test-example: ## The example's own unit tests
	cd examples/$(EXAMPLE) && python3 -m unittest discover -s tests

.PHONY: test-rust-build
test-rust-build: $(WEB)/dist/index.html
	$(CARGO) test --locked --no-run

test-e2e: $(WEB)/dist/index.html ## The dashboard in a browser, on a real daemon
	MOZIPLUS_BIN="$(abspath $(TARGET))/debug/moziplus" $(NPM) run e2e

test-runners: $(WEB)/dist/index.html ## The real claude, codex, gemini, opencode from npm, with a stub model; not part of `test`
	$(CARGO) build --profile quick --locked
	python3 tests/runners/suite.py

test-openclaw: $(WEB)/dist/index.html ## A real OpenClaw from npm, with a stub model; not part of `test`
	$(CARGO) build --profile quick --locked
	python3 tests/openclaw/suite.py

test-rust: $(WEB)/dist/index.html ## Unit and integration tests of the Rust code
	$(CARGO) test --locked --doc
	$(CARGO) test --locked --lib --bins --test it

chaos: $(WEB)/dist/index.html ## Two hundred rounds of killing daemon, supervisor and agents (CHAOS_ROUNDS, CHAOS_SEED)
	CHAOS_ROUNDS="$(or $(CHAOS_ROUNDS),200)" $(CARGO) test --locked --test it chaos:: -- --nocapture

test-pm2: $(WEB)/dist/index.html ## The shipped pm2 file under a real pm2 from npm (CHAOS_ROUNDS, 20 when not set)
	tests/pm2.sh

fuzz: $(WEB)/dist/index.html ## Odd requests, schedules, configurations and scripts, for minutes
	FUZZ_CASES=$${FUZZ_CASES:-2000} $(CARGO) test --locked --test it fuzz -- --nocapture

faults: $(WEB)/dist/index.html ## Full disks, damaged databases, storms, limits: many trials of each (FAULT_TRIALS, FAULT_SEED)
	FAULT_TRIALS="$(or $(FAULT_TRIALS),20)" $(CARGO) test --locked --test it faults:: -- --nocapture

schemathesis: $(WEB)/dist/index.html ## Every operation of the OpenAPI document, by schemathesis from PyPI, on a daemon of its own
	$(CARGO) build --profile quick --locked
	tests/schemathesis.sh "$(TARGET)/quick/moziplus"

pressure: $(WEB)/dist/index.html ## 200 live streams and 500 requests a second for ten minutes (SECONDS_LONG)
	$(CARGO) build --release --locked
	python3 benches/pressure.py --bin "$(TARGET)/release/moziplus" --seconds "$(or $(SECONDS_LONG),600)"

soak: $(WEB)/dist/index.html ## 100,000 tasks, with the slopes of memory, descriptors and files (SOAK_TASKS=2000 for minutes)
	$(CARGO) build --release --locked
	python3 benches/soak.py --bin "$(TARGET)/release/moziplus" --tasks "$(or $(SOAK_TASKS),100000)"

bench: $(WEB)/dist/index.html ## How fast it is: hot paths, then a whole daemon beside what the machine can do at all
	@.ci/tools run
	$(CARGO) build --release --locked
	$(CARGO) bench --locked --bench core --bench policies
	python3 benches/load.py --bin "$(TARGET)/release/moziplus" --ceiling "$(CARGO) bench -q --locked --bench spawn -- 8"
	python3 benches/supervision.py --bin "$(TARGET)/release/moziplus"
	@$(MAKE) --no-print-directory bench-growth SHORT=--short

# The program of a bench, built for release.
program = $$($(CARGO) bench --locked --bench $(1) --no-run --message-format=json 2>/dev/null | benches/program.py)

bench-growth: $(WEB)/dist/index.html ## How figures grow with tasks, projects and clients, beside their goals (SHORT=--short: minutes, no page)
	@.ci/tools bench
	$(CARGO) build --release --locked
	"$$(benches/peers/python.sh)" benches/growth.py --bin "$(TARGET)/release/moziplus" --bare "$(call program,bare)" $(SHORT)

instructions: $(WEB)/dist/index.html ## Instruction counts of core scenarios beside those kept (SAVE=--save keeps the new ones)
	python3 benches/instructions.py --program "$(call program,counted)" $(SAVE)

bench-peers: $(WEB)/dist/index.html ## moziplus beside huey, plainjob, task-spooler … in one run (PEERS=pueue,apalis builds those, too)
	$(CARGO) build --release --locked
	"$$(benches/peers/python.sh)" benches/compare.py --bin "$(TARGET)/release/moziplus" --spawn "$(call program,spawn)" \
	  --with "$(PEERS)" $(COMPARE)

clean: ## Forget everything that was built
	$(CARGO) clean
	rm -rf $(WEB)/dist $(WEB)/node_modules
