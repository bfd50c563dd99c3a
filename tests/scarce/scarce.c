/* SPDX-License-Identifier: MIT */
/*
 * scarce.c - every request the engine makes for itself fails in turn: nothing is lost, nothing
 * crashes
 *
 * A scenario asks for things and undoes whatever it got.  It runs with its first own request for
 * pages failing, then with its second, and so on until none is left to fail; then the same with all
 * requests from the n-th on failing.  After each run as many pages are free as before.  Caches are
 * emptied before each run, so that small objects need pages too.
 */
#define KMALLOC_CHECKED 1
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <linux/kthread.h>
#include <kmalloc/machine.h>
#include "page/page_room.h"
#include "slab/slab.h"
#include "scarce.h"

#define MOST_REQUESTS	4000	/* a scenario that makes more is not one */

/* -- what is left ----------------------------------------------------------------------------- */

static void empty_caches(void)
{
	struct kmem_cache *cache = NULL;

	kvfree_rcu_barrier();
	rcu_barrier();
	vm_unmap_aliases();
	drop_slab();
	while ((cache = slab_cache_next(cache)))
		kmem_cache_shrink(cache);
	kmem_cache_shrink(cache_of_caches);
}

/* What waits for a worker or a grace period comes back a little later: up to @wanted pages. */
static unsigned long free_pages_settled(unsigned long wanted)
{
	unsigned long pages = 0;

	for (unsigned int tries = 0; tries < 100 && pages < wanted; tries++) {
		if (tries)
			msleep(1);
		empty_caches();
		page_drain_all();
		pages = page_free_total();
	}
	return pages;
}

/* Returns how many of its requests were failed; *ret_ok: what the scenario said of itself. */
static unsigned long run_short_of(struct kunit *test, const struct scarce *scenario,
				  unsigned long pass, unsigned long fail, bool *ret_ok)
{
	empty_caches();
	page_fail_after(pass, fail);
	*ret_ok = scenario->run(test);
	return page_fail_stop();
}

static void scenario_check(struct kunit *test, const struct scarce *scenario,
			   unsigned long fail)
{
	unsigned long before, pass, seen = 0;
	bool ok = false;

	/* Once with plenty: what the engine builds up for good on first use is there then. */
	KUNIT_EXPECT_EQ(test, run_short_of(test, scenario, ~0ul, 1, &ok), 0);
	KUNIT_EXPECT_TRUE(test, ok);
	msleep(20);
	before = free_pages_settled(1);
	for (pass = 0; pass < MOST_REQUESTS; pass++) {
		unsigned long failed = run_short_of(test, scenario, pass, fail, &ok);
		unsigned long now = free_pages_settled(before);

		KUNIT_ASSERT_EQ_MSG(test, now, before, "request %lu failed, %ld pages are lost",
				    pass, (long)(before - now));
		if (!failed)
			break;
		seen++;
	}
	KUNIT_EXPECT_LT(test, pass, MOST_REQUESTS);
	KUNIT_EXPECT_TRUE(test, ok);
	/* A scenario that asks for nothing shows nothing. */
	KUNIT_EXPECT_GE(test, seen, scenario->least);
}

static void scarce_run(struct kunit *test, const struct scarce *scenario)
{
	scenario_check(test, scenario, 1);
	scenario_check(test, scenario, ~0ul);
}

/* -- slab ------------------------------------------------------------------------------------- */

SCARCE(kmalloc_small, 1)
{
	void *object = kmalloc(48, GFP_KERNEL | __GFP_NOWARN);

	kfree(object);
	return object;
}

SCARCE(kmalloc_large, 1)
{
	void *object = kmalloc(100000, GFP_KERNEL | __GFP_NOWARN);

	kfree(object);
	return object;
}

SCARCE(krealloc_moves, 1)
{
	char *object = kmalloc(100, GFP_KERNEL | __GFP_NOWARN), *larger;

	if (!object)
		return false;
	memset(object, 0x5a, 100);
	larger = krealloc(object, 3000, GFP_KERNEL | __GFP_NOWARN);
	KUNIT_EXPECT_EQ(test, (larger ? larger : object)[99], 0x5a);
	kfree(larger ? larger : object);
	return larger;
}

SCARCE(kmalloc_bulk, 2)
{
	void *objects[200];
	struct kmem_cache *cache = kmem_cache_create("scarce-bulk", 500, 0, SLAB_NO_MERGE, NULL);
	int got;

	if (!cache)
		return false;
	got = kmem_cache_alloc_bulk(cache, GFP_KERNEL | __GFP_NOWARN, 200, objects);
	KUNIT_EXPECT_TRUE(test, got == 0 || got == 200);
	if (got)
		kmem_cache_free_bulk(cache, got, objects);
	kmem_cache_destroy(cache);
	return got == 200;
}

static void construct(void *object)
{
	memset(object, 0x11, 64);
}

SCARCE(cache_of_every_kind, 3)
{
	/* Longer than any name that fits into the cache itself. */
	static const char longest[] = "scarce-a-name-that-needs-memory-of-its-own-because-it-is-"
		"very-long-indeed-and-goes-on-and-on-until-it-is-long-enough";
	struct kmem_cache *caches[4];
	void *objects[4] = { };
	bool ok = true;

	caches[0] = kmem_cache_create(longest, 64, 0, 0, construct);
	caches[1] = kmem_cache_create("scarce-typesafe", 100, 0, SLAB_TYPESAFE_BY_RCU, NULL);
	caches[2] = kmem_cache_create("scarce-debug", 40, 0,
				      SLAB_POISON | SLAB_RED_ZONE | SLAB_STORE_USER, NULL);
	caches[3] = kmem_cache_create_usercopy("scarce-user", 300, 256, SLAB_HWCACHE_ALIGN, 8, 16,
					       NULL);
	for (unsigned int i = 0; i < 4; i++) {
		if (caches[i])
			objects[i] = kmem_cache_alloc(caches[i], GFP_KERNEL | __GFP_NOWARN);
		ok &= objects[i] != NULL;
	}
	for (unsigned int i = 0; i < 4; i++) {
		if (objects[i])
			kmem_cache_free(caches[i], objects[i]);
		kmem_cache_destroy(caches[i]);
	}
	return ok;
}

SCARCE(text, 1)
{
	char *one = kstrdup("a text", GFP_KERNEL | __GFP_NOWARN);
	char *two = kasprintf(GFP_KERNEL | __GFP_NOWARN, "%d and %s", 42, "more");
	bool ok = one && two;

	kfree(one);
	kfree(two);
	return ok;
}

/* -- virtual memory --------------------------------------------------------------------------- */

SCARCE(vmalloc_many_pages, 2)
{
	char *area = __vmalloc(9 * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);

	if (area)
		memset(area, 1, 9 * PAGE_SIZE);
	vfree(area);
	return area;
}

SCARCE(vmalloc_areas, 4)
{
	void *areas[20];
	bool ok = true;

	for (unsigned int i = 0; i < 20; i++) {
		areas[i] = __vmalloc((i + 1) * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);
		ok &= areas[i] != NULL;
	}
	for (unsigned int i = 0; i < 20; i++)
		vfree(areas[i]);
	return ok;
}

SCARCE(vmap_pages, 2)
{
	struct page *pages[5] = { };
	void *area = NULL;

	if (alloc_pages_bulk_array(GFP_KERNEL, 5, pages) == 5)
		area = vmap(pages, 5, VM_MAP, PAGE_KERNEL);
	vunmap(area);
	for (unsigned int i = 0; i < 5; i++) {
		if (pages[i])
			__free_page(pages[i]);
	}
	return area;
}

SCARCE(kvmalloc_falls_back, 1)
{
	void *object = kvmalloc(20 * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);

	kvfree(object);
	return object;
}

/* -- the rest of the kernel ------------------------------------------------------------------- */

SCARCE(rcu_frees, 1)
{
	struct deferred {
		struct rcu_head rcu;
		char bytes[400];
	} *objects[8];
	bool ok = true;

	for (unsigned int i = 0; i < 8; i++) {
		objects[i] = kmalloc(sizeof(*objects[i]), GFP_KERNEL | __GFP_NOWARN);
		ok &= objects[i] != NULL;
	}
	for (unsigned int i = 0; i < 8; i++) {
		if (i & 1)
			kvfree_rcu_mightsleep(objects[i]);
		else
			kvfree_rcu(objects[i], rcu);
	}
	return ok;
}

static unsigned long count_none(struct shrinker *shrinker, struct shrink_control *control)
{
	return SHRINK_EMPTY;
}

static unsigned long scan_none(struct shrinker *shrinker, struct shrink_control *control)
{
	return SHRINK_STOP;
}

SCARCE(shrinkers, 1)
{
	struct shrinker *shrinkers[100];
	bool ok = true;

	for (unsigned int i = 0; i < 100; i++) {
		shrinkers[i] = shrinker_alloc(SHRINKER_NUMA_AWARE, "scarce-%u", i);
		ok &= shrinkers[i] != NULL;
		if (!shrinkers[i])
			continue;
		shrinkers[i]->count_objects = count_none;
		shrinkers[i]->scan_objects = scan_none;
		shrinker_register(shrinkers[i]);
	}
	for (unsigned int i = 0; i < 100; i++) {
		if (shrinkers[i])
			shrinker_free(shrinkers[i]);
	}
	synchronize_rcu();
	return ok;
}

SCARCE(percpu_areas, 2)
{
	void __percpu *areas[40];
	bool ok = true;

	for (unsigned int i = 0; i < 40; i++) {
		areas[i] = __alloc_percpu_gfp(i * 199 + 4, 8, GFP_KERNEL | __GFP_NOWARN);
		ok &= areas[i] != NULL;
	}
	for (unsigned int i = 0; i < 40; i++)
		free_percpu(areas[i]);
	return ok;
}

/* Small and large resources, text and pages. */
SCARCE(device_resources, 2)
{
	struct device *root = root_device_register("scarce");
	bool ok = true;

	if (IS_ERR(root))
		return false;
	for (unsigned int i = 0; i < 20; i++)
		ok &= devm_kmalloc(root, i * 700 + 1, GFP_KERNEL | __GFP_NOWARN) != NULL;
	ok &= devm_kasprintf(root, GFP_KERNEL | __GFP_NOWARN, "text %d", 42) != NULL;
	ok &= devm_get_free_pages(root, GFP_KERNEL | __GFP_NOWARN, 2) != 0;
	root_device_unregister(root);
	return ok;
}

static struct kunit_case scarce_cases[] = {
	KUNIT_CASE(with_kmalloc_small),
	KUNIT_CASE(with_kmalloc_large),
	KUNIT_CASE(with_krealloc_moves),
	KUNIT_CASE(with_kmalloc_bulk),
	KUNIT_CASE(with_cache_of_every_kind),
	KUNIT_CASE(with_text),
	KUNIT_CASE(with_vmalloc_many_pages),
	KUNIT_CASE(with_vmalloc_areas),
	KUNIT_CASE(with_vmap_pages),
	KUNIT_CASE(with_kvmalloc_falls_back),
	KUNIT_CASE(with_rcu_frees),
	KUNIT_CASE(with_shrinkers),
	KUNIT_CASE(with_percpu_areas),
	KUNIT_CASE(with_device_resources),
	{}
};

static struct kunit_suite scarce_suite = { .name = "scarce", .test_cases = scarce_cases };
kunit_test_suite(scarce_suite);
