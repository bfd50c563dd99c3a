/* SPDX-License-Identifier: MIT */
/*
 * fault.c - rules null-unchecked and atomic-waste: the allocation sites of a run, and those that
 * are made to fail
 *
 * Owns: the sites by stack and by its hash, in the order they were first seen; the plan.
 * F1  A site is one call stack of checked code; allocations made by the library on its own account
 *     are none.
 * F2  The first site of the plan is refused at its first call in the run, each further one at its
 *     first call after the one before was refused; nothing else is.
 * F3  The second call of a stack, before anything failed, is one more site: in a loop the code has
 *     something to give back by then.  It is refused at the second call or, behind others, later.
 * F4  The kmalloc() half of a kvmalloc() that has another is one more site: it nearly never fails
 *     where drivers are tried out.  That it fails is no failure for the code.
 * Lock: rules_lock.  Nothing here sleeps.
 */
#include <linux/gfp_types.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include "kern/kern.h"
#include "rules/rules.h"

struct site {
	struct km_site told;
	struct site *hash_next, *next;
	struct site *second;		/* F3 */
	struct site *half;		/* F4 */
	bool is_half;
};

/* What their hashes differ by. */
#define SECOND	0x9e3779b97f4a7c15ull
#define HALF	0xc2b2ae3d27d4eb4full

static struct site **by_hash, **by_stack, *first_site, *last_site;
static uint32_t hash_slots, site_count, more_count;	/* more: of F3 and F4 */
static uint32_t stack_slots;	/* of by_stack: numbers of stack.c; holes are no sites yet */
static unsigned long call_count;
static uint64_t plan[KM_FAIL_MAX];
static uint32_t plan_count, failed_count;	/* the first failed_count of the plan have failed */
static const struct site *failed_site;		/* the last one */

void km_fault_plan(uint64_t hash)
{
	plan[0] = hash;
	plan_count = hash != 0;
}

bool km_fault_plan_then(uint64_t hash)
{
	if (plan_count == KM_FAIL_MAX || !hash)
		return false;
	plan[plan_count++] = hash;
	return true;
}

uint32_t km_fault_injected(uint64_t ret_hashes[KM_FAIL_MAX])
{
	for (uint32_t i = 0; i < failed_count; i++)
		ret_hashes[i] = plan[i];
	return failed_count;
}

static int fault_boot(void)
{
	by_hash = by_stack = NULL;
	first_site = last_site = NULL;
	hash_slots = stack_slots = site_count = more_count = 0;
	call_count = 0;
	failed_site = NULL;
	failed_count = 0;
	return 0;
}

static bool grow_locked(void)
{
	uint32_t slots = hash_slots ? hash_slots * 2 : 1024;
	struct site **bigger = memory_carve(slots * sizeof(*bigger));

	if (!bigger)
		return false;
	for (struct site *site = first_site; site; site = site->next) {
		site->hash_next = bigger[site->told.hash & (slots - 1)];
		bigger[site->told.hash & (slots - 1)] = site;
	}
	by_hash = bigger;
	hash_slots = slots;
	return true;
}

static struct site *site_find_locked(uint64_t hash)
{
	struct site *site = hash_slots ? by_hash[hash & (hash_slots - 1)] : NULL;

	while (site && site->told.hash != hash)
		site = site->hash_next;
	return site;
}

static struct site *site_add_locked(uint64_t hash, const struct km_event *event,
				    const struct km_stack *stack)
{
	struct site *site;

	if (site_count >= hash_slots && !grow_locked())
		return NULL;
	site = memory_carve(sizeof(*site));
	if (!site)
		return NULL;
	site->told.hash = hash;
	site->told.what = event->what;
	site->told.stack = *stack;
	site->told.bytes = event->bytes;
	site->told.gfp = event->gfp;
	site->told.may_fail = !(event->gfp & (uint32_t)__GFP_NOFAIL) && !event->never_fails;
	site->hash_next = by_hash[hash & (hash_slots - 1)];
	by_hash[hash & (hash_slots - 1)] = site;
	if (last_site)
		last_site->next = site;
	else
		first_site = site;
	last_site = site;
	site_count++;
	return site;
}

static void count_call_locked(struct site *site, const struct km_event *event, bool could_sleep)
{
	site->told.calls++;
	site->told.calls_could_sleep += could_sleep;
	/* GFP_NOWAIT is a wish, not a waste: only what dips into the reserve counts. */
	if ((event->gfp & (uint32_t)(__GFP_HIGH | __GFP_DIRECT_RECLAIM)) == (uint32_t)__GFP_HIGH)
		site->told.calls_atomic_gfp++;
}

/* F2.  A call that fails is none of those made after. */
static bool is_next_locked(struct site *site)
{
	if (failed_count == plan_count) {
		site->told.calls_after++;
		return false;
	}
	if (plan[failed_count] != site->told.hash || !site->told.may_fail)
		return false;
	site->told.was_failed = true;
	if (!site->is_half)
		failed_site = site;
	failed_count++;
	return true;
}

/* F3.  The calls are counted at the site itself; @ret_new: to be told of. */
static bool is_second_next_locked(struct site *site, const struct km_event *event,
				  struct site **ret_new)
{
	struct site *second = site->second;

	if (site->told.calls < 2)
		return false;
	if (!second && !failed_count) {
		second = site->second = site_add_locked(site->told.hash ^ SECOND, event,
							&site->told.stack);
		more_count += second != NULL;
		*ret_new = second;
	}
	return second && failed_count < plan_count && is_next_locked(second);
}

static bool has_halves(const struct km_event *event)
{
	return event->family == KM_FAMILY_KVMALLOC && event->bytes > PAGE_SIZE &&
	       event->bytes <= INT_MAX && (event->gfp & (uint32_t)__GFP_DIRECT_RECLAIM);
}

/* F4 */
static bool is_half_next_locked(struct site *site, const struct km_event *event,
				struct site **ret_new)
{
	struct site *half = site->half;

	if (!has_halves(event))
		return false;
	if (!half && !failed_count) {
		half = site->half = site_add_locked(site->told.hash ^ HALF, event,
						    &site->told.stack);
		if (half) {
			half->is_half = half->told.may_fail = true;
			half->told.what = "kmalloc half of kvmalloc";
			more_count++;
		}
		*ret_new = half;
	}
	return half && failed_count < plan_count && is_next_locked(half);
}

/* Where the site of stack @number is written down; NULL: no memory. */
static struct site **slot_of_stack_locked(uint32_t number)
{
	uint32_t slots = stack_slots ? stack_slots : 1024;
	struct site **bigger;

	if (number < stack_slots)
		return &by_stack[number];
	while (slots <= number)
		slots *= 2;
	bigger = memory_carve(slots * sizeof(*bigger));
	if (!bigger)
		return NULL;
	for (uint32_t i = 0; i < stack_slots; i++)
		bigger[i] = by_stack[i];
	by_stack = bigger;
	stack_slots = slots;
	return &by_stack[number];
}

/* F1: the site of a call that has none written down; NULL: it is none, or no memory. */
static noinline __cold struct site *site_of_locked(const struct km_event *event, uint32_t number,
						   struct site **ret_new)
{
	struct km_stack stack;
	struct site *site, **slot;
	uint64_t hash;

	if (number)
		stack_read(number, &stack);
	else	/* empty, or one too many to be kept */
		stack_take(event->frame, event->caller, &stack);
	if (!stack.count)
		return NULL;
	call_count++;
	hash = stack_hash(&stack);
	site = site_find_locked(hash);
	if (!site)
		site = *ret_new = site_add_locked(hash, event, &stack);
	slot = number && site ? slot_of_stack_locked(number) : NULL;
	if (slot)
		*slot = site;
	return site;
}

static enum km_verdict fault_see(const struct km_event *event)
{
	uint32_t number = stack_ask(event->frame, event->caller);
	struct site *site = NULL, *fresh = NULL, *half = NULL;
	enum km_verdict verdict = KM_GO;
	bool could_sleep = kern_may_sleep();
	unsigned long irq = km_spin_lock(&rules_lock);

	if (number && number < stack_slots)
		site = by_stack[number];
	if (site)
		call_count++;
	else
		site = site_of_locked(event, number, &fresh);
	if (site) {
		count_call_locked(site, event, could_sleep);
		if (is_next_locked(site) || is_second_next_locked(site, event, &fresh))
			verdict = KM_REFUSE;
		else if (is_half_next_locked(site, event, &half))
			verdict = KM_FALL_BACK;
	}
	km_spin_unlock(&rules_lock, irq);
	if (fresh)
		record_site(&fresh->told, false);
	if (half)
		record_site(&half->told, false);
	return verdict;
}

uint64_t fault_injected(struct km_stack *ret_stack, const char **ret_what)
{
	const struct site *site = failed_site;

	if (!site)
		return 0;
	if (ret_stack)
		*ret_stack = site->told.stack;
	if (ret_what)
		*ret_what = site->told.what;
	return site->told.hash;
}

void fault_sites_end(void)
{
	for (const struct site *site = first_site; site; site = site->next)
		record_site(&site->told, true);
}

unsigned long fault_calls(void)
{
	return call_count;
}

unsigned long fault_site_count(void)
{
	return site_count - more_count;
}

const struct km_rule fault_rule = {
	.id = "null-unchecked",
	.points = POINT_BIT(ALLOC_ASK),
	.boot = fault_boot,
	.see = fault_see,
};
