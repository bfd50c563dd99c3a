/* SPDX-License-Identifier: MIT */
/*
 * allocinfo.c - /proc/allocinfo: live bytes and calls of each line of code that allocates
 *
 * Owns: the boot option sysctl.vm.mem_profiling.  Counting is rules/profile.c's.
 */
#include <linux/alloc_tag.h>
#include <linux/errno.h>
#include <linux/string.h>
#include "machine/machine_room.h"
#include "machine/view.h"
#include "rules/rules.h"

static int set_profiling(const char *value)
{
	profile_wanted = false;
	if (!value || !strcmp(value, "0") || !strcmp(value, "never"))
		return 0;
	if (strcmp(value, "1"))
		return -EINVAL;
	profile_wanted = true;
	return 0;
}

const struct boot_option machine_options[] = {
	{ "sysctl.vm.mem_profiling", set_profiling },
	{ }
};

static void show_tag(const struct alloc_tag *tag, void *arg)
{
	struct view_text *text = arg;

	view_put(text, "%12lli %8llu %s:%u", (long long)tag->bytes, tag->calls, tag->ct.filename,
		 tag->ct.lineno);
	if (tag->ct.modname)
		view_put(text, " [%s]", tag->ct.modname);
	view_put(text, " func:%s \n", tag->ct.function);
}

int allocinfo_show(struct view_text *text, const char *rest)
{
	view_put(text, "allocinfo - version: 1.0\n");
	view_put(text, "#     <size>  <calls> <tag info>\n");
	profile_each(show_tag, text);
	return 0;
}
