/* SPDX-License-Identifier: MIT */
/*
 * bitmap_alloc_test.c - allocated bitmaps: whole longs, zeroed where promised, freed by
 * scope too
 */
#include <kmalloc/machine.h>
#include <linux/bitmap.h>
#include <linux/slab.h>
#include "test.h"

static void a_bitmap_has_room_for_its_last_bit(void)
{
	unsigned long *map = bitmap_alloc(65, GFP_KERNEL);

	REQUIRE(map);
	CHECK(ksize(map) >= 2 * sizeof(long));
	bitmap_fill(map, 65);
	CHECK_EQ(bitmap_weight(map, 65), 65);
	bitmap_free(map);
}

static void a_zeroed_bitmap_is_empty_where_one_was_full(void)
{
	unsigned long *map = bitmap_alloc(4096, GFP_KERNEL);

	REQUIRE(map);
	bitmap_fill(map, 4096);
	bitmap_free(map);
	map = bitmap_zalloc(4096, GFP_KERNEL);
	REQUIRE(map);
	CHECK(bitmap_empty(map, 4096));
	bitmap_free(map);
	bitmap_free(NULL);
}

static void a_scope_frees_its_bitmap(void)
{
	unsigned long *kept = NULL;

	{
		unsigned long *map __free(bitmap) = bitmap_zalloc(256, GFP_KERNEL);

		REQUIRE(map);
		__set_bit(255, map);
		kept = no_free_ptr(map);
	}
	REQUIRE(kept);
	CHECK(test_bit(255, kept));
	bitmap_free(kept);
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(a_bitmap_has_room_for_its_last_bit),
	 T(a_zeroed_bitmap_is_empty_where_one_was_full), T(a_scope_frees_its_bitmap));
