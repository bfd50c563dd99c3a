/* SPDX-License-Identifier: MIT */
/*
 * oom.c - nothing is left to reclaim: the notifiers, then the last resort
 *
 * Owns: the chain of OOM notifiers, the boot options oom= and sysctl.vm.panic_on_oom=.
 * M1  One task at a time; others that come meanwhile wait a tick and try their luck again.
 * M2  Notifiers run in PF_MEMALLOC: what they allocate does not lead back here.
 * M3  With oom=fail the request fails, and who asked deals with it; with oom=panic, or
 *     panic_on_oom, the machine stops.  There is no process to kill.
 * Lock: oom.chain_lock around the chain; oom.is_busy is M1.  Sleeps.
 */
#include "reclaim/reclaim.h"

#include <linux/errno.h>
#include <linux/oom.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <reclaim/visit.h>
#include <watch/watch.h>

static struct {
	struct rw_semaphore chain_lock;
	struct raw_notifier_head chain;
	unsigned int is_busy;
} oom;

static bool does_stop;			/* oom=panic */
static unsigned int panic_on_oom;	/* 1: yes; 2: compulsory */

static int set_oom(const char *value)
{
	does_stop = false;
	if (!value || !strcmp(value, "fail"))
		return 0;
	does_stop = !strcmp(value, "panic");
	return does_stop ? 0 : -EINVAL;
}

static int set_panic_on_oom(const char *value)
{
	panic_on_oom = 0;
	if (!value)
		return 0;
	if (value[0] < '0' || value[0] > '2' || value[1])
		return -EINVAL;
	panic_on_oom = value[0] - '0';
	return 0;
}

const struct boot_option reclaim_options[] = {
	{ "oom", set_oom },
	{ "sysctl.vm.panic_on_oom", set_panic_on_oom },
	{ }
};

void oom_boot(void)
{
	init_rwsem(&oom.chain_lock);
	oom.chain.head = NULL;
	oom.is_busy = 0;
}

/* -- the chain -------------------------------------------------------------------------------- */

static void tell(enum km_point point, const struct notifier_block *nb, const char *what,
		 uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_OTHER, .what = what, .object = nb,
		.caller = caller, .frame = frame,
	};

	watch_tell(&event);
}

int register_oom_notifier(struct notifier_block *nb)
{
	uintptr_t caller = WATCH_CALLER(), frame = WATCH_FRAME();
	int error;

	tell(KM_POINT_MIGHT_SLEEP, nb, "register_oom_notifier", caller, frame);
	watch_enter();
	down_write(&oom.chain_lock);
	error = raw_notifier_chain_register(&oom.chain, nb);
	up_write(&oom.chain_lock);
	watch_leave();
	if (!error)
		tell(KM_POINT_RESOURCE_NEW, nb, "oom notifier", caller, frame);
	return error;
}

int unregister_oom_notifier(struct notifier_block *nb)
{
	uintptr_t caller = WATCH_CALLER(), frame = WATCH_FRAME();
	int error;

	tell(KM_POINT_MIGHT_SLEEP, nb, "unregister_oom_notifier", caller, frame);
	watch_enter();
	down_write(&oom.chain_lock);
	error = raw_notifier_chain_unregister(&oom.chain, nb);
	up_write(&oom.chain_lock);
	watch_leave();
	if (!error)
		tell(KM_POINT_RESOURCE_GONE, nb, "oom notifier", caller, frame);
	return error;
}

unsigned int oom_left(kern_left_fn see, void *arg)
{
	unsigned int count = 0;

	for (struct notifier_block *nb = oom.chain.head; nb; nb = nb->next, count++)
		see("oom notifier", nb, (uintptr_t)nb->notifier_call, NULL, arg);
	return count;
}

unsigned long oom_shutdown(void)
{
	unsigned long left = 0;

	for (; oom.chain.head; oom.chain.head = oom.chain.head->next)
		left++;
	return left;
}

/* Pages the notifiers freed, as they say. */
static unsigned long notifiers_ask(void)
{
	struct notifier_block *nb, *next;
	unsigned long freed = 0;
	int answer = NOTIFY_DONE;

	watch_enter();
	down_read(&oom.chain_lock);
	for (nb = oom.chain.head; nb && !(answer & NOTIFY_STOP_MASK); nb = next) {
		struct visit visit;

		next = nb->next;
		visit_begin(&visit, "oom notifier", NULL, GFP_KERNEL);
		answer = nb->notifier_call(nb, 0, &freed);
		visit_end(&visit, nb->notifier_call);
	}
	up_read(&oom.chain_lock);
	watch_leave();
	return freed;
}

/* -- the last resort -------------------------------------------------------------------------- */

static void last_resort(const struct page_ask *ask)
{
	STAT_ADD(oom, 1);
	if (!does_stop && !panic_on_oom) {
		if (!ask->is_quiet)
			page_report_oom(ask);
		return;
	}
	page_report_oom(ask);
	if (panic_on_oom)
		panic("Out of memory: %s panic_on_oom is enabled\n",
		      panic_on_oom == 2 ? "compulsory" : "system-wide");
	pr_warn("Out of memory and no killable processes...\n");
	panic("System is deadlocked on memory\n");
}

bool oom_handle(const struct page_ask *ask)
{
	unsigned int scope;
	unsigned long freed;

	if (__atomic_exchange_n(&oom.is_busy, 1, __ATOMIC_ACQUIRE)) {
		schedule_timeout_uninterruptible(1);
		return true;
	}
	scope = memalloc_noreclaim_save();	/* M2 */
	freed = notifiers_ask();
	memalloc_noreclaim_restore(scope);
	if (!freed)
		last_resort(ask);
	__atomic_store_n(&oom.is_busy, 0, __ATOMIC_RELEASE);
	return freed != 0;
}

bool out_of_memory(struct oom_control *oc)
{
	struct page_ask ask;

	page_ask_make(&ask, oc->gfp_mask, oc->order > 0 ? oc->order : 0);
	return oom_handle(&ask);
}
