/* SPDX-License-Identifier: MIT */
/* devres_test.c - what a device holds: order of release, groups, managed memory, actions */
#define KMALLOC_CHECKED 1
#include <test.h>
#include <kmalloc/machine.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/string.h>
#include "page/page_room.h"
#include "slab/count_test.h"
#include "watch/watch.h"

static char order[64];
static struct device holder;
static unsigned long before;
/* The compiler knows what too large is. */
static volatile size_t huge = SIZE_MAX;

static void holder_release(struct device *dev)
{
	strcat(order, ".");
}

static void hold(void)
{
	memset(&holder, 0, sizeof(holder));
	before = objects_out();
	order[0] = 0;
	holder.init_name = "holder";
	holder.release = holder_release;
	CHECK_EQ(device_register(&holder), 0);
}

static void let_go(void)
{
	device_unregister(&holder);
	CHECK_EQ(objects_out(), before);
}

static void note(void *letter)
{
	strcat(order, letter);
}

static void release_letter(struct device *dev, void *res)
{
	note(res);
}

static void release_other(struct device *dev, void *res)
{
}

static char *letter_add(const char *letter)
{
	char *res = devres_alloc(release_letter, 2, GFP_KERNEL);

	if (!res)
		return NULL;
	CHECK_EQ(res[1], 0);
	strcpy(res, letter);
	devres_add(&holder, res);
	return res;
}

static int letter_is(struct device *dev, void *res, void *data)
{
	return !strcmp(res, data);
}

static void the_youngest_goes_first(void)
{
	hold();
	letter_add("a");
	CHECK_EQ(devm_add_action(&holder, note, "b"), 0);
	letter_add("c");
	CHECK(devm_kmalloc(&holder, 1000, GFP_KERNEL) != NULL);
	CHECK_EQ(devm_add_action_or_reset(&holder, note, "d"), 0);
	let_go();
	CHECK(!strcmp(order, "dcba."));
}

static void one_is_found_removed_released(void)
{
	char *a, *b, *twin;

	hold();
	a = letter_add("a");
	b = letter_add("b");
	CHECK(devres_find(&holder, release_letter, NULL, NULL) == b);
	CHECK(devres_find(&holder, release_letter, letter_is, "a") == a);
	CHECK(!devres_find(&holder, release_letter, letter_is, "x"));
	CHECK(!devres_find(&holder, release_other, NULL, NULL));
	twin = devres_alloc(release_letter, 2, GFP_KERNEL);
	strcpy(twin, "a");
	CHECK(devres_get(&holder, twin, letter_is, "a") == a);
	twin = devres_alloc(release_letter, 2, GFP_KERNEL);
	strcpy(twin, "t");
	CHECK(devres_get(&holder, twin, letter_is, "t") == twin);
	CHECK(devres_remove(&holder, release_letter, letter_is, "b") == b);
	devres_free(b);
	CHECK_EQ(devres_release(&holder, release_letter, letter_is, "b"), -ENOENT);
	CHECK_EQ(devres_destroy(&holder, release_letter, letter_is, "t"), 0);
	CHECK_EQ(devres_destroy(&holder, release_letter, letter_is, "t"), -ENOENT);
	CHECK(!strcmp(order, ""));
	CHECK_EQ(devres_release(&holder, release_letter, letter_is, "a"), 0);
	CHECK(!strcmp(order, "a"));
	devres_free(NULL);
	let_go();
}

static void count_one(struct device *dev, void *res, void *data)
{
	++*(int *)data;
}

static void all_of_a_kind_are_visited(void)
{
	int count = 0;

	hold();
	letter_add("a");
	CHECK_EQ(devm_add_action(&holder, note, "x"), 0);
	letter_add("a");
	letter_add("b");
	devres_for_each_res(&holder, release_letter, NULL, NULL, count_one, &count);
	CHECK_EQ(count, 3);
	devres_for_each_res(&holder, release_letter, letter_is, "a", count_one, &count);
	CHECK_EQ(count, 5);
	let_go();
}

static void a_group_goes_by_itself(void)
{
	void *outer, *inner;

	hold();
	letter_add("a");
	outer = devres_open_group(&holder, NULL, GFP_KERNEL);
	letter_add("b");
	inner = devres_open_group(&holder, order, GFP_KERNEL);
	CHECK(inner == order);
	letter_add("c");
	devres_close_group(&holder, NULL);
	letter_add("d");
	devres_close_group(&holder, outer);
	letter_add("e");
	CHECK_EQ(devres_release_group(&holder, outer), 3);
	CHECK(!strcmp(order, "dcb"));
	let_go();
	CHECK(!strcmp(order, "dcbea."));
}

static void a_group_that_reaches_out_keeps_its_markers(void)
{
	void *outer;

	hold();
	outer = devres_open_group(&holder, NULL, GFP_KERNEL);
	letter_add("a");
	CHECK(devres_open_group(&holder, "over", GFP_KERNEL) != NULL);
	letter_add("b");
	devres_close_group(&holder, outer);
	letter_add("c");
	devres_close_group(&holder, "over");
	letter_add("d");
	CHECK_EQ(devres_release_group(&holder, outer), 2);
	CHECK(!strcmp(order, "ba"));
	CHECK_EQ(devres_release_group(&holder, "over"), 1);
	CHECK(!strcmp(order, "bac"));
	CHECK(devres_open_group(&holder, "open", GFP_KERNEL) != NULL);
	letter_add("e");
	CHECK_EQ(devres_release_group(&holder, NULL), 1);
	CHECK(devres_open_group(&holder, "gone", GFP_KERNEL) != NULL);
	letter_add("f");
	devres_remove_group(&holder, "gone");
	CHECK(devres_open_group(&holder, "left", GFP_KERNEL) != NULL);
	let_go();
	CHECK(!strcmp(order, "bacefd."));
}

/* -- memory ----------------------------------------------------------------------------------- */

static void memory_comes_in_all_forms(void)
{
	char *text, *zero;

	hold();
	CHECK(devm_kmalloc(&holder, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	CHECK(devm_kcalloc(&holder, 0, 8, GFP_KERNEL) == ZERO_SIZE_PTR);
	CHECK(!devm_kmalloc(&holder, huge, GFP_KERNEL | __GFP_NOWARN));
	CHECK(!devm_kmalloc(&holder, huge - 32, GFP_KERNEL | __GFP_NOWARN));
	CHECK(!devm_kcalloc(&holder, huge / 2, 3, GFP_KERNEL));
	CHECK(!devm_kmalloc_array(&holder, huge / 2, 3, GFP_KERNEL));
	zero = devm_kzalloc(&holder, 300, GFP_KERNEL);
	REQUIRE(zero);
	CHECK(!memchr_inv(zero, 0, 300));
	CHECK_EQ((unsigned long)zero % ARCH_KMALLOC_MINALIGN, 0);
	text = devm_kasprintf(&holder, GFP_KERNEL, "%s-%d", "eth", 4);
	REQUIRE(text);
	CHECK(!strcmp(text, "eth-4"));
	CHECK(!strcmp(devm_kstrdup(&holder, "copy", GFP_KERNEL), "copy"));
	CHECK(!strcmp(devm_kstrdup_const(&holder, "const", GFP_KERNEL), "const"));
	CHECK(!devm_kstrdup(&holder, NULL, GFP_KERNEL));
	CHECK(!memcmp(devm_kmemdup(&holder, "12345", 5, GFP_KERNEL), "12345", 5));
	CHECK(!memcmp(devm_kmemdup_array(&holder, "12345678", 2, 4, GFP_KERNEL), "12345678", 8));
	devm_kfree(&holder, text);
	devm_kfree(&holder, NULL);
	devm_kfree(&holder, ZERO_SIZE_PTR);
	let_go();
}

static void memory_changes_its_size_in_its_place(void)
{
	char *p, *q;

	hold();
	letter_add("a");
	p = devm_krealloc(&holder, NULL, 20, GFP_KERNEL);
	REQUIRE(p);
	letter_add("b");
	strcpy(p, "keep me");
	p = devm_krealloc(&holder, p, 3000, GFP_KERNEL | __GFP_ZERO);
	REQUIRE(p);
	CHECK(!strcmp(p, "keep me"));
	/* Zeroed behind what was asked for before. */
	q = devm_krealloc(&holder, p, 3001, GFP_KERNEL);
	CHECK(q == p);
	q = devm_krealloc(&holder, p, 8, GFP_KERNEL);
	CHECK(q == p && !strcmp(q, "keep me"));
	CHECK(!devm_krealloc(&holder, p, huge, GFP_KERNEL | __GFP_NOWARN));
	CHECK(!devm_krealloc_array(&holder, p, huge, 2, GFP_KERNEL));
	CHECK(!strcmp(p, "keep me"));
	CHECK(devm_krealloc(&holder, p, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	CHECK(devm_krealloc(&holder, ZERO_SIZE_PTR, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	let_go();
	CHECK(!strcmp(order, "ba."));
}

static void what_is_not_the_devices_is_told(void)
{
	void *stranger = kmalloc(50, GFP_KERNEL);

	hold();
	km_test_console_clear();
	devm_kfree(&holder, stranger);
	CHECK(strstr(km_test_console(), "is no memory of device 'holder'"));
	km_test_console_clear();
	CHECK(!devm_krealloc(&holder, stranger, 100, GFP_KERNEL));
	CHECK(strstr(km_test_console(), "is no memory of device 'holder'"));
	km_test_console_clear();
	devm_free_pages(&holder, 4096);
	CHECK(strstr(km_test_console(), "is no page of device 'holder'"));
	let_go();
	kfree(stranger);
}

static void pages_and_actions_and_interrupts_go_too(void)
{
	unsigned long pages, free = page_free_total();

	hold();
	pages = devm_get_free_pages(&holder, GFP_KERNEL | __GFP_ZERO, 5);
	REQUIRE(pages);
	CHECK(!memchr_inv((void *)pages, 0, PAGE_SIZE << 5));
	CHECK(devm_get_free_pages(&holder, GFP_KERNEL, 2));
	CHECK(!devm_get_free_pages(&holder, GFP_KERNEL | __GFP_NOWARN, MAX_PAGE_ORDER + 1));
	devm_free_pages(&holder, pages);
	CHECK_EQ(devm_request_irq(&holder, 3, no_action, 0, NULL, &holder), 0);
	CHECK(devm_request_irq(&holder, 3, no_action, 0, "second", order) != 0);
	CHECK_EQ(devm_request_threaded_irq(&holder, 4, no_action, no_action, 0, "t", order), 0);
	devm_free_irq(&holder, 4, order);
	CHECK_EQ(devm_add_action(&holder, note, "x"), 0);
	CHECK_EQ(devm_add_action(&holder, note, "y"), 0);
	CHECK_EQ(devm_add_action(&holder, note, "z"), 0);
	devm_remove_action(&holder, note, "y");
	devm_release_action(&holder, note, "x");
	CHECK(!strcmp(order, "x"));
	let_go();
	CHECK(!strcmp(order, "xz."));
	CHECK_EQ(request_irq(3, no_action, 0, "free again", order), 0);
	free_irq(3, order);
	CHECK(page_free_total() + 16 >= free);
}

/* -- every internal allocation fails once ------------------------------------------------------ */

static int fail_at, asked;

static enum km_verdict refuse_one(const struct km_event *event)
{
	return asked++ == fail_at ? KM_REFUSE : KM_GO;
}

static const struct km_rule refuser = { .points = 1u << KM_POINT_ALLOC_ASK, .see = refuse_one };

static int everything_once(void)
{
	void *group;

	if (!devm_kzalloc(&holder, 10, GFP_KERNEL))
		return -ENOMEM;
	group = devres_open_group(&holder, NULL, GFP_KERNEL);
	if (!group)
		return -ENOMEM;
	if (devm_add_action_or_reset(&holder, note, "r"))
		return -ENOMEM;
	if (!devm_get_free_pages(&holder, GFP_KERNEL, 1))
		return -ENOMEM;
	devres_close_group(&holder, group);
	return letter_add("l") ? 0 : -ENOMEM;
}

static void each_allocation_may_fail(void)
{
	static const struct km_rule *rules[] = { &refuser };
	int error = -ENOMEM;

	for (fail_at = 0; error; fail_at++) {
		hold();
		asked = 0;
		watch_arm(rules, 1);
		error = everything_once();
		watch_arm(rules, 0);
		CHECK(error || asked <= fail_at);
		let_go();
		/* The action ran once, whether it could be added or not. */
		CHECK(fail_at < 2 || order[0] == 'r' || order[1] == 'r');
	}
	CHECK_EQ(fail_at, 6);
}

static int setup(void)
{
	return km_machine_boot(&(struct km_config){ .watch_all = true });
}

KM_TESTS(setup, T(the_youngest_goes_first), T(one_is_found_removed_released),
	 T(all_of_a_kind_are_visited), T(a_group_goes_by_itself),
	 T(a_group_that_reaches_out_keeps_its_markers), T(memory_comes_in_all_forms),
	 T(memory_changes_its_size_in_its_place), T(what_is_not_the_devices_is_told),
	 T(pages_and_actions_and_interrupts_go_too), T(each_allocation_may_fail));
