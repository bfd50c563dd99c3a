/* SPDX-License-Identifier: MIT */
/* dup_test.c - copies of memory and of text; who is told to have allocated them */
#include <kmalloc/machine.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "test.h"
#include "watch/watch.h"

static void copies_are_equal_and_separate(void)
{
	char from[] = "frame buffer", *copy;
	u32 numbers[] = { 1, 2, 3 }, *same;

	copy = kstrdup(from, GFP_KERNEL);
	REQUIRE(copy && copy != from);
	CHECK(!strcmp(copy, from));
	kfree(copy);
	copy = kstrndup(from, 5, GFP_KERNEL);
	CHECK(!strcmp(copy, "frame"));
	kfree(copy);
	copy = kstrndup(from, 500, GFP_KERNEL);
	CHECK(!strcmp(copy, from));
	kfree(copy);
	copy = kmemdup_nul(from, 3, GFP_KERNEL);
	CHECK(!strcmp(copy, "fra"));
	kfree(copy);
	same = kmemdup(numbers, sizeof(numbers), GFP_KERNEL);
	CHECK(same && same[2] == 3);
	kfree(same);
	same = kmemdup_array(numbers, 3, sizeof(u32), GFP_KERNEL);
	CHECK(same && same[1] == 2);
	kfree(same);
	same = kvmemdup(numbers, sizeof(numbers), GFP_KERNEL);
	CHECK(same && same[0] == 1);
	kvfree(same);
	kfree_const(kstrdup_const(from, GFP_KERNEL));
	kfree_const(kstrdup_const("constant", GFP_KERNEL));
}

static void nothing_is_copied_from_null(void)
{
	CHECK(!kstrdup(NULL, GFP_KERNEL));
	CHECK(!kstrndup(NULL, 4, GFP_KERNEL));
	CHECK(!kmemdup_nul(NULL, 4, GFP_KERNEL));
	CHECK(!kstrdup_const(NULL, GFP_KERNEL));
	kfree_const(NULL);
	CHECK(ZERO_OR_NULL_PTR(kmemdup("", 0, GFP_KERNEL)));
}

static void overflowing_copies_are_null(void)
{
	volatile size_t half = SIZE_MAX / 2 + 1;

	CHECK(!kmemdup_array("x", half, 4, GFP_KERNEL | __GFP_NOWARN));
}

static void formatted_text_fits_exactly(void)
{
	char *text = kasprintf(GFP_KERNEL, "%s-%d/%04x", "unit", 42, 0xbe);

	REQUIRE(text);
	CHECK(!strcmp(text, "unit-42/00be"));
	CHECK_EQ(ksize(text), 16);
	kfree(text);
	text = kasprintf(GFP_KERNEL, "%s", "");
	CHECK(text && !*text);
	kfree(text);
}

static const char *last_what;
static size_t last_bytes;

static enum km_verdict see(const struct km_event *event)
{
	last_what = event->what;
	last_bytes = event->bytes;
	return KM_GO;
}

static const struct km_rule listener = { .points = 1u << KM_POINT_ALLOC_ASK, .see = see };
static const struct km_rule *const rules[] = { &listener };

static void the_site_is_the_outer_call(void)
{
	watch_arm(rules, 1);
	kfree(kstrdup("four", GFP_KERNEL));
	CHECK(!strcmp(last_what, "kstrdup") && last_bytes == 5);
	kfree(kmemdup("four", 3, GFP_KERNEL));
	CHECK(!strcmp(last_what, "kmemdup") && last_bytes == 3);
	kfree(kasprintf(GFP_KERNEL, "%d", 123));
	CHECK(!strcmp(last_what, "kasprintf") && last_bytes == 4);
	watch_arm(NULL, 0);
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(copies_are_equal_and_separate), T(nothing_is_copied_from_null),
	 T(overflowing_copies_are_null), T(formatted_text_fits_exactly),
	 T(the_site_is_the_outer_call));
