/* SPDX-License-Identifier: MIT */
/* view.h - what the files of the views share: one text, and one table */
#ifndef MACHINE_VIEW_H
#define MACHINE_VIEW_H

#include <linux/types.h>
#include <linux/compiler_attributes.h>

/* Text on its way into the reader's buffer; length counts what does not fit, too. */
struct view_text {
	char *buf;
	size_t size, length;
};

void view_put(struct view_text *text, const char *format, ...) __printf(2, 3);

struct view {
	const char *name;	/* "slabinfo"; "slab/" for all names below it */
	/* @rest: what follows a name that ends in '/'.  Return: 0 or a negative errno. */
	int (*show)(struct view_text *text, const char *rest);
	int (*store)(const char *value, const char *rest);	/* NULL: read only */
};

int buddyinfo_show(struct view_text *text, const char *rest);
int pagetypeinfo_show(struct view_text *text, const char *rest);
int zoneinfo_show(struct view_text *text, const char *rest);
int meminfo_show(struct view_text *text, const char *rest);
int vmstat_show(struct view_text *text, const char *rest);
int slabinfo_show(struct view_text *text, const char *rest);
int vmallocinfo_show(struct view_text *text, const char *rest);
int allocinfo_show(struct view_text *text, const char *rest);
int slab_attr_show(struct view_text *text, const char *rest);
int slab_attr_store(const char *value, const char *rest);

#endif
