/* SPDX-License-Identifier: MIT */
/* panic.h - the end of the machine, and its taints */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/types.h>

#define TAINT_PROPRIETARY_MODULE	0
#define TAINT_FORCED_MODULE		1
#define TAINT_CPU_OUT_OF_SPEC		2
#define TAINT_FORCED_RMMOD		3
#define TAINT_MACHINE_CHECK		4
#define TAINT_BAD_PAGE			5
#define TAINT_USER			6
#define TAINT_DIE			7
#define TAINT_OVERRIDDEN_ACPI_TABLE	8
#define TAINT_WARN			9
#define TAINT_CRAP			10
#define TAINT_FIRMWARE_WORKAROUND	11
#define TAINT_OOT_MODULE		12
#define TAINT_UNSIGNED_MODULE		13
#define TAINT_SOFTLOCKUP		14
#define TAINT_LIVEPATCH			15
#define TAINT_AUX			16
#define TAINT_RANDSTRUCT		17
#define TAINT_TEST			18
#define TAINT_FLAGS_COUNT		19
#define TAINT_FLAGS_MAX			((1UL << TAINT_FLAGS_COUNT) - 1)

enum lockdep_ok {
	LOCKDEP_STILL_OK,
	LOCKDEP_NOW_UNRELIABLE,
};

extern int oops_in_progress KM_SYM(oops_in_progress);
extern int panic_on_warn KM_SYM(panic_on_warn);
extern struct atomic_notifier_head panic_notifier_list KM_SYM(panic_notifier_list);

void panic(const char *fmt, ...) KM_SYM(panic) __printf(1, 2) __noreturn __cold;
void add_taint(unsigned int flag, enum lockdep_ok ok) KM_SYM(add_taint);
int test_taint(unsigned int flag) KM_SYM(test_taint);
unsigned long get_taint(void) KM_SYM(get_taint);
const char *print_tainted(void) KM_SYM(print_tainted);

#endif
