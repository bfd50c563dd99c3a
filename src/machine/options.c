/* SPDX-License-Identifier: MIT */
/*
 * options.c - the boot command line: words "name" or "name=value", as Linux writes them
 *
 * Owns: which rooms have options.  What an option means is its room's business.
 * O1  Every option is set to its default before each boot, so that one machine leaves nothing to
 *     the next.
 * O2  A word that no room knows refuses the boot and is named: nothing is accepted and ignored.
 * Context: boot, one CPU, before any room is up; printk is not there yet.
 */
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <kern/option.h>
#include "machine/machine_room.h"
#include "page/page_room.h"
#include "pool/pool_room.h"
#include "reclaim/reclaim_room.h"
#include "slab/slab_room.h"

#define WORD_BYTES	256

static const struct boot_option *const tables[] = {
	page_options, tunable_options, reclaim_options, slab_options, slab_debug_options,
	failslab_options, pool_options, machine_options,
};

static const struct boot_option *option_find(const char *name, size_t bytes)
{
	for (unsigned int i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		for (const struct boot_option *option = tables[i]; option->name; option++) {
			if (strlen(option->name) == bytes && !memcmp(option->name, name, bytes))
				return option;
		}
	}
	return NULL;
}

static int refuse(const char *word, const char *why)
{
	char line[WORD_BYTES + 80];
	int bytes = scnprintf(line, sizeof(line), "libkmalloc: boot option \"%s\": %s\n", word,
			      why);

	km_port_write(line, bytes);
	return -EINVAL;
}

static int option_take(char *word)
{
	char *equals = strchr(word, '=');
	const struct boot_option *option =
		option_find(word, equals ? (size_t)(equals - word) : strlen(word));
	int error;

	if (!option)
		return refuse(word, "no such option; docs/machine.md lists them");
	error = option->set(equals ? equals + 1 : "");
	return error ? refuse(word, "its value cannot be used; docs/machine.md says what can") : 0;
}

static void options_default(void)
{
	for (unsigned int i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		for (const struct boot_option *option = tables[i]; option->name; option++)
			option->set(NULL);
	}
}

/**
 * options_set() - obey a boot command line
 * @line: words separated by spaces; NULL or "" for none
 * Return: 0, or the negative errno of the first word that cannot be obeyed; it was named on the
 * console.
 */
int options_set(const char *line)
{
	char word[WORD_BYTES];

	options_default();
	while (line && *line) {
		size_t bytes = strcspn(line, " \t\n");
		int error;

		if (bytes >= sizeof(word)) {
			memcpy(word, line, 40);
			word[40] = 0;
			return refuse(word, "longer than 255 bytes");
		}
		memcpy(word, line, bytes);
		word[bytes] = 0;
		error = bytes ? option_take(word) : 0;
		if (error)
			return error;
		line += bytes;
		line += strspn(line, " \t\n");
	}
	return 0;
}
