/* SPDX-License-Identifier: MIT */
/* kvmalloc_test.c - slab when it fits, vmalloc when it must, one event either way */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "test.h"
#include "watch/watch.h"

static bool is_filled(const u8 *at, u8 byte, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (at[i] != byte)
			return false;
	return true;
}

static void small_sizes_come_from_slab(void)
{
	void *object = kvmalloc(100, GFP_KERNEL);

	REQUIRE(object);
	CHECK(!is_vmalloc_addr(object));
	CHECK_EQ(ksize(object), 128);
	kvfree(object);
	CHECK(kvmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	kvfree(NULL);
	object = kvmalloc(64, GFP_KERNEL);
	kfree(object);
}

static void what_kmalloc_cannot_give_comes_from_vmalloc(void)
{
	size_t bytes = KMALLOC_MAX_SIZE + 5000;
	u8 *object = kvzalloc(bytes, GFP_KERNEL);

	REQUIRE(object);
	CHECK(is_vmalloc_addr(object));
	CHECK(is_filled(object, 0, bytes));
	memset(object, 1, bytes);
	kvfree(object);
	CHECK(!kvmalloc(bytes, GFP_NOWAIT));
}

static void overflow_and_too_much_are_null(void)
{
	volatile size_t half = SIZE_MAX / 2 + 1, huge = 1ul << 33;

	CHECK(!kvmalloc_array(half, 2, GFP_KERNEL));
	CHECK(!kvcalloc(half, 2, GFP_KERNEL));
	CHECK(!kvmalloc(huge, GFP_KERNEL | __GFP_NOWARN));
}

static void kvrealloc_crosses_between_both(void)
{
	size_t large = KMALLOC_MAX_SIZE + PAGE_SIZE;
	u8 *object = kvmalloc(1000, GFP_KERNEL);

	REQUIRE(object);
	memset(object, 3, 1000);
	object = kvrealloc(object, 5000, GFP_KERNEL);
	REQUIRE(object && is_filled(object, 3, 1000));
	memset(object, 4, 5000);
	object = kvrealloc(object, large, GFP_KERNEL);
	REQUIRE(object && is_vmalloc_addr(object) && is_filled(object, 4, 5000));
	memset(object, 5, large);
	object = kvrealloc(object, large + 3 * PAGE_SIZE, GFP_KERNEL);
	REQUIRE(object && is_filled(object, 5, large));
	object = kvrealloc(object, 10, GFP_KERNEL);
	REQUIRE(object && is_filled(object, 5, 10));
	CHECK(kvrealloc(object, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	object = kvrealloc(NULL, 20, GFP_KERNEL);
	CHECK(object);
	kvfree_sensitive(object, 20);
}

static void kvrealloc_wipes_what_is_cut_off_if_asked(void)
{
	char *object = kvmalloc(200, GFP_KERNEL);

	REQUIRE(object);
	memset(object, 1, 200);
	object = kvrealloc(object, 100, GFP_KERNEL | __GFP_ZERO);
	CHECK_EQ(object[99], 1);
	object = kvrealloc(object, 180, GFP_KERNEL | __GFP_ZERO);
	for (unsigned int i = 100; i < 180; i++)
		CHECK_EQ(object[i], 0);
	kvfree(object);
}

static unsigned int asked, freed;
static enum km_family family;

static enum km_verdict see(const struct km_event *event)
{
	family = event->family;
	if (event->point == KM_POINT_ALLOC_ASK)
		asked++;
	else
		freed++;
	return KM_GO;
}

static const struct km_rule listener = {
	.points = 1u << KM_POINT_ALLOC_ASK | 1u << KM_POINT_FREE_ASK, .see = see,
};
static const struct km_rule *const rules[] = { &listener };

static void each_call_is_told_once(void)
{
	static const size_t sizes[] = { 50, 9000, KMALLOC_MAX_SIZE + 1 };

	for (unsigned int i = 0; i < 3; i++) {
		void *object;

		asked = freed = 0;
		watch_arm(rules, 1);
		object = kvmalloc(sizes[i], GFP_KERNEL);
		CHECK_EQ(family, KM_FAMILY_KVMALLOC);
		kvfree(object);
		watch_arm(NULL, 0);
		CHECK_EQ(family, KM_FAMILY_KVMALLOC);
		CHECK_EQ(asked, 1);
		CHECK_EQ(freed, 1);
	}
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(small_sizes_come_from_slab), T(what_kmalloc_cannot_give_comes_from_vmalloc),
	 T(overflow_and_too_much_are_null), T(kvrealloc_crosses_between_both),
	 T(kvrealloc_wipes_what_is_cut_off_if_asked),
	 T(each_call_is_told_once));
