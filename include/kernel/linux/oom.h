/* SPDX-License-Identifier: MIT */
/*
 * oom.h - when memory is out and nothing can be reclaimed
 *
 * There are no user processes to kill.  The notifiers are asked; if none gives anything, the boot
 * option oom= decides: fail, the allocation returns NULL; panic, the machine stops.
 *
 * Absent: oom_badness, oom_killer_disable, find_lock_task_mm, process_shares_mm - no user processes
 */
#ifndef __INCLUDE_LINUX_OOM_H
#define __INCLUDE_LINUX_OOM_H

#include <linux/gfp_types.h>
#include <linux/nodemask.h>
#include <linux/types.h>

#define OOM_SCORE_ADJ_MIN	(-1000)
#define OOM_SCORE_ADJ_MAX	1000
#define OOM_DISABLE		(-17)
#define OOM_ADJUST_MIN		(-16)
#define OOM_ADJUST_MAX		15

struct mem_cgroup;
struct notifier_block;
struct task_struct;
struct zonelist;

enum oom_constraint {
	CONSTRAINT_NONE,
	CONSTRAINT_CPUSET,
	CONSTRAINT_MEMORY_POLICY,
	CONSTRAINT_MEMCG,
};

/* What out_of_memory() is told. */
struct oom_control {
	struct zonelist *zonelist;
	nodemask_t *nodemask;
	struct mem_cgroup *memcg;
	const gfp_t gfp_mask;
	const int order;
	unsigned long totalpages;
	struct task_struct *chosen;
	long chosen_points;
	enum oom_constraint constraint;
};

/**
 * register_oom_notifier() - be asked for memory before the last resort
 * @nb: its function gets an unsigned long pointer as data and adds the pages it freed; any page
 *      cancels the last resort. Called in task context with PF_MEMALLOC set; may sleep.
 *
 * Context: task (sleep-in-atomic), not from a notifier.   Return: 0, or -EEXIST.
 * Source:  kernel 6.12, include/linux/oom.h.
 */
int register_oom_notifier(struct notifier_block *nb) KM_SYM(register_oom_notifier) __km_sleeps;

/**
 * unregister_oom_notifier() - no longer; waits for a call that runs
 * Context: task (sleep-in-atomic), not from a notifier.   Return: 0, or -ENOENT.
 */
int unregister_oom_notifier(struct notifier_block *nb) KM_SYM(unregister_oom_notifier) __km_sleeps;

/**
 * out_of_memory() - the notifiers, then the last resort
 * @oc: only gfp_mask and order are read
 *
 * Context: task, may sleep.   Return: true if memory was freed.
 * Differs: nothing is killed; with the boot option oom=fail false is what is left.
 */
bool out_of_memory(struct oom_control *oc) KM_SYM(out_of_memory);

#endif
