# The user's commands. Each makes .venv once and hands over to `python -m harness`.
# What stands after "##" is what `make` alone prints.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help plan gate apply destroy recover drift close checklist state-versions state-restore synth up down test lint fix bench docs lock clean environment venv

ENVIRONMENTS := $(patsubst envs/%.tfvars,%,$(sort $(wildcard envs/*.tfvars)))

# These reach the shell as environment variables, never as text of a command; and as they were
# given: make would expand a $(…) in them before it passes them on.
override ENV := $(value ENV)
override ROOT := $(value ROOT)
override CONFIRM := $(value CONFIRM)
override UNLOCK := $(value UNLOCK)
override VERSION := $(value VERSION)
override PORT := $(value PORT)
override OLLAMA_URL := $(value OLLAMA_URL)
override MODEL := $(value MODEL)
export ENVIRONMENTS ENV ROOT CONFIRM UNLOCK VERSION PORT OLLAMA_URL MODEL

# A pyenv shim can be on PATH and yet not run, so each is tried; PYTHON=… names one.
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
# The project's files are UTF-8, whatever the machine's language is set to.
export PYTHONUTF8 := 1
HARNESS := .venv/bin/python -m harness

help: ## print this list
	@printf 'usage: make COMMAND [ENV=NAME], where NAME is one of: %s\n' "$$ENVIRONMENTS"
	@awk -F ' ## ' '/^[a-z-]*:.* ## / { sub(/:.*/, "", $$1); printf "  make %-14s  %s\n", $$1, $$2 }' Makefile

plan: environment venv ## plan ENV with real Terraform and let the gate judge it; ROOT=state its state's bucket, ROOT=pipeline its CI's roles
	@$(HARNESS) plan "$$ENV"

gate: environment venv ## judge ENV's saved plan once more: who can reach what
	@$(HARNESS) gate "$$ENV"

apply: environment venv ## apply ENV's saved plan, if the gate allowed that very file; ENV=local starts an emulated AWS and plans first
	@$(HARNESS) apply "$$ENV"

destroy: environment venv ## destroy everything in ENV, after asking for its name (or CONFIRM=NAME)
	@$(HARNESS) destroy "$$ENV"

recover: environment venv ## find what a killed apply made that ENV's state lacks, and have the next plan adopt it
	@$(HARNESS) recover "$$ENV"

drift: environment venv ## name what was changed in ENV behind Terraform's back
	@$(HARNESS) drift "$$ENV"

close: environment venv ## remove the rules of ENV's security groups that nobody wrote, after asking (or CONFIRM=NAME)
	@$(HARNESS) close "$$ENV"

checklist: environment venv ## tick off the owner's deployment checklist for ENV, each tick with its evidence
	@$(HARNESS) checklist "$$ENV"

state-versions: environment venv ## list the last versions of ENV's state
	@$(HARNESS) state-versions "$$ENV"

state-restore: environment venv ## make VERSION of ENV's state the present one, after asking for its name (or CONFIRM=NAME)
	@$(HARNESS) state-restore "$$ENV"

synth: venv ## write the Terraform modules to cdktf.out/stacks/
	@$(HARNESS) synth

up: venv ## have the page, TLS, nginx and a small model on this machine, without AWS
	@$(HARNESS) up

down: venv ## end what `make up` started and remove what it wrote
	@$(HARNESS) down

# More workers than cores: some of them only wait.
test: venv ## run every test; ARGS="-k plan" narrows
	@.venv/bin/python -m pytest -n 5 $(ARGS)

lint: venv ## check style, types and that generated tables are fresh
	@$(HARNESS) lint

fix: venv ## format, and mend what the linter can mend
	@$(HARNESS) fix

bench: venv ## measure synth, plan, gate and nginx as ratios into bench/results.md
	@$(HARNESS) bench

docs: venv ## write the generated tables
	@$(HARNESS) docs

lock: ## write each requirements*.txt (hashes, every platform) from their .in files; needs uv
	@for name in requirements requirements-local requirements-emulator; do \
	  uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' $$name.in --output-file $$name.txt || exit; \
	done

clean: ## remove what the commands wrote (build/, cdktf.out/, caches), .venv* excepted
	@if [ -e build/up ]; then $(HARNESS) down; fi
	@if [ -e build/emulator ]; then .venv/bin/python -m harness.emulator.process; fi
	@rm -rf build cdktf.out .synth-* .pytest_cache .ruff_cache .hypothesis
	@find . \( -path './.venv*' -o -path ./.git \) -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

environment:
	@set -f; for known in $$ENVIRONMENTS; do if [ "$$ENV" = "$$known" ]; then exit 0; fi; done; \
	printf 'ENV=%s is no environment: say ENV=NAME, where NAME is one of: %s.\n' \
	  "$$ENV" "$$ENVIRONMENTS" >&2; exit 2

venv:
	@for python in $(PYTHONS); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then exec "$$python" -m harness.bootstrap; fi; \
	done; \
	echo "No Python 3.11 or newer among: $(PYTHONS). Install one, or name one with PYTHON=…" >&2; exit 1
