/* SPDX-License-Identifier: MIT */
/*
 * argv.c - a line cut into words, allocated
 *
 * V1  Two allocations in the name of argv_split(): the words, and the pointers to them. One pointer
 *     before the first word keeps the words' memory.
 * Lock: none.  Sleeps if the gfp may block.
 */
#include <linux/ctype.h>
#include <linux/string.h>
#include "kern/tell.h"
#include "slab/slab.h"

static int words_in(const char *text)
{
	int words = 0;

	while (*text) {
		text = skip_spaces(text);
		words += *text != '\0';
		while (*text && !isspace(*text))
			text++;
	}
	return words;
}

/**
 * argv_split() - the words of @str, NULL behind the last
 * @argcp: how many; may be NULL
 * Return: to be given back with argv_free(); NULL without memory.
 */
char **argv_split(gfp_t gfp, const char *str, int *argcp)
{
	const struct slab_call *call = KMALLOC_CALL("argv_split");
	const int count = words_in(str);
	const size_t bytes = strlen(str) + 1;
	char *text = kmalloc_call(bytes, gfp, call), **argv;
	int word = 0;

	if (!text)
		return NULL;
	touch(str, bytes, false, call->caller, call->frame);
	argv = kmalloc_call((size_t)(count + 2) * sizeof(*argv), gfp, call);
	if (!argv) {
		kfree_call(text, call);
		return NULL;
	}
	memcpy(text, str, bytes);
	argv[0] = text;
	while (word < count) {
		text = skip_spaces(text);
		argv[++word] = text;
		while (*text && !isspace(*text))
			text++;
		if (*text)
			*text++ = '\0';
	}
	argv[count + 1] = NULL;
	if (argcp)
		*argcp = count;
	return argv + 1;
}

void argv_free(char **argv)
{
	const struct slab_call *call = KMALLOC_CALL("argv_free");

	kfree_call(argv[-1], call);
	kfree_call(argv - 1, call);
}
