/* SPDX-License-Identifier: MIT */
/*
 * attributes.c - /sys/kernel/slab/NAME/ATTRIBUTE: the name parted, the rest is the slab room's
 *
 * Owns nothing.  Context: nobody destroys the cache meanwhile.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include "machine/view.h"
#include "page/page_room.h"
#include "slab/slab_room.h"

#define NAME_BYTES	128
#define VALUE_ORDER	6	/* pages of the longest text: one line a stack of a busy cache */

/* "NAME/ATTRIBUTE"; cache names may hold no '/', so the last one parts them. */
static const char *part(const char *rest, char *cache)
{
	const char *slash = strrchr(rest, '/');
	size_t bytes = slash ? (size_t)(slash - rest) : 0;

	if (!slash || bytes >= NAME_BYTES)
		return NULL;
	memcpy(cache, rest, bytes);
	cache[bytes] = 0;
	return slash + 1;
}

int slab_attr_show(struct view_text *text, const char *rest)
{
	char cache[NAME_BYTES];
	const char *attr = part(rest, cache);
	struct page *room;
	int bytes;

	if (!attr)
		return -ENOENT;
	room = page_take(GFP_KERNEL, VALUE_ORDER, PAGE_OWNER_PAGES);
	if (!room)
		return -ENOMEM;
	bytes = slab_attr_read(cache, attr, page_address(room), PAGE_SIZE << VALUE_ORDER);
	if (bytes >= 0)
		view_put(text, "%s", (char *)page_address(room));
	page_give(room, VALUE_ORDER);
	return bytes < 0 ? bytes : 0;
}

int slab_attr_store(const char *value, const char *rest)
{
	char cache[NAME_BYTES];
	const char *attr = part(rest, cache);

	return attr ? slab_attr_write(cache, attr, value) : -ENOENT;
}
