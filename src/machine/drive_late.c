/* SPDX-License-Identifier: MIT */
/*
 * drive_late.c - somebody who reads the module's files of text while module_exit() takes them away
 *
 * A file of sysfs does not keep its module from being unloaded: until it is removed its show() may
 * be called, and so what it prints must be there.  Nor does one of debugfs that shows a number of
 * the module's: its operations are the library's.  Only without a script (drive_auto.c).
 * Owns: the reader.  Context: the boot thread begins and ends it.
 */
#include <linux/completion.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "kapi/fnode.h"
#include "kern/core.h"
#include "machine/drive.h"
#include "watch/watch.h"

#define ROUNDS	16

static struct completion done;
static bool is_on, is_to_stop;

static bool is_readable(const struct km_fnode *node)
{
	if (!(node->inode.i_mode & 0444))
		return false;
	return node->is_there || (node->kind == FNODE_TEXT && node->text->show);
}

static void read_one(struct km_fnode *node)
{
	char *page = kzalloc(PAGE_SIZE, GFP_KERNEL);

	if (page && fnode_enter(node)) {
		if (node->is_there)
			node->is_there(node, false);
		else
			node->text->show(node, page);
		fnode_leave(node);
	}
	kfree(page);
}

static int late_main(void *unused)
{
	current->flags &= ~PF_KTHREAD;
	km_port_self()->stack_base = WATCH_FRAME();
	for (int round = 0; round < ROUNDS && !READ_ONCE(is_to_stop); round++) {
		struct km_fnode *node = NULL;

		while ((node = fnode_next(node)))
			if (is_readable(node))
				read_one(node);
		cond_resched();
	}
	complete_all(&done);
	return 0;
}

void drive_late_begin(const struct module_plan *plan)
{
	struct km_fnode *node = NULL;
	bool is_wanted = false;

	is_on = false;
	if (!plan->drive || strncmp(plan->drive, "auto", strlen("auto")))
		return;
	while ((node = fnode_next(node)))
		is_wanted = is_wanted || is_readable(node);
	if (!is_wanted)
		return;
	init_completion(&done);
	is_to_stop = false;
	is_on = thread_start(late_main, NULL, "late reader") != NULL;
}

void drive_late_end(void)
{
	if (!is_on)
		return;
	WRITE_ONCE(is_to_stop, true);
	watch_enter();
	wait_for_completion(&done);
	watch_leave();
	is_on = false;
}
