/* SPDX-License-Identifier: MIT */
/*
 * procfs.c - views of the machine as text, by the names of Linux's files
 *
 * Owns: the table of views; how a text meets the reader's buffer.
 * V1  A view that is read changes nothing, and is no event for rules.
 * V2  The text is the same whatever the buffer's size; only what fits is stored.
 * Lock: none here; a view takes its rooms' locks, one at a time.
 */
#include <kmalloc/stats.h>

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "machine/machine_room.h"
#include "machine/view.h"
#include "watch/watch.h"

#define VALUE_BYTES	64

static const struct view views[] = {
	{ "allocinfo", allocinfo_show },
	{ "buddyinfo", buddyinfo_show },
	{ "meminfo", meminfo_show },
	{ "pagetypeinfo", pagetypeinfo_show },
	{ "slabinfo", slabinfo_show },
	{ "vmallocinfo", vmallocinfo_show },
	{ "vmstat", vmstat_show },
	{ "zoneinfo", zoneinfo_show },
	{ "slab/", slab_attr_show, slab_attr_store },
};

void view_put(struct view_text *text, const char *format, ...)
{
	size_t room = text->length < text->size ? text->size - text->length : 0;
	va_list args;

	va_start(args, format);
	text->length += vsnprintf(room ? text->buf + text->length : NULL, room, format, args);
	va_end(args);
}

static const struct view *view_find(const char *name, const char **ret_rest)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(views); i++) {
		size_t bytes = strlen(views[i].name);
		bool is_directory = views[i].name[bytes - 1] == '/';

		if (strncmp(name, views[i].name, bytes) || (!is_directory && name[bytes]))
			continue;
		*ret_rest = name + bytes;
		return &views[i];
	}
	return NULL;
}

long km_proc_read(const char *name, char *buf, size_t size)
{
	struct view_text text = { .buf = buf, .size = size };
	const struct view *view;
	const char *rest;
	int error;

	if (!machine_is_up())
		return -EINVAL;
	view = view_find(name, &rest);
	if (!view)
		return -ENOENT;
	if (size)
		buf[0] = 0;
	watch_enter();
	error = view->show(&text, rest);
	watch_leave();
	return error ? error : (long)text.length;
}

long km_proc_write(const char *name, const char *text, size_t bytes)
{
	char value[VALUE_BYTES];
	const struct view *view;
	const char *rest;
	int error;

	if (!machine_is_up())
		return -EINVAL;
	view = view_find(name, &rest);
	if (!view)
		return -ENOENT;
	if (!view->store)
		return -EACCES;
	if (bytes >= sizeof(value))
		return -EINVAL;
	memcpy(value, text, bytes);
	value[bytes] = 0;
	if (bytes && value[bytes - 1] == '\n')
		value[bytes - 1] = 0;
	error = view->store(value, rest);
	return error ? error : (long)bytes;
}

const char *km_proc_name(unsigned int index)
{
	return index < ARRAY_SIZE(views) ? views[index].name : NULL;
}
