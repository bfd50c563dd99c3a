# SPDX-License-Identifier: MIT
# The front door; meson and ninja do the work.  `make help` tells the targets.

BUILD	?= build
PREFIX	?= /usr/local
FILE	?=
ARGS	?=
KMALLOC	= $(BUILD)/kmalloc

.DEFAULT_GOAL := build
.PHONY: build all test run bench soak install clean help setup

# `make run FILE=driver.c` exits as the check does: 0, 1 or 2.  Make itself turns every failing
# recipe into 2; only in question mode (-q) does a recipe that ends with 1 make it leave with 1, and
# there only recipe lines marked + run.  So in this one case question mode is on, and all lines on
# the way to the check are marked.
ifneq ($(FILE),)
ifeq ($(MAKECMDGOALS),run)
MAKEFLAGS += -q
endif
endif

help:
	@echo 'make build            compile; leaves $(BUILD)/kmalloc'
	@echo 'make run              install what is missing, build, check the two examples'
	@echo 'make run FILE=x.c     your own module; ARGS="--json --seed 7" are passed on'
	@echo 'make test             build and run every test; ends with "N passed, N failed"'
	@echo 'make bench            measure: nanoseconds and instructions of the fast road'
	@echo 'make soak             the long random tests'
	@echo 'make install          into PREFIX=$(PREFIX); DESTDIR= is obeyed'
	@echo 'make clean            remove $(BUILD)'

setup:
	+@sh tools/dev/setup.sh build || exit 2

$(BUILD)/build.ninja: | setup
	+@echo 'configuring and building (about a minute the first time)' >&2
	+@meson setup $(BUILD) --prefix=$(PREFIX) >$(BUILD).log 2>&1 || \
		{ cat $(BUILD).log; exit 2; }
	+@mv $(BUILD).log $(BUILD)/meson-setup.log

build: $(BUILD)/build.ninja
	+@ninja -C $(BUILD) --quiet command >&2 || exit 2

all: $(BUILD)/build.ninja
	+@ninja -C $(BUILD) --quiet >&2

test: setup
	@sh tools/dev/setup.sh test
	@$(MAKE) --no-print-directory all
	@python3 tools/dev/run_tests.py $(BUILD)

ifneq ($(FILE),)
run: build
	+@$(KMALLOC) check $(ARGS) $(FILE)
else
run: build
	@sh tools/dev/run_examples.sh $(KMALLOC)
endif

bench: all
	@meson test -C $(BUILD) --no-rebuild --benchmark --verbose

soak: all
	@meson test -C $(BUILD) --no-rebuild --suite soak --verbose --timeout-multiplier 60

install: all
	@meson configure $(BUILD) -Dprefix=$(PREFIX)
	@# Only ninja writes a changed prefix into what the next line reads.
	@ninja -C $(BUILD) --quiet
	@meson install -C $(BUILD) --no-rebuild

clean:
	@rm -rf $(BUILD) $(BUILD).log
