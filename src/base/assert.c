// SPDX-License-Identifier: MIT
/*
 * assert.c - the end of a broken invariant
 *
 * Owns: the text of a failed assertion and the hook that ends the machine.  No lock.  Nothing here
 * sleeps or allocates.
 */
#include "base/assert.h"
#include <linux/sprintf.h>

void (*assert_stop)(const char *text, size_t bytes);

static __noreturn void stop(const char *text, size_t bytes)
{
	if (assert_stop)
		assert_stop(text, bytes);
	__builtin_trap();
}

void assert_failed(const struct assert_place *place)
{
	char text[256];
	int bytes = scnprintf(text, sizeof(text), "kmalloc: %s:%d: invariant %s broken: %s\n",
			      place->file, place->line, place->id, place->text);

	stop(text, (size_t)bytes);
}

void assert_failed_values(const struct assert_place *place, u64 got, u64 wanted)
{
	char text[256];
	int bytes = scnprintf(text, sizeof(text),
			      "kmalloc: %s:%d: invariant %s broken: %s (0x%llx, 0x%llx)\n",
			      place->file, place->line, place->id, place->text, got, wanted);

	stop(text, (size_t)bytes);
}
