/* SPDX-License-Identifier: MIT */
/* genpool_test.c - ranges, ways to choose, many takers at once */
#define KMALLOC_CHECKED 1
#include <test.h>
#include <kmalloc/machine.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/genalloc.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "slab/count_test.h"

#define BASE	0x100000UL

/* Areas that vfree() keeps for a while are not counted. */
static unsigned long out_now(void)
{
	vm_unmap_aliases();
	return objects_out();
}

static struct gen_pool *pool_make(int order, size_t bytes)
{
	struct gen_pool *pool = gen_pool_create(order, -1);

	if (pool)
		CHECK_EQ(gen_pool_add_virt(pool, BASE, 0xa000000, bytes, -1), 0);
	return pool;
}

static void parts_come_and_go(void)
{
	unsigned long before = out_now();
	struct gen_pool *pool = pool_make(5, 4096);
	unsigned long a, b;

	REQUIRE(pool);
	CHECK_EQ(gen_pool_size(pool), 4096);
	CHECK_EQ(gen_pool_avail(pool), 4096);
	CHECK_EQ(gen_pool_alloc(pool, 0), 0);
	a = gen_pool_alloc(pool, 33);
	CHECK_EQ(a, BASE);
	CHECK_EQ(gen_pool_avail(pool), 4096 - 64);
	b = gen_pool_alloc(pool, 4096 - 64);
	CHECK_EQ(b, BASE + 64);
	CHECK_EQ(gen_pool_avail(pool), 0);
	CHECK_EQ(gen_pool_alloc(pool, 1), 0);
	gen_pool_free(pool, a, 33);
	CHECK_EQ(gen_pool_alloc(pool, 65), 0);
	CHECK_EQ(gen_pool_alloc(pool, 64), BASE);
	gen_pool_free(pool, BASE, 64);
	gen_pool_free(pool, b, 4096 - 64);
	CHECK_EQ(gen_pool_avail(pool), 4096);
	CHECK_EQ(gen_pool_add(pool, 0x1000, 31, -1), -EINVAL);
	gen_pool_destroy(pool);
	CHECK_EQ(out_now(), before);
}

static void count_chunk(struct gen_pool *pool, struct gen_pool_chunk *chunk, void *data)
{
	++*(int *)data;
}

static void ranges_have_owners_and_addresses(void)
{
	struct gen_pool *pool = pool_make(3, 256);
	int chunks = 0, mine;
	unsigned long a, b;
	void *owner;

	REQUIRE(pool);
	CHECK_EQ(gen_pool_add_owner(pool, 0x900000, 0xb000000, 512, -1, &mine), 0);
	gen_pool_for_each_chunk(pool, count_chunk, &chunks);
	CHECK_EQ(chunks, 2);
	CHECK_EQ(gen_pool_size(pool), 768);
	CHECK(gen_pool_has_addr(pool, BASE, 256) && gen_pool_has_addr(pool, BASE + 255, 1));
	CHECK(!gen_pool_has_addr(pool, BASE, 257) && !gen_pool_has_addr(pool, BASE - 1, 1));
	CHECK_EQ(gen_pool_virt_to_phys(pool, BASE + 100), 0xa000000 + 100);
	CHECK_EQ(gen_pool_virt_to_phys(pool, 0x900000 + 511), 0xb000000 + 511);
	CHECK_EQ(gen_pool_virt_to_phys(pool, 5), (phys_addr_t)-1);
	a = gen_pool_alloc_owner(pool, 256, &owner);
	CHECK(a == BASE && !owner);
	b = gen_pool_alloc_owner(pool, 300, &owner);
	CHECK(b == 0x900000 && owner == &mine);
	CHECK_EQ(gen_pool_alloc_owner(pool, 300, &owner), 0);
	CHECK(!owner);
	gen_pool_free_owner(pool, b, 300, &owner);
	CHECK(owner == &mine);
	gen_pool_free(pool, a, 256);
	gen_pool_destroy(pool);
}

/* Holes of 4, 2 and 8 granules: bits 0-3 free, 4 taken, 5-6 free, 7 taken, 8-15 free. */
static struct gen_pool *pool_with_holes(void)
{
	struct gen_pool *pool = pool_make(4, 256);
	struct genpool_data_fixed at = { .offset = 4 * 16 };

	CHECK_EQ(gen_pool_alloc_algo(pool, 16, gen_pool_fixed_alloc, &at), BASE + 64);
	at.offset = 7 * 16;
	CHECK_EQ(gen_pool_alloc_algo(pool, 16, gen_pool_fixed_alloc, &at), BASE + 112);
	CHECK_EQ(gen_pool_alloc_algo(pool, 16, gen_pool_fixed_alloc, &at), 0);
	return pool;
}

static void pool_end(struct gen_pool *pool)
{
	gen_pool_free(pool, BASE + 64, 16);
	gen_pool_free(pool, BASE + 112, 16);
	CHECK_EQ(gen_pool_avail(pool), 256);
	gen_pool_destroy(pool);
}

static void each_way_chooses_its_place(void)
{
	struct gen_pool *pool = pool_with_holes();
	struct genpool_data_align align = { .align = 128 };
	static const struct {
		genpool_algo_t algo;
		size_t size;
		unsigned long place;
	} rows[] = {
		{ gen_pool_first_fit, 32, 0 }, { gen_pool_first_fit, 5 * 16, 128 },
		{ gen_pool_best_fit, 32, 80 }, { gen_pool_best_fit, 16, 80 },
		{ gen_pool_best_fit, 3 * 16, 0 }, { gen_pool_best_fit, 8 * 16, 128 },
		{ gen_pool_first_fit_order_align, 3 * 16, 0 },
		{ gen_pool_first_fit_order_align, 5 * 16, 128 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned long a;

		gen_pool_set_algo(pool, rows[i].algo, NULL);
		a = gen_pool_alloc(pool, rows[i].size);
		CHECK_EQ(a, BASE + rows[i].place);
		gen_pool_free(pool, a, rows[i].size);
	}
	CHECK_EQ(gen_pool_alloc_algo(pool, 9 * 16, gen_pool_best_fit, NULL), 0);
	gen_pool_set_algo(pool, NULL, NULL);
	CHECK(pool->algo == gen_pool_first_fit);
	CHECK_EQ(gen_pool_alloc_algo(pool, 16, gen_pool_first_fit_align, &align), BASE);
	CHECK_EQ(gen_pool_alloc_algo(pool, 16, gen_pool_first_fit_align, &align), BASE + 128);
	CHECK_EQ(gen_pool_alloc_algo(pool, 16, gen_pool_first_fit_align, &align), 0);
	gen_pool_free(pool, BASE, 16);
	gen_pool_free(pool, BASE + 128, 16);
	pool_end(pool);
}

/* Alignment is of addresses, not of offsets. */
static void a_skewed_range_aligns_too(void)
{
	struct gen_pool *pool = gen_pool_create(4, -1);
	struct genpool_data_align align = { .align = 64 };

	REQUIRE(pool);
	CHECK_EQ(gen_pool_add(pool, BASE + 48, 256, -1), 0);
	CHECK_EQ(gen_pool_alloc_algo(pool, 16, gen_pool_first_fit_align, &align), BASE + 64);
	gen_pool_free(pool, BASE + 64, 16);
	gen_pool_destroy(pool);
}

static void dma_forms_give_both_addresses(void)
{
	struct gen_pool *pool = gen_pool_create(5, -1);
	char *buffer = kmalloc(1024, GFP_KERNEL), *part;
	dma_addr_t dma = 0;

	REQUIRE(pool && buffer);
	memset(buffer, 7, 1024);
	CHECK_EQ(gen_pool_add_virt(pool, (unsigned long)buffer, 0x5000, 1024, -1), 0);
	part = gen_pool_dma_alloc(pool, 100, &dma);
	CHECK(part == buffer && dma == 0x5000 && part[0] == 7);
	part = gen_pool_dma_zalloc(pool, 100, &dma);
	CHECK(part == buffer + 128 && dma == 0x5080);
	CHECK(!memchr_inv(part, 0, 100) && part[100] == 7);
	part = gen_pool_dma_zalloc_align(pool, 10, &dma, 512);
	CHECK(part == buffer + 512 && dma == 0x5200);
	CHECK(gen_pool_dma_alloc_align(pool, 10, &dma, 256) == buffer + 256);
	CHECK(!gen_pool_dma_alloc(pool, 2000, &dma));
	CHECK(!gen_pool_dma_alloc(NULL, 20, &dma));
	gen_pool_free(pool, (unsigned long)buffer, 100);
	gen_pool_free(pool, (unsigned long)buffer + 128, 100);
	gen_pool_free(pool, (unsigned long)buffer + 256, 10);
	gen_pool_free(pool, (unsigned long)buffer + 512, 10);
	gen_pool_destroy(pool);
	kfree(buffer);
}

/* -- a model, and many at once ---------------------------------------------------------------- */

static void random_life_agrees_with_a_model(void)
{
	struct gen_pool *pool = pool_make(3, 8000);
	static struct { unsigned long at; size_t size; } held[64];
	static u8 taken[1000];
	size_t out = 0;

	REQUIRE(pool);
	memset(held, 0, sizeof(held));
	memset(taken, 0, sizeof(taken));
	for (int i = 0; i < 20000; i++) {
		int k = km_test_random_below(64);
		size_t granules;

		if (!held[k].at) {
			held[k].size = 1 + km_test_random_below(300);
			held[k].at = gen_pool_alloc_algo(pool, held[k].size, km_test_random() & 1 ?
							 gen_pool_best_fit : gen_pool_first_fit,
							 NULL);
			if (!held[k].at)
				continue;
		}
		granules = (held[k].size + 7) / 8;
		for (size_t g = 0; g < granules; g++) {
			u8 *bit = &taken[(held[k].at - BASE) / 8 + g];

			REQUIRE(*bit == 0 || *bit == k + 1);
			*bit = *bit ? 0 : k + 1;
		}
		out += taken[(held[k].at - BASE) / 8] ? granules * 8 : -granules * 8;
		if (!taken[(held[k].at - BASE) / 8]) {
			gen_pool_free(pool, held[k].at, held[k].size);
			held[k].at = 0;
		}
		CHECK_EQ(gen_pool_avail(pool), 8000 - out);
	}
	for (int k = 0; k < 64; k++)
		if (held[k].at)
			gen_pool_free(pool, held[k].at, held[k].size);
	CHECK_EQ(gen_pool_avail(pool), 8000);
	gen_pool_destroy(pool);
}

static struct {
	struct gen_pool *pool;
	u32 owner[512];
	unsigned int clashes, ended;
} crowd;

static int crowd_task(void *data)
{
	u32 self = (unsigned long)data;

	for (int i = 0; i < 2000; i++) {
		size_t size = 1 + (i * 7 + self) % 90;
		unsigned long at = gen_pool_alloc(crowd.pool, size);
		unsigned long first = (at - BASE) / 8, count = (size + 7) / 8;

		if (!at)
			continue;
		for (unsigned long k = first; k < first + count; k++)
			if (__atomic_exchange_n(&crowd.owner[k], self, __ATOMIC_SEQ_CST))
				__atomic_fetch_add(&crowd.clashes, 1, __ATOMIC_RELAXED);
		if (i % 64 == 0)
			cond_resched();
		for (unsigned long k = first; k < first + count; k++)
			__atomic_store_n(&crowd.owner[k], 0, __ATOMIC_SEQ_CST);
		gen_pool_free(crowd.pool, at, size);
	}
	__atomic_fetch_add(&crowd.ended, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static void nobody_gets_what_another_has(void)
{
	memset(&crowd, 0, sizeof(crowd));
	crowd.pool = pool_make(3, 4096);
	REQUIRE(crowd.pool);
	for (unsigned long i = 1; i <= 4; i++)
		CHECK(!IS_ERR(kthread_run(crowd_task, (void *)i, "crowd/%lu", i)));
	for (int ms = 0; ms < 60000 && __atomic_load_n(&crowd.ended, __ATOMIC_SEQ_CST) < 4; ms++)
		msleep(1);
	CHECK_EQ(crowd.ended, 4);
	CHECK_EQ(crowd.clashes, 0);
	CHECK_EQ(gen_pool_avail(crowd.pool), 4096);
	gen_pool_destroy(crowd.pool);
}

/* -- managed ---------------------------------------------------------------------------------- */

static void no_release(struct device *dev)
{
}

static void managed_pools_go_with_their_device(void)
{
	unsigned long before = out_now();
	struct device dev = { .init_name = "sram", .release = no_release };
	struct gen_pool *named, *plain;

	CHECK_EQ(device_register(&dev), 0);
	named = devm_gen_pool_create(&dev, 4, -1, "code");
	plain = devm_gen_pool_create(&dev, 4, -1, NULL);
	REQUIRE(!IS_ERR_OR_NULL(named) && !IS_ERR_OR_NULL(plain));
	CHECK(gen_pool_get(&dev, "code") == named && gen_pool_get(&dev, NULL) == plain);
	CHECK(!gen_pool_get(&dev, "data"));
	CHECK(devm_gen_pool_create(&dev, 4, -1, "code") == ERR_PTR(-EINVAL));
	CHECK_EQ(gen_pool_add(named, BASE, 4096, -1), 0);
	device_unregister(&dev);
	CHECK_EQ(out_now(), before);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(parts_come_and_go), T(ranges_have_owners_and_addresses),
	 T(each_way_chooses_its_place), T(a_skewed_range_aligns_too),
	 T(dma_forms_give_both_addresses), T(random_life_agrees_with_a_model),
	 T(nobody_gets_what_another_has), T(managed_pools_go_with_their_device));
