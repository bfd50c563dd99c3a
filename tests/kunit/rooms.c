/* SPDX-License-Identifier: MIT */
/*
 * rooms.c - what takes several rooms of the house: slab, page, vmap, percpu, pool, RCU and work
 *
 * A suite of KUnit: a program on either port (suites.c), and checked under all rules, with each
 * allocation failing in turn.
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

/* -- a page seen from everywhere -- */

#define MAPPED	4

struct mapped {
	struct page *page[MAPPED];
	unsigned long count;
	char *area;
};

static void mapped_free(void *data)
{
	struct mapped *mapped = data;

	vunmap(mapped->area);
	for (unsigned long i = 0; i < mapped->count; i++)
		__free_page(mapped->page[i]);
	kfree(mapped);
}

static struct mapped *mapped_new(struct kunit *test)
{
	struct mapped *mapped = kzalloc(sizeof(*mapped), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mapped);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, mapped_free, mapped), 0);
	mapped->count = alloc_pages_bulk_array(GFP_KERNEL, MAPPED, mapped->page);
	KUNIT_ASSERT_EQ(test, mapped->count, MAPPED);
	mapped->area = vmap(mapped->page, MAPPED, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, mapped->area);
	return mapped;
}

static void a_mapped_page_is_the_page_itself(struct kunit *test)
{
	struct mapped *mapped = mapped_new(test);

	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(mapped->area));
	for (unsigned int i = 0; i < MAPPED; i++) {
		char *direct = page_address(mapped->page[i]), *area = mapped->area + i * PAGE_SIZE;

		memset(area, 'a' + i, PAGE_SIZE);
		KUNIT_EXPECT_MEMEQ(test, direct, area, PAGE_SIZE);
		direct[7] = 'z';
		KUNIT_EXPECT_EQ(test, area[7], 'z');
		KUNIT_EXPECT_PTR_EQ(test, vmalloc_to_page(area), mapped->page[i]);
		KUNIT_EXPECT_PTR_EQ(test, virt_to_page(direct), mapped->page[i]);
	}
}

/* -- one call, three rooms: by size -- */

static const size_t sizes[] = { 8, 192, 8192, 8193, 65536 };

static void describe(const size_t *bytes, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%zu bytes", *bytes);
}
KUNIT_ARRAY_PARAM(size, sizes, describe);

static void whatever_room_serves_it_all_bytes_are_there(struct kunit *test)
{
	const size_t *bytes = test->param_value;
	u8 *one = kvzalloc(*bytes, GFP_KERNEL), *more;

	if (!one)
		kunit_skip(test, "no memory");
	KUNIT_EXPECT_NULL(test, memchr_inv(one, 0, *bytes));
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(one) || ksize(one) >= *bytes);
	one[*bytes - 1] = 5;
	more = kvrealloc(one, 2 * *bytes, GFP_KERNEL);
	if (more)
		KUNIT_EXPECT_EQ(test, more[*bytes - 1], 5);
	kvfree(more ? more : one);
}

/* -- per-CPU pointers to slab objects, made by work, freed after a grace period -- */

struct note {
	struct rcu_head rcu;
	unsigned int cpu;
};

struct order {
	struct work_struct work;
	unsigned int cpu;
};

static struct note *__percpu *notes;

static void take_note(struct work_struct *work)
{
	const struct order *order = container_of(work, struct order, work);
	struct note *note = kmalloc(sizeof(*note), GFP_KERNEL);

	if (!note)
		return;
	note->cpu = order->cpu;
	*per_cpu_ptr(notes, order->cpu) = note;
}

static void free_notes(void *unused)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct note *note = *per_cpu_ptr(notes, cpu);

		if (note)
			kfree_rcu(note, rcu);
	}
	rcu_barrier();
	free_percpu(notes);
}

static void each_cpu_has_its_own(struct kunit *test)
{
	struct order *orders;
	unsigned int cpu;

	orders = kunit_kcalloc(test, nr_cpu_ids, sizeof(*orders), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, orders);
	notes = alloc_percpu(struct note *);
	KUNIT_ASSERT_NOT_NULL(test, notes);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_notes, NULL), 0);
	for_each_online_cpu(cpu) {
		orders[cpu].cpu = cpu;
		INIT_WORK(&orders[cpu].work, take_note);
		KUNIT_EXPECT_TRUE(test, schedule_work(&orders[cpu].work));
	}
	for_each_online_cpu(cpu)
		flush_work(&orders[cpu].work);
	for_each_online_cpu(cpu) {
		struct note *note = *per_cpu_ptr(notes, cpu);

		KUNIT_ASSERT_NOT_NULL(test, note);
		KUNIT_EXPECT_EQ(test, note->cpu, cpu);
	}
}

/* -- a pool that stands when nothing else does -- */

KUNIT_DEFINE_ACTION_WRAPPER(cache_gone, kmem_cache_destroy, struct kmem_cache *)
KUNIT_DEFINE_ACTION_WRAPPER(pool_gone, mempool_destroy, mempool_t *)

static void a_pool_gives_its_reserve(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("rooms", 96, 0, 0, NULL);
	void *element[3];
	mempool_t *pool;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, cache_gone, cache), 0);
	pool = mempool_create_slab_pool(ARRAY_SIZE(element), cache);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, pool_gone, pool), 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(element); i++) {
		element[i] = mempool_alloc(pool, GFP_KERNEL);
		KUNIT_EXPECT_NOT_NULL(test, element[i]);
		KUNIT_EXPECT_EQ(test, (unsigned long)element[i] % 8, 0);
		memset(element[i], i, 96);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(element); i++)
		mempool_free(element[i], pool);
}

static struct kunit_case rooms_cases[] = {
	KUNIT_CASE(a_mapped_page_is_the_page_itself),
	KUNIT_CASE_PARAM(whatever_room_serves_it_all_bytes_are_there, size_gen_params),
	KUNIT_CASE(each_cpu_has_its_own),
	KUNIT_CASE(a_pool_gives_its_reserve),
	{}
};

static struct kunit_suite rooms_suite = { .name = "rooms", .test_cases = rooms_cases };
kunit_test_suite(rooms_suite);
