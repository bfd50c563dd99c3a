/* SPDX-License-Identifier: MIT */
/*
 * reclaim.c - rule reclaim-deadlock: memory is asked for under a lock that giving memory back needs
 *
 * Owns: what was asked for under which lock.  The order of locks is order.c's.
 * C1  A request that may enter reclaim, made while a lock is held, waits for whatever callbacks of
 *     reclaim take.  It is wrong if a way leads from reclaim, of the request's level, to the lock;
 *     which of the two was seen first does not matter.
 * C2  The level of a request is what its gfp, with the scopes of the task, lets reclaim do: all, no
 *     file systems, or no I/O.  What a callback takes at one level counts for the greater ones.
 * C3  Only locks that sleep: under one that spins the request is sleep-in-atomic already.
 * C4  Locks that were tried for, not waited for, lead nowhere; what is taken under them does.
 * C5  When a lock is asked for under which C1 may come true, shrinkers are asked for one object as
 *     if memory were short: by kswapd at the task's next sleep without a lock, and once more when
 *     the module rests or the shrinker ends.  Nothing is asked as long as no such request was made.
 * Lock: rules_lock.  C5 and reclaim_always call what sleeps, where the task could do so itself.
 */
#include <linux/preempt.h>
#include <linux/sched/mm.h>
#include <linux/sprintf.h>
#include "kern/kern.h"
#include "reclaim/reclaim_room.h"
#include "rules/objects.h"
#include "rules/order.h"

#define BUCKETS		256
#define YIELDS		64	/* how long kswapd is waited for */

/* Memory was asked for under a lock. */
struct request {
	struct request *next;		/* of the same bucket */
	struct request *later;		/* in order of arrival */
	uint32_t class, level, stack;
	const char *what;
	gfp_t gfp;			/* as asked for, without what scopes forbid */
	bool is_told;
	struct km_context context;
};

bool reclaim_always;

static struct request *buckets[BUCKETS], *first, **last;
static unsigned int wanted;		/* levels that kswapd is still to be asked for */

static int reclaim_rule_boot(void)
{
	order_forget();
	for (uint32_t i = 0; i < BUCKETS; i++)
		buckets[i] = NULL;
	first = NULL;
	last = &first;
	wanted = 0;
	return 0;
}

static uint32_t level_of(gfp_t gfp)
{
	if (gfp & __GFP_FS)
		return ORDER_PLAIN;
	return gfp & __GFP_IO ? ORDER_NOFS : ORDER_NOIO;
}

/* -- telling ---------------------------------------------------------------------------------- */

struct told_way {
	struct request request;
	struct order_edge first, last;
	const char *lock, *taken;	/* names: the held one, and what reclaim takes first */
};

static void add_also(struct km_finding *finding, unsigned int at, const char *role,
		     uint32_t stack)
{
	finding->also[at].role = role;
	stack_read(stack, &finding->also[at].stack);
}

static void word_help(const struct told_way *way, struct km_finding *finding)
{
	if (way->request.level == ORDER_PLAIN)
		finding->help = "Allocate before the lock is taken, or let the shrinker try for "
				"the lock (mutex_trylock()) and return SHRINK_STOP, or use "
				"GFP_NOFS or memalloc_nofs_save() and let the shrinker test "
				"sc->gfp_mask for __GFP_FS.";
	else
		finding->help = "Reclaim runs shrinkers for such a request too: let the shrinker "
				"return SHRINK_STOP if sc->gfp_mask lacks __GFP_FS (or __GFP_IO), "
				"or try for the lock with mutex_trylock().";
}

static void report(const struct told_way *way)
{
	const struct request *request = &way->request;
	bool is_direct = way->first.to == way->last.to;
	char text[RULES_TEXT], through[96] = "";
	struct km_finding finding;

	record_start(&finding, "reclaim-deadlock");
	finding.context = request->context;
	stack_read(request->stack, &finding.stack);
	if (!is_direct)
		scnprintf(through, sizeof(through), ", under which '%s' is waited for elsewhere",
			  way->lock);
	scnprintf(text, sizeof(text),
		  "WARNING: possible circular locking dependency detected: %s(%pGg) may enter "
		  "reclaim (fs_reclaim) while lock '%s' is held, and %s%s%s%s takes '%s' in "
		  "reclaim%s", request->what, &request->gfp, way->lock,
		  way->first.kind ? way->first.kind : "a callback",
		  way->first.name[0] ? " '" : "", way->first.name,
		  way->first.name[0] ? "'" : "", way->taken, through);
	finding.message = text;
	word_help(way, &finding);
	add_also(&finding, 0, "lock taken in reclaim", way->first.stack);
	if (!is_direct)
		add_also(&finding, 1, "held lock waited for", way->last.stack);
	record_finding(&finding);
}

/* Under rules_lock: is it wrong, and not told yet? */
static bool judge_locked(struct request *request, struct told_way *ret_way)
{
	const struct order_edge *first_edge, *last_edge;

	if (request->is_told || !order_way(request->level, request->class, &first_edge, &last_edge))
		return false;
	request->is_told = true;
	ret_way->request = *request;
	ret_way->first = *first_edge;
	ret_way->last = *last_edge;
	ret_way->lock = order_name(request->class);
	ret_way->taken = order_name(first_edge->to);
	return true;
}

/* A new edge: each request may have become wrong. */
static void judge_all(void)
{
	struct told_way way;
	struct request *at;
	bool is_wrong;
	unsigned long irq;

	do {
		irq = km_spin_lock(&rules_lock);
		is_wrong = false;
		for (at = first; at && !is_wrong; at = at->later)
			is_wrong = judge_locked(at, &way);
		km_spin_unlock(&rules_lock, irq);
		if (is_wrong)
			report(&way);
	} while (is_wrong);
}

/* -- asking for memory ------------------------------------------------------------------------ */

static struct request *request_add_locked(uint32_t class, uint32_t level, uint32_t stack)
{
	struct request **bucket = &buckets[(class * 31 + stack) % BUCKETS], *request = *bucket;

	while (request && (request->class != class || request->level != level ||
			   request->stack != stack))
		request = request->next;
	if (request)
		return NULL;
	request = memory_carve(sizeof(*request));
	if (!request)
		return NULL;
	request->class = class;
	request->level = level;
	request->stack = stack;
	request->next = *bucket;
	*bucket = request;
	*last = request;
	last = &request->later;
	return request;
}

static void see_request(const struct km_event *event, gfp_t gfp, const struct held_lock *held,
			uint32_t stack)
{
	struct told_way way;
	struct km_context context;
	struct request *request;
	unsigned long irq;
	bool is_wrong;
	uint32_t class;

	kern_context(&context);
	irq = km_spin_lock(&rules_lock);
	class = order_class(held->key, held->subclass, held->name);
	request = class ? request_add_locked(class, level_of(gfp), stack) : NULL;
	if (request) {
		request->what = event->what;
		request->gfp = gfp;
		request->context = context;
		request->context.comm = object_text_keep(context.comm);
		wanted |= 1u << request->level;
	}
	is_wrong = request && judge_locked(request, &way);
	km_spin_unlock(&rules_lock, irq);
	if (is_wrong)
		report(&way);
}

/* Reclaim would really wait for what this task has: known, and told. */
static bool holds_wrong_lock(uint32_t level)
{
	const struct order_edge *first_edge, *last_edge;
	const struct task_struct *task = current;
	unsigned long irq = km_spin_lock(&rules_lock);
	bool is_wrong = false;

	for (uint32_t i = 0; i < task->lock_depth && !is_wrong; i++) {
		const struct held_lock *held = &task->held_locks[i];

		is_wrong = held->key &&
			   order_way(level, order_class(held->key, held->subclass, held->name),
				     &first_edge, &last_edge);
	}
	km_spin_unlock(&rules_lock, irq);
	return is_wrong;
}

static void see_ask(const struct km_event *event)
{
	const struct task_struct *task = current;
	uint32_t number = 0;
	gfp_t gfp;

	if (!task->lock_depth && !reclaim_always)
		return;
	gfp = current_gfp_context((gfp_t)event->gfp);
	if (!(gfp & __GFP_DIRECT_RECLAIM) || task->flags & PF_MEMALLOC || !kern_may_sleep())
		return;
	for (uint32_t i = 0; i < task->lock_depth; i++) {
		if (!task->held_locks[i].key)
			continue;
		if (!number) {
			number = stack_number(event->frame, event->caller);
		}
		if (number)
			see_request(event, gfp, &task->held_locks[i], number);
	}
	if (reclaim_always && !holds_wrong_lock(level_of(gfp)))
		reclaim_now(gfp);
}

/* -- taking locks ----------------------------------------------------------------------------- */

/* Under rules_lock. */
static bool edge_locked(uint32_t from, uint32_t to, uint32_t stack)
{
	const struct reclaim_visit *visit = current->reclaim_visit;
	struct order_edge *edge = order_add(from, to);

	if (!edge)
		return false;
	edge->stack = stack;
	if (from < ORDER_FIRST_LOCK) {
		edge->kind = visit->kind;
		scnprintf(edge->name, sizeof(edge->name), "%s", visit->name ? visit->name : "");
	}
	return true;
}

/* LOCK_BAD says more than the name. */
static const char *name_of(const struct km_event *event)
{
	const struct task_struct *task = current;

	for (uint32_t i = 0; event->point == KM_POINT_LOCK_BAD && i < task->lock_depth; i++)
		if (task->held_locks[i].lock == event->object)
			return task->held_locks[i].name;
	return event->point == KM_POINT_LOCK_BAD ? "?" : event->what;
}

/* A lock is waited for, or could have been. */
static void see_lock(const struct km_event *event)
{
	const struct task_struct *task = current;
	bool is_new = false;
	unsigned long irq;
	uint32_t to, from, number;

	if (event->lock->is_try || in_interrupt() || (!task->reclaim_visit && !task->lock_depth))
		return;
	number = stack_number(event->frame, event->caller);
	irq = km_spin_lock(&rules_lock);
	to = order_class(event->lock->key, event->lock->subclass, name_of(event));
	for (uint32_t i = 0; to && i < task->lock_depth; i++) {
		const struct held_lock *held = &task->held_locks[i];

		from = held->key ? order_class(held->key, held->subclass, held->name) : 0;
		if (from)
			is_new |= edge_locked(from, to, number);
	}
	if (to && task->reclaim_visit)
		is_new |= edge_locked(level_of((gfp_t)task->reclaim_visit->gfp), to, number);
	km_spin_unlock(&rules_lock, irq);
	if (is_new)
		judge_all();
}

/* Taken again inside reclaim, by a task that asked for memory under it: C1 has told. */
bool reclaim_is_recursion(const struct km_event *event)
{
	const struct task_struct *task = current;
	const struct reclaim_visit *visit = task->reclaim_visit;

	if (!event->lock || !visit || !rules_enforced("reclaim-deadlock"))
		return false;
	for (uint32_t i = 0; i < visit->lock_depth; i++)
		if (task->held_locks[i].lock == event->object)
			return true;
	return false;
}

/* -- C5 --------------------------------------------------------------------------------------- */

/* Levels with a request that is not told; order.h and reclaim_room.h count levels alike. */
static unsigned int open_levels(void)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	unsigned int levels = 0;

	for (const struct request *at = first; at; at = at->later)
		if (!at->is_told)
			levels |= 1u << at->level;
	km_spin_unlock(&rules_lock, irq);
	return levels;
}

static bool task_is_free(void)
{
	return !current->lock_depth && !(current->flags & PF_MEMALLOC) && kern_may_sleep();
}

bool reclaim_rest(void)
{
	unsigned int levels = rules_enforced("reclaim-deadlock") ? open_levels() : 0;

	if (!levels || !task_is_free())
		return false;
	reclaim_rehearse(levels);
	return true;
}

/* kswapd may wait for what this task has by other means than locks: it is not waited for long. */
static void see_sleep(void)
{
	unsigned long done = reclaim_rehearsals();
	unsigned int levels;

	if (!wanted || !task_is_free())
		return;
	levels = wanted & open_levels();
	wanted = 0;
	if (!levels)
		return;
	reclaim_rehearse_soon(levels);
	for (unsigned int i = 0; i < YIELDS && reclaim_rehearsals() == done; i++)
		km_port_yield();
}

static enum km_verdict reclaim_see(const struct km_event *event)
{
	switch (event->point) {
	case KM_POINT_ALLOC_ASK:
		see_ask(event);
		break;
	case KM_POINT_MIGHT_SLEEP:
		see_sleep();
		break;
	case KM_POINT_SHRINKER_GONE:
		reclaim_rest();
		break;
	default:
		if (event->lock)
			see_lock(event);
	}
	return KM_GO;
}

const struct km_rule reclaim_rule = {
	.id = "reclaim-deadlock",
	.points = POINT_BIT(ALLOC_ASK) | POINT_BIT(LOCK_TAKE) | POINT_BIT(LOCK_WAIT) |
		  POINT_BIT(LOCK_BAD) | POINT_BIT(MIGHT_SLEEP) | POINT_BIT(SHRINKER_GONE),
	.boot = reclaim_rule_boot,
	.see = reclaim_see,
};
