/* SPDX-License-Identifier: MIT */
/*
 * destroy.c - kmem_cache_shrink() and kmem_cache_destroy()
 *
 * K2  A cache with objects out is never freed: kmem_cache_destroy() reports them and leaves it.
 * Lock: none here.  Both may sleep.
 */
#include <linux/bug.h>
#include <linux/irq_work.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include "slab/debug.h"
#include "slab/take.h"

struct shrink_call {
	struct irq_work work;
	struct kmem_cache *cache;
};

static void shrink_here(struct irq_work *work)
{
	struct kmem_cache *cache = container_of(work, struct shrink_call, work)->cache;
	void *chain = NULL, *node;

	while ((node = pcpu_take(cache->cpu))) {
		*(void **)node = chain;
		chain = node;
	}
	node_give(cache, chain);
}

/* C2: each CPU empties its own list, the others from an interrupt. */
void cache_flush_everywhere(struct kmem_cache *cache)
{
	struct shrink_call calls[KM_MAX_CPUS];
	unsigned int cpu, cpus = km_port_cpus();

	/* This CPU's part would wait for the end of the interrupt that waits for it. */
	if (in_hardirq())
		return;
	for (cpu = 0; cpu < cpus; cpu++) {
		calls[cpu].cache = cache;
		init_irq_work(&calls[cpu].work, shrink_here);
		irq_work_queue_on(&calls[cpu].work, cpu);
	}
	for (cpu = 0; cpu < cpus; cpu++)
		irq_work_sync(&calls[cpu].work);
}

/**
 * kmem_cache_shrink() - give empty slabs back, also what other CPUs' lists keep from being empty
 * Context: task context, may sleep.
 * Return: 0 if no slab is left at all.
 */
int kmem_cache_shrink(struct kmem_cache *cache)
{
	struct km_event event = {
		.point = KM_POINT_MIGHT_SLEEP,
		.family = KM_FAMILY_KMEM_CACHE,
		.what = "kmem_cache_shrink",
		.object = cache,
		.cache = cache,
		.caller = WATCH_CALLER(),
		.frame = WATCH_FRAME(),
	};

	watch_tell(&event);
	watch_enter();
	cache_flush_everywhere(cache);
	watch_leave();
	node_trim(cache, 0);
	return nodes_sum(cache).slabs != 0;
}

/* -- the end ---------------------------------------------------------------------------------- */

static bool slab_has_free(const struct kmem_cache *cache, const struct page *slab,
			  const void *wanted)
{
	void *node;

	for (node = slab->freelist; node; node = link_read(cache, node))
		if (node == wanted)
			return true;
	return false;
}

static void slab_print_left(struct kmem_cache *cache, struct page *slab)
{
	char *start = frame_address(slab), *object = start + cache->layout.first;
	unsigned int i;

	report_slab(cache, slab, "Objects remaining in %s on __kmem_cache_shutdown()",
		    cache->name);
	for (i = 0; i < slab->objects; i++, object += cache->layout.slot) {
		if (slab_has_free(cache, slab, object_node(cache, object)) || report_is_counted())
			continue;
		pr_err("Object 0x%px @offset=%tu\n", object, object - start);
		report_tracks(cache, object);
	}
}

static void cache_print_left(struct kmem_cache *cache)
{
	unsigned int nid;
	struct page *slab;

	for (nid = 0; nid < nr_node_ids; nid++) {
		list_for_each_entry(slab, &cache->nodes[nid].partial, slab_list)
			slab_print_left(cache, slab);
		list_for_each_entry(slab, &cache->nodes[nid].full, slab_list)
			slab_print_left(cache, slab);
	}
}

/* Wait for what is on its way back, then count what is not. */
static unsigned long cache_settle(struct kmem_cache *cache)
{
	if (__atomic_load_n(&slab_deferred, __ATOMIC_ACQUIRE) && !in_interrupt())
		rcu_barrier();
	cache_flush_all(cache);
	if (nodes_sum(cache).inuse && watch_wants(KM_POINT_PRESSURE)) {
		slab_tell_pressure(cache);
		cache_flush_all(cache);
	}
	return nodes_sum(cache).inuse;
}

static bool destroy_ask(struct kmem_cache *cache, bool is_real, const struct slab_call *call)
{
	struct km_event event = {
		.point = KM_POINT_MIGHT_SLEEP,
		.family = call->family,
		.what = call->what,
		.object = cache,
		.cache = is_real ? cache : NULL,
		.caller = call->caller,
		.frame = call->frame,
	};

	km_port_point();
	watch_tell(&event);
	event.point = KM_POINT_FREE_ASK;
	return watch_tell(&event) == KM_GO;
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
	const struct slab_call *call = SLAB_CALL("kmem_cache_destroy", KM_FAMILY_KMEM_CACHE);
	bool is_real = cache && cache_is_listed(cache);
	struct km_event gone = {
		.point = KM_POINT_CACHE_GONE,
		.family = call->family,
		.what = call->what,
		.object = cache,
		.cache = cache,
		.caller = call->caller,
		.frame = call->frame,
	};
	unsigned long left;

	if (!cache || !destroy_ask(cache, is_real, call))
		return;
	watch_enter();
	if (WARN(!is_real, "kmem_cache_destroy: 0x%px is not a cache\n", cache))
		goto out;
	/* Other users keep it; whose objects are left over cannot be told. */
	if (!cache_leave(cache))
		goto out;
	cache_close(cache);
	left = cache_settle(cache);
	/* A test of the allocator that counts errors is told by its count. */
	gone.bytes = report_in_kunit() ? 0 : left;
	watch_leave();
	watch_tell_inner(&gone);
	watch_enter();
	if (left) {
		cache_print_left(cache);
		WARN(!report_in_kunit(),
		     "kmem_cache_destroy %s: Slab cache still has objects when called from %pS\n",
		     cache->name, (void *)call->caller);
		goto out;
	}
	node_trim(cache, 0);
	if (cache->flags & SLAB_TYPESAFE_BY_RCU)
		rcu_barrier();
	cache_unmake(cache);
out:
	watch_leave();
}
