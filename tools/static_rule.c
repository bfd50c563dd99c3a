/* SPDX-License-Identifier: MIT */
/*
 * static_rule.c - which rule a warning of a compiler is a break of
 *
 * T1  What is in no row is left out: it is no rule of kernel memory, or the checker is wrong on
 *     kernel code more often than right.  docs/check.md says which those are, with numbers.
 */
#include "static.h"

#include <string.h>

static const struct {
	const char *option, *text, *rule, *tool; /* text: a part of the message; NULL: any */
} rows[] = {
	{ "-Wthread-safety-analysis", "cannot call function", "sleep-in-atomic",
	  "clang -Wthread-safety" },

	{ "-Wanalyzer-double-free", NULL, "double-free", "gcc -fanalyzer" },
	{ "-Wanalyzer-use-after-free", NULL, "use-after-free", "gcc -fanalyzer" },
	{ "-Wanalyzer-free-of-non-heap", NULL, "invalid-free", "gcc -fanalyzer" },
	{ "-Wanalyzer-mismatching-deallocation", NULL, "invalid-free", "gcc -fanalyzer" },
	{ "-Wanalyzer-possible-null-dereference", NULL, "null-unchecked", "gcc -fanalyzer" },
	{ "-Wanalyzer-possible-null-argument", NULL, "null-unchecked", "gcc -fanalyzer" },
	{ "-Wanalyzer-null-dereference", NULL, "crash", "gcc -fanalyzer" },
	{ "-Wanalyzer-null-argument", NULL, "crash", "gcc -fanalyzer" },
	{ "-Wanalyzer-use-of-uninitialized-value", NULL, "uninitialized-read", "gcc -fanalyzer" },
	{ "-Wanalyzer-use-of-pointer-in-stale-stack-frame", NULL, "use-after-free",
	  "gcc -fanalyzer" },
	{ "-Wanalyzer-out-of-bounds", NULL, "out-of-bounds", "gcc -fanalyzer" },
	{ "-Wanalyzer-allocation-size", NULL, "out-of-bounds", "gcc -fanalyzer" },
	{ "-Wmismatched-dealloc", NULL, "invalid-free", "gcc" },
	{ "-Wfree-nonheap-object", NULL, "invalid-free", "gcc" },
	{ "-Wuse-after-free", NULL, "use-after-free", "gcc" },

	{ "unix.Malloc", "leak", "leak", "clang --analyze" },
	{ "unix.Malloc", "Attempt to free released", "double-free", "clang --analyze" },
	{ "unix.Malloc", "after it is", "use-after-free", "clang --analyze" },
	{ "unix.Malloc", "Argument to", "invalid-free", "clang --analyze" },
	{ "unix.Malloc", "offset", "invalid-free", "clang --analyze" },
	{ "unix.MismatchedDeallocator", NULL, "invalid-free", "clang --analyze" },
	{ "core.NullDereference", NULL, "crash", "clang --analyze" },
	{ "unix.cstring.NullArg", NULL, "crash", "clang --analyze" },
};

const char *said_rule(const struct said *said, const char **ret_tool)
{
	for (size_t i = 0; said->option && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!is_prefix(said->option, rows[i].option) ||
		    (rows[i].text && !strstr(said->text, rows[i].text)))
			continue;
		*ret_tool = rows[i].tool;
		return rows[i].rule;
	}
	return NULL;
}
