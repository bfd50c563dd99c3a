/* SPDX-License-Identifier: MIT */
/*
 * profile.c - memory by the line of code that asked for it (Linux's memory allocation profiling)
 *
 * No rule: it only counts.  Armed by the boot option sysctl.vm.mem_profiling=1.
 * Owns: which tag each live object was counted for; the list of tags that were ever used.
 * F1  An object is counted from ALLOC_DONE until a FREE_ASK that no rule before this one refuses.
 * F2  An allocation made while the task has no tag is nobody's and is not counted.
 * Lock: rules_lock.  Nothing here sleeps.
 */
#include <linux/alloc_tag.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include "rules/rules.h"

#define BUCKETS		65536u

struct counted {
	struct counted *next;
	uintptr_t object;
	size_t bytes;
	struct alloc_tag *tag;
};

static struct counted **counted_at, *spare;
static struct alloc_tag *tags;
bool profile_wanted;

static struct counted **bucket_of(uintptr_t object)
{
	return &counted_at[(object >> 3 ^ object >> 17) % BUCKETS];
}

static void uncount_locked(uintptr_t object)
{
	struct counted **link = bucket_of(object), *counted;

	while (*link && (*link)->object != object)
		link = &(*link)->next;
	counted = *link;
	if (!counted)
		return;
	counted->tag->bytes -= counted->bytes;
	counted->tag->calls--;
	*link = counted->next;
	counted->next = spare;
	spare = counted;
}

static void count_locked(uintptr_t object, size_t bytes, struct alloc_tag *tag)
{
	struct counted *counted = spare;

	if (counted)
		spare = counted->next;
	else
		counted = memory_carve(sizeof(*counted));
	if (!counted)
		return;
	if (!tag->is_listed) {
		tag->is_listed = true;
		tag->next = tags;
		tags = tag;
	}
	*counted = (struct counted) {
		.next = *bucket_of(object), .object = object, .bytes = bytes, .tag = tag,
	};
	*bucket_of(object) = counted;
	tag->bytes += bytes;
	tag->calls++;
}

static enum km_verdict profile_see(const struct km_event *event)
{
	uintptr_t object = (uintptr_t)event->object;
	struct alloc_tag *tag = current->alloc_tag;
	unsigned long irq;

	if (event->family == KM_FAMILY_KMEM_CACHE || event->family == KM_FAMILY_OTHER)
		return KM_GO;
	irq = km_spin_lock(&rules_lock);
	uncount_locked(object);
	if (event->point == KM_POINT_ALLOC_DONE && tag)
		count_locked(object, event->usable ? event->usable : event->bytes, tag);
	km_spin_unlock(&rules_lock, irq);
	return KM_GO;
}

static int profile_boot(void)
{
	spare = NULL;
	for (; tags; tags = tags->next) {
		tags->is_listed = false;
		tags->bytes = tags->calls = 0;
	}
	counted_at = memory_carve(BUCKETS * sizeof(*counted_at));
	return counted_at ? 0 : -ENOMEM;
}

/**
 * profile_each() - call @see with each tag that was ever used, under the lock: it must not allocate
 */
void profile_each(void (*see)(const struct alloc_tag *tag, void *arg), void *arg)
{
	unsigned long irq = km_spin_lock(&rules_lock);

	for (const struct alloc_tag *tag = profile_wanted ? tags : NULL; tag; tag = tag->next)
		see(tag, arg);
	km_spin_unlock(&rules_lock, irq);
}

const struct km_rule profile_rule = {
	.points = POINT_BIT(ALLOC_DONE) | POINT_BIT(FREE_ASK),
	.boot = profile_boot,
	.see = profile_see,
};
