/* SPDX-License-Identifier: MIT */
/* cache_test.c - a cache's life: create, construct, bulk, other CPUs, RCU, destroy */
#include <kmalloc/machine.h>
#include <linux/completion.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/vmstat.h>
#include "slab/slab.h"
#include "test.h"

struct thing {
	u64 magic;
	struct rcu_head rcu;
	u8 rest[40];
};

static unsigned long constructed;

static void thing_ctor(void *object)
{
	struct thing *thing = object;

	memset(thing, 0, sizeof(*thing));
	thing->magic = 0x600dca11;
	constructed++;
}

static void both_forms_of_create_work(void)
{
	struct kmem_cache *a = kmem_cache_create("form_args", 24, NULL, 0);
	struct kmem_cache *b = kmem_cache_create("form_old", 24, 64, 0, NULL);
	struct kmem_cache_args args = { .align = 32, .ctor = thing_ctor };
	struct kmem_cache *c = kmem_cache_create("form_struct", sizeof(struct thing), &args, 0);
	struct kmem_cache *d = KMEM_CACHE(thing, SLAB_HWCACHE_ALIGN | SLAB_PANIC);
	struct kmem_cache *e = kmem_cache_create_usercopy("form_user", 64, 0, 0, 8, 16, NULL);

	REQUIRE(a && b && c && d && e);
	CHECK_EQ(kmem_cache_size(a), 24);
	CHECK_EQ(kmem_cache_size(d), sizeof(struct thing));
	CHECK_EQ(b->layout.align, 64);
	CHECK_EQ(c->layout.align, 32);
	CHECK(slab_cache_named("thing") == d);
	CHECK_EQ(e->useroffset, 8);
	CHECK_EQ(e->usersize, 16);
	kmem_cache_destroy(a);
	kmem_cache_destroy(b);
	kmem_cache_destroy(c);
	kmem_cache_destroy(d);
	kmem_cache_destroy(e);
	kmem_cache_destroy(NULL);
}

static void bad_requests_are_refused(void)
{
	struct kmem_cache *cache;

	km_test_console_clear();
	CHECK(!kmem_cache_create("huge", KMALLOC_MAX_SIZE + 1, NULL, 0));
	CHECK(strstr(km_test_console(), "failed with error -22"));
	CHECK(!kmem_cache_create("flags", 8, NULL, 1u << 31));
	CHECK(!kmem_cache_create("none", 0, NULL, 0));
	cache = kmem_cache_create("twice", 8, NULL, 0);
	km_test_console_clear();
	kmem_cache_destroy(kmem_cache_create("twice", 8, NULL, 0));
	CHECK(strstr(km_test_console(), "kmem_cache of name 'twice' already exists"));
	kmem_cache_destroy(cache);
}

static void long_names_are_kept_whole(void)
{
	char name[300];
	struct kmem_cache *cache;

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	cache = kmem_cache_create(name, 8, NULL, 0);
	name[0] = 'n';
	REQUIRE(cache);
	CHECK(!strcmp(slab_cache_name(cache), name));
	kmem_cache_destroy(cache);
}

static void constructors_run_once_an_object(void)
{
	struct kmem_cache *cache =
		kmem_cache_create("ctor", sizeof(struct thing), 0, 0, thing_ctor);
	struct thing *things[100];
	unsigned long after_first;

	REQUIRE(cache);
	constructed = 0;
	for (int i = 0; i < 100; i++) {
		things[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		REQUIRE(things[i]);
		CHECK_EQ(things[i]->magic, 0x600dca11);
		things[i]->rest[3] = i;
	}
	after_first = constructed;
	CHECK_EQ(after_first, nodes_sum(cache).objects);
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 100; i++)
			kmem_cache_free(cache, things[i]);
		for (int i = 0; i < 100; i++) {
			things[i] = kmem_cache_alloc(cache, GFP_KERNEL);
			CHECK_EQ(things[i]->magic, 0x600dca11);
		}
	}
	CHECK_EQ(constructed, after_first);
	for (int i = 0; i < 100; i++)
		kmem_cache_free(cache, things[i]);
	kmem_cache_destroy(cache);
}

static void typesafe_objects_are_reused_untouched(void)
{
	struct kmem_cache *cache = kmem_cache_create("typesafe", 48, 0, SLAB_TYPESAFE_BY_RCU, NULL);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL), *again;

	REQUIRE(object);
	memset(object, 0x3c, 48);
	rcu_read_lock();
	kmem_cache_free(cache, object);
	for (int i = 0; i < 48; i++)
		CHECK_EQ(object[i], 0x3c);
	again = kmem_cache_alloc(cache, GFP_ATOMIC);
	CHECK(again == object);
	for (int i = 0; i < 48; i++)
		CHECK_EQ(again[i], 0x3c);
	rcu_read_unlock();
	kmem_cache_free(cache, again);
	kmem_cache_destroy(cache);
}

static void typesafe_pages_wait_for_readers(void)
{
	struct kmem_cache *cache =
		kmem_cache_create("typesafe", 4096, 0, SLAB_TYPESAFE_BY_RCU, NULL);
	void *objects[64];

	for (int i = 0; i < 64; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	rcu_read_lock();
	for (int i = 0; i < 64; i++)
		kmem_cache_free(cache, objects[i]);
	cache_flush_all(cache);
	node_trim(cache, 0);
	for (int i = 0; i < 64; i++)
		CHECK_EQ(frame_of(objects[i])->owner, PAGE_OWNER_SLAB);
	rcu_read_unlock();
	rcu_barrier();
	for (int i = 0; i < 64; i++)
		CHECK(frame_of(objects[i])->owner != PAGE_OWNER_SLAB);
	kmem_cache_destroy(cache);
}

static void destroy_lists_what_is_left_and_keeps_the_cache(void)
{
	struct kmem_cache *cache = kmem_cache_create("leaky", 100, NULL, 0);
	void *a = kmem_cache_alloc(cache, GFP_KERNEL), *b = kmem_cache_alloc(cache, GFP_KERNEL);

	REQUIRE(a && b);
	kmem_cache_free(cache, a);
	km_test_console_clear();
	kmem_cache_destroy(cache);
	CHECK(strstr(km_test_console(), "Objects remaining in leaky on __kmem_cache_shutdown()"));
	CHECK(strstr(km_test_console(), "Slab cache still has objects"));
	CHECK_EQ(slab_cache_objects_out(cache), 1);
	a = kmem_cache_alloc(cache, GFP_KERNEL);
	CHECK(a && a != b);
	kmem_cache_free(cache, a);
	kmem_cache_free(cache, b);
	km_test_console_clear();
	kmem_cache_destroy(cache);
	CHECK(!strstr(km_test_console(), "remaining"));
	CHECK(!cache_is_listed(cache));
}

static void bulk_is_all_or_nothing(void)
{
	struct kmem_cache *cache = kmem_cache_create("bulk", 128, NULL, 0);
	static void *objects[2000];

	CHECK_EQ(kmem_cache_alloc_bulk(cache, GFP_KERNEL, 0, objects), 0);
	CHECK_EQ(kmem_cache_alloc_bulk(cache, GFP_KERNEL | __GFP_ZERO, 2000, objects), 2000);
	for (int i = 0; i < 2000; i++) {
		CHECK_EQ(*(u64 *)objects[i], 0);
		*(u64 *)objects[i] = (u64)objects[i];
	}
	for (int i = 0; i < 2000; i++)
		CHECK_EQ(*(u64 *)objects[i], (u64)objects[i]);
	kmem_cache_free_bulk(cache, 1000, objects);
	kmem_cache_free_bulk(NULL, 500, objects + 1000);
	kfree_bulk(500, objects + 1500);
	CHECK_EQ(slab_cache_objects_out(cache), 0);
	CHECK(slab_validate());
	kmem_cache_destroy(cache);
}

/* -- other CPUs ------------------------------------------------------------------------------- */
#define COURIERS	6
#define BOXES		64
#define TRIPS		3000

static struct kmem_cache *travel;
static void *boxes[BOXES];
static struct completion couriers_done[COURIERS];
static unsigned long cpus_seen;
static u32 couriers_up;

/* What another courier put into a box is freed here, and something new is left for the next. */
static int courier_run(void *arg)
{
	unsigned long number = (unsigned long)arg;
	u64 random = km_test_seed + number * 77777 + 1;

	__atomic_fetch_add(&couriers_up, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&couriers_up, __ATOMIC_SEQ_CST) < COURIERS)
		cond_resched();
	for (unsigned int trip = 0; trip < TRIPS; trip++) {
		void **fresh = kmem_cache_alloc(travel, GFP_KERNEL), **found;

		random = random * 6364136223846793005ull + 1442695040888963407ull;
		if (!fresh) {
			km_test_fail(__FILE__, __LINE__, "no object");
			break;
		}
		fresh[0] = fresh[31] = fresh;
		__atomic_fetch_or(&cpus_seen, 1ul << raw_smp_processor_id(), __ATOMIC_RELAXED);
		found = __atomic_exchange_n(&boxes[(random >> 33) % BOXES], fresh,
					    __ATOMIC_ACQ_REL);
		if (found && (found[0] != found || found[31] != found))
			km_test_fail(__FILE__, __LINE__, "an object was handed out twice");
		if (found)
			kmem_cache_free(travel, found);
		if (trip % 8 == 0)
			cond_resched();
	}
	complete(&couriers_done[number]);
	return 0;
}

static void what_one_cpu_takes_another_may_free(void)
{
	travel = kmem_cache_create("travel", 256, NULL, 0);
	REQUIRE(travel);
	couriers_up = 0;
	for (unsigned long i = 0; i < COURIERS; i++) {
		init_completion(&couriers_done[i]);
		REQUIRE(!IS_ERR(kthread_run(courier_run, (void *)i, "courier/%lu", i)));
	}
	for (int i = 0; i < COURIERS; i++)
		wait_for_completion(&couriers_done[i]);
	CHECK(km_port_cpus() < 2 || (cpus_seen & (cpus_seen - 1)));
	for (int i = 0; i < BOXES; i++)
		if (boxes[i])
			kmem_cache_free(travel, boxes[i]);
	memset(boxes, 0, sizeof(boxes));
	CHECK_EQ(slab_cache_objects_out(travel), 0);
	CHECK(slab_validate());
	/* Memory does not pile up: what is kept is bounded by the lists' marks. */
	CHECK(nodes_sum(travel).inuse <= km_port_cpus() * (travel->cpu[0].high + 1));
	kmem_cache_destroy(travel);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

struct shrink_far { struct irq_work work; struct kmem_cache *cache; };

static void touch_far(struct irq_work *work)
{
	struct kmem_cache *cache = container_of(work, struct shrink_far, work)->cache;

	kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_ATOMIC));
}

static void shrink_empties_the_lists_of_all_cpus(void)
{
	struct shrink_far far = { .cache = kmem_cache_create("far", 300, NULL, 0) };

	init_irq_work(&far.work, touch_far);
	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++) {
		irq_work_queue_on(&far.work, cpu);
		irq_work_sync(&far.work);
		CHECK(far.cache->cpu[cpu].count > 0);
	}
	CHECK_EQ(kmem_cache_shrink(far.cache), 0);
	CHECK_EQ(nodes_sum(far.cache).objects, 0);
	kmem_cache_destroy(far.cache);
}

static void slabs_are_counted_by_kind(void)
{
	unsigned long plain = global_node_page_state_pages(NR_SLAB_UNRECLAIMABLE_B);
	unsigned long reclaimable = global_node_page_state_pages(NR_SLAB_RECLAIMABLE_B);
	struct kmem_cache *cache = kmem_cache_create("counted", 2000, 0,
						     SLAB_RECLAIM_ACCOUNT | SLAB_NO_MERGE, NULL);
	void *object;

	REQUIRE(cache);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	CHECK_EQ(global_node_page_state_pages(NR_SLAB_RECLAIMABLE_B),
		 reclaimable + (1ul << cache->layout.order));
	CHECK(global_node_page_state_pages(NR_SLAB_UNRECLAIMABLE_B) >= plain);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	CHECK_EQ(global_node_page_state_pages(NR_SLAB_RECLAIMABLE_B), reclaimable);
}

KM_TESTS(setup, T(both_forms_of_create_work), T(bad_requests_are_refused),
	 T(long_names_are_kept_whole), T(constructors_run_once_an_object),
	 T(typesafe_objects_are_reused_untouched), T(typesafe_pages_wait_for_readers),
	 T(destroy_lists_what_is_left_and_keeps_the_cache), T(bulk_is_all_or_nothing),
	 T(what_one_cpu_takes_another_may_free), T(shrink_empties_the_lists_of_all_cpus),
	 T(slabs_are_counted_by_kind));
