# SPDX-License-Identifier: MIT
# kbuild.mk - what a Kbuild or Makefile of modules says, evaluated by make itself (tools/kbuild.c)
#
# Given on the command line: obj src M KBUILD_EXTMOD KERNELRELEASE CC and what the user gives; km-out (file to
# write to), km-configs (CONFIG_ of our headers), km-tree (kernel tree), km-level (one letter for each
# directory above), km-subdir-ccflags, km-subdir-asflags.
# Written: lines of fields with tabs between.
#   dir FILE                 a Kbuild or Makefile was read
#   module DIR NAME KIND     then its parts; KIND: several, single, built-in, or off (in obj-)
#   part OBJECT FLAGS AFLAGS
#   remark TEXT, error TEXT
# K1  Nothing of the tree is made: a recipe of its makefiles fails instead of running.
# K2  What kbuild documents (Documentation/kbuild/makefiles.rst, modules.rst) is meant as there.

km-make := $(MAKE)
km-wrapper := $(lastword $(MAKEFILE_LIST))
define km-newline


endef
km-tab := $(shell printf '\t')
km-flat = $(subst $(km-newline), ,$(subst $(km-tab), ,$(1)))
km-say = $(file >>$(km-out),$(call km-flat,$(1))$(km-tab)$(call km-flat,$(2))$(km-tab)$(call km-flat,$(3))$(km-tab)$(call km-flat,$(4)))

# -- what a Makefile may use --

srctree := $(km-tree)
objtree := $(km-tree)
srcroot := $(M)
VERSION := 6
PATCHLEVEL := 12
SUBLEVEL := 0
KERNELVERSION := $(KERNELRELEASE)
$(foreach c,$(km-configs),$(eval $(c)))
km-version = $(shell set -- $$( ($(CC) -dumpfullversion || $(CC) -dumpversion) 2>/dev/null | tr . ' '); \
	printf '%d%02d%02d' $${1:-0} $${2:-0} $${3:-0})
CONFIG_GCC_VERSION = $(if $(CONFIG_CC_IS_GCC),$(km-version),0)
CONFIG_CLANG_VERSION = $(if $(CONFIG_CC_IS_CLANG),$(km-version),0)
empty :=
space := $(empty) $(empty)
comma := ,
pound := \#
squote := '
try-run = $(if $(shell set -e; TMP=/dev/null; TMPO=/dev/null; if ($(1)) >/dev/null 2>&1; then echo y; fi),$(2),$(3))
km-takes = $(shell if $(CC) -Werror $(KBUILD_CFLAGS) $(1) -c -x c /dev/null -o /dev/null >/dev/null 2>&1; then echo y; fi)
cc-option = $(if $(call km-takes,$(1)),$(1),$(2))
cc-option-yn = $(if $(call km-takes,$(1)),y,n)
cc-disable-warning = $(if $(call km-takes,-W$(strip $(1))),-Wno-$(strip $(1)))
as-option = $(if $(shell if $(CC) -Werror $(1) -c -x assembler-with-cpp /dev/null -o /dev/null >/dev/null 2>&1; then echo y; fi),$(1),$(2))
as-instr = $(if $(shell if printf '%b\n' "$(1)" | $(CC) -Werror -c -x assembler-with-cpp -o /dev/null - >/dev/null 2>&1; then echo y; fi),$(2),$(3))
ld-option = $(if $(shell if $(CC) -Wl,$(1) -nostdlib -r -x c /dev/null -o /dev/null >/dev/null 2>&1; then echo y; fi),$(1),$(2))
test-lt = $(shell test $(1) -lt $(2) && echo y)
test-le = $(shell test $(1) -le $(2) && echo y)
test-gt = $(shell test $(1) -gt $(2) && echo y)
test-ge = $(shell test $(1) -ge $(2) && echo y)
gcc-min-version = $(call test-ge,$(CONFIG_GCC_VERSION),$(1))
clang-min-version = $(call test-ge,$(CONFIG_CLANG_VERSION),$(1))

obj-y :=
obj-m :=
subdir-y :=
subdir-m :=
EXTRA_AFLAGS :=
EXTRA_CFLAGS :=
asflags-y :=
ccflags-y :=
subdir-asflags-y :=
subdir-ccflags-y :=
KBUILD_CFLAGS :=
KBUILD_CPPFLAGS :=
KBUILD_CFLAGS_MODULE :=
LINUXINCLUDE :=
NOSTDINC_FLAGS :=

km-file := $(or $(wildcard $(src)/Kbuild),$(wildcard $(src)/Makefile))
ifeq ($(km-file),)
$(call km-say,error,$(src) has neither a Kbuild nor a Makefile)
else
$(call km-say,dir,$(km-file))
include $(km-file)
endif

# K1
override SHELL := /bin/false
km-list: SHELL := /bin/sh

# -- what it said --

# The values of NAME-objs, NAME-y, ... for the object NAME.o.
km-suffixed = $(strip $(foreach s,$(2),$($(1:.o=$(s)))))
km-parts = $(call km-suffixed,$(1),-objs -y -m)
# A list that an unset CONFIG_ left empty is a list.
km-kind = $(if $(call km-suffixed,$(1),-objs -y -m -),several,single)
km-ccflags = $(LINUXINCLUDE) $(NOSTDINC_FLAGS) $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(KBUILD_CFLAGS_MODULE) \
	$(KCPPFLAGS) $(KCFLAGS) $(km-subdir-ccflags) $(subdir-ccflags-y) $(EXTRA_CFLAGS) $(ccflags-y)
km-flags-of = $(strip $(filter-out $(CFLAGS_REMOVE_$(1)),$(filter-out $(ccflags-remove-y),$(km-ccflags)) $(CFLAGS_$(1))))
km-aflags-of = $(strip $(filter-out $(AFLAGS_REMOVE_$(1)),$(LINUXINCLUDE) $(KCPPFLAGS) $(km-subdir-asflags) $(subdir-asflags-y) \
	$(EXTRA_AFLAGS) $(asflags-y)) $(AFLAGS_$(1)))
km-part = $(call km-say,part,$(1),$(call km-flags-of,$(1)),$(call km-aflags-of,$(1)))
km-module = $(call km-say,module,$(obj),$(1:.o=),$(2))$(foreach p,$(call km-unique,$(if $(filter several,$(2)),$(call km-parts,$(1)),$(1))),$(call km-part,$(p)))
km-unique = $(if $(1),$(firstword $(1)) $(call km-unique,$(filter-out $(firstword $(1)),$(1))))

km-all := $(call km-unique,$(filter-out $(obj-y),$(obj-m)))
$(foreach o,$(filter %.o,$(km-all)),$(call km-module,$(o),$(call km-kind,$(o))))
$(foreach o,$(filter %.o,$(obj-y)),$(call km-say,module,$(obj),$(o:.o=),built-in))
$(foreach o,$(filter-out $(km-all) $(obj-y),$(filter %.o,$(obj-))),$(call km-say,module,$(obj),$(o:.o=),off))
$(foreach o,$(filter-out %.o %/,$(obj-m)),$(call km-say,error,obj-m of $(km-file) lists $(o)$(comma) which is neither an object nor a directory))

ifneq ($(strip $(KBUILD_EXTRA_SYMBOLS)),)
$(call km-say,remark,KBUILD_EXTRA_SYMBOLS is not taken: modules of other trees are not loaded)
endif

km-dirs := $(call km-unique,$(patsubst %/,%,$(subdir-y) $(subdir-m) $(filter %/,$(obj-y) $(obj-m))))
ifneq ($(filter xxxxxxxxxxxxxxxx%,$(km-level)),)
ifneq ($(km-dirs),)
$(call km-say,error,directories of modules lie more than 16 deep at $(obj))
km-dirs :=
endif
endif

# For a shell, and for make, which expands what it is given once more.
km-quoted = $(subst $$,$$$$,$(subst ','\'',$(1)))
define km-enter
@+$(km-make) -s -rR --no-print-directory -f $(km-wrapper) km-list obj=$(obj)/$(1) src=$(obj)/$(1) km-level=x$(km-level) km-subdir-ccflags='$(call km-quoted,$(km-subdir-ccflags) $(subdir-ccflags-y))' km-subdir-asflags='$(call km-quoted,$(km-subdir-asflags) $(subdir-asflags-y))'

endef
.PHONY: km-list
km-list:
	@:
	$(foreach d,$(km-dirs),$(call km-enter,$(d)))
