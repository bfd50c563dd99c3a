/* SPDX-License-Identifier: MIT */
/*
 * churn.c - the kernel side of the stress test: random things in a table that all threads share
 *
 * A thread makes a thing and exchanges it with what lies in a random slot, so most things are freed
 * by another thread, on another CPU, or by a timer or interrupt.  Each thing knows what was written
 * into it and is looked at before it goes.
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "page/page_room.h"
#include "slab/slab.h"
#include "slab/slab_room.h"
#include "stress.h"

#define SLOTS	512
#define TIMERS	6
#define CACHES	3
#define BULK	24

enum kind { KMALLOC, CACHE, PAGES, VMALLOC, KVMALLOC, KINDS };

struct thing {
	enum kind kind;
	unsigned int order;		/* PAGES: of the block; CACHE: which */
	void *memory;
	size_t bytes;
	u64 mark;
	struct rcu_head rcu;
};

static struct thing *table[SLOTS];
static struct kmem_cache *things, *caches[CACHES];
static const char *const cache_names[CACHES] = { "small", "middle", "big" };
static const unsigned int cache_bytes[CACHES] = { 40, 200, 1500 };
static struct timer_list timers[TIMERS];
static struct irq_work interrupts[TIMERS];
static struct work_struct work;
static struct task_struct *kthread;
static atomic_t is_ending, faults;
static atomic_long_t made, refused, freed_late, fired;
static unsigned long pages_before;

static u64 random_next(u64 *random)
{
	*random ^= *random << 13;
	*random ^= *random >> 7;
	return *random ^= *random << 17;
}

static void fault(const char *what)
{
	pr_err("stress: %s\n", what);
	atomic_inc(&faults);
}

/* -- what is written into a thing -------------------------------------------------------------- */

/* All of the first and last words, and one in each 512 bytes between. */
static size_t next_offset(size_t at, size_t bytes)
{
	return at < 64 || at + 72 > bytes ? at + 8 : min(at + 512, (bytes - 64) & ~7UL);
}

static void mark(const struct thing *thing, size_t bytes)
{
	for (size_t at = 0; at + 8 <= bytes; at = next_offset(at, bytes))
		*(u64 *)(thing->memory + at) = thing->mark + at;
}

static void mark_check(const struct thing *thing, size_t bytes, size_t marked)
{
	for (size_t at = 0; at + 8 <= marked; at = next_offset(at, marked)) {
		if (at + 8 <= bytes && *(u64 *)(thing->memory + at) != thing->mark + at) {
			fault("memory was changed by somebody else");
			return;
		}
	}
}

static void zero_check(const struct thing *thing)
{
	for (size_t at = 0; at + 8 <= thing->bytes; at = next_offset(at, thing->bytes))
		if (*(u64 *)(thing->memory + at))
			fault("memory that was to be zero is not");
}

/* -- making and freeing ------------------------------------------------------------------------ */

static void fill(struct thing *thing, u64 random, gfp_t gfp)
{
	bool may_wait = gfpflags_allow_blocking(gfp);

	thing->kind = may_wait ? random % KINDS : random % VMALLOC;
	thing->order = random >> 8 & 3;
	random >>= 16;
	gfp |= __GFP_NOWARN;
	switch (thing->kind) {
	case KMALLOC:
		thing->bytes = 8 + random % (random & 1024 ? 300 : 12000);
		thing->memory = kmalloc(thing->bytes, gfp);
		return;
	case CACHE:
		thing->order %= CACHES;
		thing->bytes = cache_bytes[thing->order];
		thing->memory = kmem_cache_alloc(caches[thing->order], gfp);
		return;
	case PAGES:
		thing->bytes = PAGE_SIZE << thing->order;
		thing->memory = (void *)__get_free_pages(gfp & ~__GFP_COMP, thing->order);
		return;
	case VMALLOC:
		thing->bytes = 8 + random % (10 * PAGE_SIZE);
		/* any flags but zeroing: that has its own name */
		thing->memory = gfp & __GFP_ZERO ? vzalloc(thing->bytes) : vmalloc(thing->bytes);
		return;
	default:
		thing->bytes = 8 + random % (random & 1024 ? 6000 : 100000);
		thing->memory = kvmalloc(thing->bytes, gfp);
		return;
	}
}

static struct thing *thing_make(u64 *random, gfp_t gfp)
{
	struct thing *thing = kmem_cache_alloc(things, gfp | __GFP_NOWARN);
	u64 r = random_next(random);

	if (!thing)
		goto out_refused;
	if (r >> 60 == 1)
		gfp |= __GFP_ZERO;
	fill(thing, r, gfp);
	if (!thing->memory) {
		kmem_cache_free(things, thing);
		goto out_refused;
	}
	if (gfp & __GFP_ZERO)
		zero_check(thing);
	thing->mark = random_next(random);
	mark(thing, thing->bytes);
	atomic_long_inc(&made);
	return thing;
out_refused:
	atomic_long_inc(&refused);
	return NULL;
}

static void memory_free(struct thing *thing)
{
	switch (thing->kind) {
	case KMALLOC:
		kfree(thing->memory);
		return;
	case CACHE:
		kmem_cache_free(caches[thing->order], thing->memory);
		return;
	case PAGES:
		free_pages((unsigned long)thing->memory, thing->order);
		return;
	case VMALLOC:
		vfree(thing->memory);
		return;
	default:
		kvfree(thing->memory);
		return;
	}
}

static void thing_free(struct thing *thing)
{
	if (!thing)
		return;
	mark_check(thing, thing->bytes, thing->bytes);
	memory_free(thing);
	kmem_cache_free(things, thing);
}

static void thing_freed(struct rcu_head *rcu)
{
	atomic_long_inc(&freed_late);
	thing_free(container_of(rcu, struct thing, rcu));
}

static void resize(struct thing *thing, u64 random)
{
	size_t old = thing->bytes, bytes = 8 + random % 9000;
	void *memory;

	if (thing->kind == KMALLOC)
		memory = krealloc(thing->memory, bytes, GFP_KERNEL | __GFP_NOWARN);
	else if (thing->kind == KVMALLOC)
		memory = kvrealloc(thing->memory, bytes, GFP_KERNEL | __GFP_NOWARN);
	else
		return;
	if (!memory)
		return;
	thing->memory = memory;
	thing->bytes = bytes;
	mark_check(thing, bytes, old);
	mark(thing, bytes);
}

static void exchange(struct thing *thing, u64 random)
{
	thing = xchg(&table[random % SLOTS], thing);
	if (!thing)
		return;
	if (random >> 32 & 7)
		thing_free(thing);
	else
		call_rcu(&thing->rcu, thing_freed);
}

/* -- threads ----------------------------------------------------------------------------------- */

static void bulk(u64 random)
{
	struct kmem_cache *cache = caches[random % CACHES];
	void *objects[BULK];
	unsigned int got = kmem_cache_alloc_bulk(cache, GFP_KERNEL | __GFP_NOWARN, BULK, objects);

	for (unsigned int i = 0; i < got; i++)
		*(u64 *)objects[i] = random + i;
	for (unsigned int i = 0; i < got; i++)
		if (*(u64 *)objects[i] != random + i)
			fault("bulk: an object was handed out twice");
	kmem_cache_free_bulk(cache, got, objects);
}

static void cache_of_ones_own(u64 random)
{
	static atomic_t count;
	struct kmem_cache *cache;
	void *objects[BULK];
	char name[24];

	snprintf(name, sizeof(name), "passing-%d", atomic_inc_return(&count));
	cache = kmem_cache_create(name, 8 + random % 700, 0, 0, NULL);
	if (!cache)
		return;
	for (unsigned int i = 0; i < BULK; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL | __GFP_NOWARN);
	for (unsigned int i = 0; i < BULK; i++)
		if (objects[i])
			kmem_cache_free(cache, objects[i]);
	kmem_cache_destroy(cache);
}

static void step(u64 *random)
{
	u64 r = random_next(random);
	unsigned int what = r >> 48 & 255;
	struct thing *thing;

	if (what == 0) {
		cache_of_ones_own(r);
	} else if (what == 1) {
		kmem_cache_shrink(caches[r % CACHES]);
	} else if (what < 6) {
		usleep_range(50, 200);
	} else if (what < 14) {
		bulk(r);
	} else if (what < 22) {
		irq_work_queue(&interrupts[r % TIMERS]);
		schedule_work(&work);
	} else if (what < 60) {
		exchange(NULL, r);
	} else {
		thing = thing_make(random, what & 1 ? GFP_KERNEL : GFP_NOWAIT);
		if (thing && what < 90)
			resize(thing, random_next(random));
		exchange(thing, r);
	}
}

void churn_run(unsigned long long seed, unsigned int steps)
{
	u64 random = seed * 0x9e3779b97f4a7c15ULL | 1;

	while (steps--)
		step(&random);
}

static int kthread_churn(void *data)
{
	u64 random = 77;

	while (!kthread_should_stop()) {
		for (unsigned int i = 0; i < 50; i++)
			step(&random);
		msleep(1);
	}
	return 0;
}

/* -- interrupts -------------------------------------------------------------------------------- */

static void atomic_step(unsigned int at)
{
	static u64 randoms[2 * TIMERS];

	if (!randoms[at])
		randoms[at] = at + 1;
	exchange(thing_make(&randoms[at], GFP_ATOMIC), random_next(&randoms[at]));
	atomic_long_inc(&fired);
}

static void timer_fired(struct timer_list *timer)
{
	unsigned int at = timer - timers;

	atomic_step(at);
	irq_work_queue(&interrupts[(at + 1) % TIMERS]);
	if (!atomic_read(&is_ending))
		mod_timer(timer, jiffies + 1);
}

static void interrupt_fired(struct irq_work *irq_work)
{
	atomic_step(TIMERS + (irq_work - interrupts));
}

static void work_fired(struct work_struct *unused)
{
	static u64 random = 99;

	for (unsigned int i = 0; i < 8; i++)
		exchange(thing_make(&random, GFP_KERNEL), random_next(&random));
	atomic_long_inc(&fired);
}

/* -- begin and end ----------------------------------------------------------------------------- */

/* Nothing kept for later but what lies in use. */
static unsigned long pages_free(void)
{
	struct kmem_cache *cache;

	rcu_barrier();
	flush_scheduled_work();
	vm_unmap_aliases();
	for (cache = slab_cache_next(NULL); cache; cache = slab_cache_next(cache))
		kmem_cache_shrink(cache);
	kmem_cache_shrink(cache_of_caches);
	page_drain_all();
	return page_free_total();
}

void churn_begin(void)
{
	pages_before = pages_free();
	things = kmem_cache_create("things", sizeof(struct thing), 0, SLAB_HWCACHE_ALIGN, NULL);
	for (unsigned int i = 0; i < CACHES; i++)
		caches[i] = kmem_cache_create(cache_names[i], cache_bytes[i], 0, 0, NULL);
	INIT_WORK(&work, work_fired);
	for (unsigned int i = 0; i < TIMERS; i++) {
		init_irq_work(&interrupts[i], interrupt_fired);
		timer_setup(&timers[i], timer_fired, 0);
		mod_timer(&timers[i], jiffies + 1 + i);
	}
	kthread = kthread_run(kthread_churn, NULL, "churn");
	if (IS_ERR(kthread))
		fault("no kthread");
}

static void quiet(void)
{
	atomic_set(&is_ending, 1);
	if (!IS_ERR(kthread))
		kthread_stop(kthread);
	for (unsigned int i = 0; i < TIMERS; i++)
		timer_shutdown_sync(&timers[i]);
	for (unsigned int i = 0; i < TIMERS; i++)
		irq_work_sync(&interrupts[i]);
	flush_work(&work);
	rcu_barrier();
}

unsigned int churn_end(void)
{
	unsigned long pages;

	quiet();
	if (!slab_validate() || !page_validate())
		fault("the allocators are damaged while things are out");
	for (unsigned int i = 0; i < SLOTS; i++)
		thing_free(xchg(&table[i], NULL));
	for (unsigned int i = 0; i < CACHES; i++)
		kmem_cache_destroy(caches[i]);
	kmem_cache_destroy(things);
	pages = pages_free();
	if (!slab_validate() || !page_validate())
		fault("the allocators are damaged at the end");
	if (pages != pages_before) {
		pr_err("stress: %lu pages free, %lu before\n", pages, pages_before);
		atomic_inc(&faults);
	}
	return atomic_read(&faults);
}

void churn_print(void)
{
	pr_info("# %ld things made, %ld refused, %ld freed after a grace period, %ld by irq\n",
		atomic_long_read(&made), atomic_long_read(&refused), atomic_long_read(&freed_late),
		atomic_long_read(&fired));
}
