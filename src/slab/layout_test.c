/* SPDX-License-Identifier: MIT */
/* layout_test.c - where objects lie: alignment, gaps, links, orders */
#include <kmalloc/machine.h>
#include "slab/slab.h"
#include "test.h"

static void no_ctor(void *object)
{
}

static struct slab_layout plan(u32 size, u32 align, slab_flags_t flags, bool is_watched)
{
	struct kmem_cache_args args = { .align = align };
	struct slab_layout layout = {};

	CHECK_EQ(slab_layout_make(&layout, size, &args, flags, is_watched), 0);
	return layout;
}

static void hwcache_align_halves_for_small_objects(void)
{
	static const struct { u32 size, align, want;
	} rows[] = {
		{ 1, 0, 8 },	{ 8, 0, 8 },	 { 9, 0, 16 },	{ 16, 0, 16 },
		{ 17, 0, 32 },	{ 32, 0, 32 },	 { 33, 0, 64 }, { 64, 0, 64 },
		{ 200, 0, 64 }, { 8, 128, 128 }, { 8, 3, 8 },	{ 20, 48, 64 },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_EQ(plan(rows[i].size, rows[i].align, SLAB_HWCACHE_ALIGN, false).align,
			 rows[i].want);
	CHECK_EQ(plan(8, 0, 0, false).align, 8);
	CHECK_EQ(plan(64, 1, 0, false).align, 8);
}

static void every_object_lies_inside_its_slab(void)
{
	for (u32 size = 1; size <= 20000; size += size < 300 ? 1 : 97) {
		for (int watched = 0; watched < 2; watched++) {
			struct slab_layout l = plan(size, 0, 0, watched);
			u32 count = slab_layout_objects(&l, l.order);

			CHECK(count >= 1);
			CHECK(l.first + (count - 1) * l.slot + l.need <= PAGE_SIZE << l.order);
			CHECK_EQ(l.first % l.align, 0);
			CHECK_EQ(l.slot % l.align, 0);
			CHECK(l.slot >= size && l.need >= size);
			CHECK(l.order >= l.least_order);
		}
	}
}

static void watched_objects_have_gaps_on_both_sides(void)
{
	for (u32 size = 1; size <= 8192; size++) {
		u32 align = size & -size;
		struct slab_layout l = plan(size, align, 0, true);

		CHECK(l.first >= SLAB_RED_BYTES);
		CHECK(l.slot - size >= SLAB_RED_BYTES);
		CHECK(l.need - size >= SLAB_RED_BYTES);
		CHECK(l.link >= size && l.link + 8 <= l.slot);
		CHECK_EQ(l.first % align, 0);
	}
}

static void link_stays_out_of_objects_that_keep_their_bytes(void)
{
	struct kmem_cache_args args = { .ctor = no_ctor };
	struct slab_layout l;

	CHECK_EQ(plan(64, 0, 0, false).link, 0);
	CHECK_EQ(plan(64, 0, 0, false).slot, 64);
	CHECK_EQ(plan(60, 0, SLAB_TYPESAFE_BY_RCU, false).link, 64);
	CHECK_EQ(plan(60, 0, SLAB_TYPESAFE_BY_RCU, false).slot, 72);
	CHECK_EQ(slab_layout_make(&l, 64, &args, 0, false), 0);
	CHECK_EQ(l.link, 64);
	args = (struct kmem_cache_args) { .use_freeptr_offset = true, .freeptr_offset = 24 };
	CHECK_EQ(slab_layout_make(&l, 64, &args, SLAB_TYPESAFE_BY_RCU, false), 0);
	CHECK_EQ(l.link, 24);
	CHECK_EQ(l.slot, 64);
}

/* Numbers of Linux 6.12 with 2 CPUs: 4 * (fls(2) + 1) = 12 objects wanted. */
static void orders_follow_the_rule_of_linux(void)
{
	static const struct { u32 size, order_two_cpus;
	} rows[] = {
		{ 8, 0 },   { 64, 0 },	 { 192, 0 },  { 256, 0 },  { 336, 0 },	{ 344, 1 },
		{ 512, 1 }, { 1024, 2 }, { 2048, 3 }, { 4096, 3 }, { 8192, 3 },
	};

	if (km_port_cpus() == 2)
		for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			CHECK_EQ(plan(rows[i].size, 0, 0, false).order, rows[i].order_two_cpus);
	CHECK_EQ(plan(40000, 0, 0, false).order, 4);
	CHECK_EQ(plan(KMALLOC_MAX_SIZE, 0, 0, false).order, KMALLOC_MAX_ORDER);
}

static void what_no_slab_can_hold_is_refused(void)
{
	struct kmem_cache_args args = {};
	struct slab_layout l;

	CHECK(slab_layout_make(&l, KMALLOC_MAX_SIZE + 8, &args, 0, false) < 0);
	CHECK(slab_layout_make(&l, KMALLOC_MAX_SIZE, &args, 0, true) < 0);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(hwcache_align_halves_for_small_objects), T(every_object_lies_inside_its_slab),
	 T(watched_objects_have_gaps_on_both_sides),
	 T(link_stays_out_of_objects_that_keep_their_bytes), T(orders_follow_the_rule_of_linux),
	 T(what_no_slab_can_hold_is_refused));
