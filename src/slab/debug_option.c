/* SPDX-License-Identifier: MIT */
/*
 * debug_option.c - which caches are debugged, from the boot command line
 *
 *	slab_debug                        everything, for all caches
 *	slab_debug=FZ                     these options, for all caches
 *	slab_debug=FZ,kmalloc-*,dentry    for caches of these names
 *	slab_debug=P;-,dentry             blocks: the last without names is for all caches that no
 *	                                  block with names claims; of those the first that fits
 *	                                  counts
 *
 * Owns: the words kept from the command line.
 * Context: boot sets them, on one CPU; later they are only read.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include "slab/debug.h"

#define WORDS_BYTES	256
#define DEBUG_DEFAULT	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER)
/* What makes slots larger. */
#define DEBUG_BYTES	(SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER)

static char words[WORDS_BYTES];		/* blocks with names, each ended by ';' */
static slab_flags_t all_flags;		/* of caches that no block names */
static bool spare_orders;		/* O */

static const struct {
	char letter;
	slab_flags_t flag;
} letters[] = {
	{ 'f', SLAB_CONSISTENCY_CHECKS }, { 'z', SLAB_RED_ZONE }, { 'p', SLAB_POISON },
	{ 'u', SLAB_STORE_USER }, { 't', SLAB_TRACE }, { 'a', SLAB_FAILSLAB },
};

static bool take_letter(char letter, slab_flags_t *flags)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(letters); i++) {
		if (letters[i].letter == tolower(letter)) {
			*flags |= letters[i].flag;
			return true;
		}
	}
	return false;
}

/*
 * The options of one block.  Without a letter: the default ones; '-': none.
 * Return: what follows them, a ',' or the end of the block; NULL for a letter that means nothing.
 */
static const char *read_flags(const char *at, slab_flags_t *ret_flags, bool *ret_spares)
{
	const char *start = at;
	slab_flags_t flags = 0;

	*ret_spares = false;
	for (; *at && *at != ',' && *at != ';'; at++) {
		if (*at == '-')
			flags = 0;
		else if (tolower(*at) == 'o')
			*ret_spares = true;
		else if (!take_letter(*at, &flags))
			return NULL;
	}
	if (at == start)
		flags = DEBUG_DEFAULT;
	*ret_flags = flags;
	return at;
}

static int keep_block(const char *block, size_t bytes)
{
	size_t used = strlen(words);

	if (used + bytes + 2 > sizeof(words))
		return -E2BIG;
	memcpy(words + used, block, bytes);
	words[used + bytes] = ';';
	words[used + bytes + 1] = '\0';
	return 0;
}

static int set_slab_debug(const char *value)
{
	slab_flags_t flags;
	bool spares;

	words[0] = '\0';
	all_flags = 0;
	spare_orders = false;
	if (!value)
		return 0;
	do {
		const char *block = value;

		value = read_flags(block, &flags, &spares);
		if (!value)
			return -EINVAL;
		spare_orders |= spares;
		if (*value == ',') {
			int error;

			value += strcspn(value, ";");
			error = keep_block(block, value - block);
			if (error)
				return error;
		} else {
			all_flags = flags;
		}
		value += strspn(value, ";");	/* an empty block says nothing */
	} while (*value);
	return 0;
}

static bool name_fits(const char *name, const char *pattern, size_t bytes)
{
	const char *star = memchr(pattern, '*', bytes);

	if (star)
		return !strncmp(name, pattern, star - pattern);
	return strlen(name) == bytes && !memcmp(name, pattern, bytes);
}

static bool block_names(const char *names, const char *name)
{
	while (*names == ',') {
		size_t bytes = strcspn(++names, ",;");

		if (bytes && name_fits(name, names, bytes))
			return true;
		names += bytes;
	}
	return false;
}

/**
 * debug_flags() - the flags of a cache, with those that the command line adds
 */
slab_flags_t debug_flags(slab_flags_t flags, const char *name)
{
	slab_flags_t added = all_flags, block_flags;
	const char *block;
	bool spares;

	if (flags & SLAB_NO_USER_FLAGS)
		return flags;
	/* A cache that serves leak search is tracked only if it is named. */
	if (flags & SLAB_NOLEAKTRACE)
		added &= ~SLAB_STORE_USER;
	for (block = words; *block; block += strcspn(block, ";") + 1) {
		const char *names = read_flags(block, &block_flags, &spares);

		if (block_names(names, name)) {
			added = block_flags;
			break;
		}
	}
	return flags | added;
}

/**
 * debug_spares() - does O take back what would make the slabs of a cache larger?
 * @flags: of the cache; options that need room are dropped
 */
bool debug_spares(const struct slab_layout *layout, unsigned int size, slab_flags_t *flags)
{
	if (!spare_orders || !(*flags & DEBUG_BYTES) || get_order(layout->slot) <= get_order(size))
		return false;
	*flags &= ~DEBUG_BYTES;
	return true;
}

static int set_switch(const char *value, bool *ret_switch)
{
	*ret_switch = value && !*value;
	return value && *value ? kstrtobool(value, ret_switch) : 0;
}

static int set_hardened(const char *value)
{
	return set_switch(value, &slab_hardened);
}

static int set_random(const char *value)
{
	return set_switch(value, &slab_random);
}

const struct boot_option slab_debug_options[] = {
	{ "slab_debug", set_slab_debug },
	{ "slub_debug", set_slab_debug },
	{ "slab_freelist_hardened", set_hardened },
	{ "slab_freelist_random", set_random },
	{ }
};
