/* SPDX-License-Identifier: MIT */
/* rules_test.h - a machine with all rules armed, and what they told last */
#ifndef RULES_RULES_TEST_H
#define RULES_RULES_TEST_H

#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "rules/rules.h"
#include "test.h"

/* These tests do on purpose what the compiler warns of. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wuse-after-free"
#pragma GCC diagnostic ignored "-Wfree-nonheap-object"
#pragma GCC diagnostic ignored "-Warray-bounds"
#endif

static unsigned int told_count;
static char told_rule[32], told_message[RULES_TEXT], told_first[RULES_TEXT];
static struct km_finding told_last;

static void keep_finding(const struct km_finding *finding)
{
	if (!told_count++)
		strscpy(told_first, finding->message, sizeof(told_first));
	told_last = *finding;
	strscpy(told_rule, finding->rule, sizeof(told_rule));
	strscpy(told_message, finding->message, sizeof(told_message));
}

static const struct km_sink keeping_sink = { .finding = keep_finding };

static int rules_setup(void)
{
	static const struct km_config config = { .watch_all = true, .rules = "all" };

	km_report_sink(&keeping_sink);
	return km_machine_boot(&config);
}

/* From here on nothing has been told, and the same stacks may tell again. */
static __maybe_unused void told_clear(void)
{
	record_forget();
	told_count = 0;
	told_rule[0] = told_message[0] = told_first[0] = 0;
}

/* Exactly one finding since told_clear(), of @rule, with @words in its message. */
static __maybe_unused bool told(const char *rule, const char *words)
{
	return told_count == 1 && !strcmp(told_rule, rule) && strstr(told_message, words);
}

/* The compiler must not see what a test does to a pointer on purpose. */
static __maybe_unused void *hidden(const void *pointer)
{
	void *copy = (void *)pointer;

	OPTIMIZER_HIDE_VAR(copy);
	return copy;
}

#define CHECK_TOLD(rule, words)	do {							\
	if (!told(rule, words)) {							\
		km_test_note("told %u, last %s: %s", told_count, told_rule, told_message);	\
		km_test_fail(__FILE__, __LINE__, "told " rule ": " words);		\
	} } while (0)

#endif
