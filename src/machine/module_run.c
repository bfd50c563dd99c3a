/* SPDX-License-Identifier: MIT */
/*
 * module_run.c - run one module from init to exit, and hold what it left against it
 *
 * Owns nothing.  An init or exit that leaves its context unbalanced is told, then put right, so
 * that what follows is judged on its own.  Context: the boot thread.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include "kern/balance.h"
#include "kern/kern.h"
#include "machine/drive.h"
#include "machine/module_run.h"
#include "rules/rules.h"
#include "watch/watch.h"

extern struct module __this_module KM_SYM(__this_module);

static void tell_unbalanced(const char *text, uintptr_t function)
{
	/* A reader of stacks expects return addresses, so one past the function's first byte. */
	struct km_event event = {
		.point = KM_POINT_CONTEXT_BAD,
		.family = KM_FAMILY_OTHER,
		.what = text,
		.caller = function + 1,
		.frame = WATCH_FRAME(),
	};

	watch_tell(&event);
}

/* @function was called in a clean context; is it still? */
static void check_balance(uintptr_t function)
{
	struct km_port_thread *self = km_port_self();
	char text[80];

	if (current->lock_depth)
		tell_unbalanced("BUG: returned with a lock held", function);
	else if (self->preempt_count)
		tell_unbalanced("BUG: returned with preemption imbalance", function);
	if (self->irq_off)
		tell_unbalanced("BUG: returned with disabled interrupts", function);
	if (current->rcu_read_lock_nesting)
		tell_unbalanced("BUG: returned inside rcu_read_lock()", function);
	if (current->flags & BALANCE_SCOPES) {
		scnprintf(text, sizeof(text), "BUG: returned with scope %s left open",
			  scope_name(current->flags & BALANCE_SCOPES));
		tell_unbalanced(text, function);
	}
	current->flags &= ~BALANCE_SCOPES;
	current->lock_depth = 0;
	current->rcu_read_lock_nesting = 0;
	self->preempt_count = 0;
	if (self->irq_off)
		km_port_irq_restore(0);
}

/* Grace periods, deferred frees and whatever they set off. */
static void drain(const struct module_plan *plan)
{
	plan->settle(plan->settle_ns);
	kvfree_rcu_barrier();
	rcu_barrier();
	plan->settle(plan->settle_ns);
}

static void name_task(const char *name)
{
	strscpy(current->comm, name, sizeof(current->comm));
}

/* -- the modules it needs -- */

/* Return: 0, or what the init said that failed; then those before it are loaded. */
static int load_others(const struct module_plan *plan, unsigned int *ret_count)
{
	const struct module_loaded *other = plan->loaded;
	int ret = 0;

	for (*ret_count = 0; other && other->name && ret >= 0; other++) {
		km_module_state_change(&__this_module, MODULE_STATE_COMING);
		if (other->init) {
			ret = other->init();
			check_balance((uintptr_t)other->init);
		}
		if (ret >= 0) {
			km_module_state_change(&__this_module, MODULE_STATE_LIVE);
			(*ret_count)++;
		}
	}
	return ret < 0 ? ret : 0;
}

/* As modprobe -r does: the last that was loaded first. */
static void unload_others(const struct module_plan *plan, unsigned int count)
{
	if (count)
		name_task("rmmod");
	while (count-- > 0) {
		const struct module_loaded *other = &plan->loaded[count];

		if (!other->exit)
			continue;
		km_module_state_change(&__this_module, MODULE_STATE_GOING);
		other->exit();
		check_balance((uintptr_t)other->exit);
	}
}

/* One that cannot be unloaded keeps what it has. */
static bool stays(const struct module_plan *plan)
{
	bool stays = plan->init && !plan->exit;

	for (const struct module_loaded *other = plan->loaded; other && other->name; other++)
		stays = stays || (other->init && !other->exit);
	return stays;
}

/* @is_early: a thread that ends by itself may still be at it; leak_check() tells the others. */
static void run_exit(const struct module_plan *plan, unsigned int loaded, bool is_early)
{
	name_task("rmmod");
	plan->phase("exit", NULL);
	if (!plan->exit)
		return;
	km_module_state_change(&__this_module, MODULE_STATE_GOING);
	drive_late_begin(plan);
	plan->exit();
	check_balance((uintptr_t)plan->exit);
	unload_others(plan, loaded);
	drive_late_end();
	leak_check_running(!is_early);
}

static int run_init(const struct module_plan *plan, unsigned int *ret_loaded)
{
	int ret;

	name_task("insmod");
	plan->phase("init", NULL);
	ret = load_others(plan, ret_loaded);
	if (ret < 0)
		return ret;
	km_module_state_change(&__this_module, MODULE_STATE_COMING);
	if (plan->init) {
		ret = plan->init();
		check_balance((uintptr_t)plan->init);
	}
	return ret;
}

static void run_tests(const struct module_plan *plan)
{
	if (!plan->tests)
		return;
	plan->tests();
	check_balance((uintptr_t)plan->tests);
}

/* Nobody unloads a module that is in use.  Return: it was not waited until all is quiet. */
static bool run_on(const struct module_plan *plan)
{
	uint64_t ns = plan->running_ns ? plan->running_ns(plan->settle_ns) : plan->settle_ns;

	if (ns)
		plan->settle(ns);
	if (ns == plan->settle_ns)
		return false;
	if (!module_refcount(&__this_module))
		return true;
	plan->settle(plan->settle_ns);
	return false;
}

int module_run(const struct module_plan *plan)
{
	unsigned int loaded;
	bool is_early;
	int ret;

	if (plan->boot)
		plan->boot();
	km_run_initcalls();
	leak_begin();
	/* What stands above is not the kernel's. */
	km_port_self()->stack_base = WATCH_FRAME();
	ret = run_init(plan, &loaded);
	if (ret >= 0) {
		km_module_state_change(&__this_module, MODULE_STATE_LIVE);
		plan->phase("running", &ret);
		run_tests(plan);
		if (plan->drive)
			drive(plan);
		is_early = run_on(plan);
		if (reclaim_rest() && !is_early)
			plan->settle(plan->settle_ns);
		if (!is_early)
			leak_scan();
		run_exit(plan, loaded, is_early);
	} else {
		leak_init_failed(ret);
		unload_others(plan, loaded);
		leak_check_running(true);
	}
	drain(plan);
	if (ret < 0 || !stays(plan))
		leak_check();
	else
		leak_check_lost();
	plan->phase("done", &ret);
	return ret;
}

unsigned int module_rules_armed(void)
{
	return rules_armed();
}

void module_reclaim_always(bool is_wanted)
{
	reclaim_always = is_wanted;
}

int module_set(const char *name, const char *value)
{
	return km_module_param_set(name, value);
}

int module_set_of(const struct module_loaded *loaded, const char *name, const char *value)
{
	return km_module_param_set_in(loaded->params, loaded->params_end, name, value);
}

void module_sites_end(void)
{
	fault_sites_end();
}

void module_totals(struct module_totals *ret_totals)
{
	ret_totals->allocations = fault_calls();
	ret_totals->sites = fault_site_count();
	ret_totals->findings = record_count();
}
