/* SPDX-License-Identifier: MIT */
/* resource_test.c - what a test owns: order of release, references, actions, texts, matching */
#include <kmalloc/machine.h>
#include <kunit/test.h>
#include <linux/string.h>
#include "test.h"

static struct kunit owner;
static char order[16];
static unsigned int seen, freed;

static void begin(void)
{
	memset(&owner, 0, sizeof(owner));
	kunit_init_test(&owner, "owner", NULL);
	memset(order, 0, sizeof(order));
	seen = freed = 0;
}

static void note_order(void *letter)
{
	order[strlen(order)] = *(const char *)letter;
}

static void the_youngest_goes_first(void)
{
	begin();
	CHECK_EQ(kunit_add_action(&owner, note_order, (void *)"a"), 0);
	CHECK_EQ(kunit_add_action(&owner, note_order, (void *)"b"), 0);
	CHECK_EQ(kunit_add_action_or_reset(&owner, note_order, (void *)"c"), 0);
	kunit_cleanup(&owner);
	CHECK(!strcmp(order, "cba"));
	CHECK(list_empty(&owner.resources));
}

static void add_another(void *letter)
{
	note_order(letter);
	CHECK_EQ(kunit_add_action(&owner, note_order, (void *)"x"), 0);
}

static void what_is_added_meanwhile_is_released(void)
{
	begin();
	CHECK_EQ(kunit_add_action(&owner, note_order, (void *)"a"), 0);
	CHECK_EQ(kunit_add_action(&owner, add_another, (void *)"b"), 0);
	kunit_cleanup(&owner);
	CHECK(!strcmp(order, "bxa"));
}

static void a_removed_action_is_not_called(void)
{
	static const char a = 'a', b = 'b', c = 'c';

	begin();
	CHECK_EQ(kunit_add_action(&owner, note_order, (void *)&a), 0);
	CHECK_EQ(kunit_add_action(&owner, note_order, (void *)&b), 0);
	CHECK_EQ(kunit_add_action(&owner, note_order, (void *)&c), 0);
	kunit_remove_action(&owner, note_order, (void *)&b);
	kunit_release_action(&owner, note_order, (void *)&a);
	CHECK(!strcmp(order, "a"));
	kunit_cleanup(&owner);
	CHECK(!strcmp(order, "ac"));
}

static void note_freed(struct kunit_resource *res)
{
	freed++;
}

static bool see_all(struct kunit *test, struct kunit_resource *res, void *data)
{
	seen++;
	return res->data == data;
}

/* R1, and R4: memory has a note of its own on the same list. */
static void matching_sees_the_modules_own(void)
{
	struct kunit_resource *found;
	void *memory;
	int one, two;

	begin();
	CHECK(kunit_alloc_resource(&owner, NULL, note_freed, GFP_KERNEL, &one) == &one);
	memory = kunit_kzalloc(&owner, 8, GFP_KERNEL);
	REQUIRE(memory);
	CHECK(!kunit_find_resource(&owner, see_all, memory));
	CHECK_EQ(seen, 1);
	CHECK_EQ(kunit_destroy_resource(&owner, see_all, &two), -ENOENT);
	found = kunit_find_resource(&owner, see_all, &one);
	REQUIRE(found);
	CHECK_EQ(kunit_destroy_resource(&owner, see_all, &one), 0);
	CHECK_EQ(freed, 0);
	kunit_put_resource(found);
	CHECK_EQ(freed, 1);
	kunit_cleanup(&owner);
	CHECK_EQ(freed, 1);
}

static void a_name_is_given_once(void)
{
	struct kunit_resource one, two;

	begin();
	CHECK_EQ(kunit_add_named_resource(&owner, NULL, note_freed, &one, "name", NULL), 0);
	CHECK_EQ(kunit_add_named_resource(&owner, NULL, note_freed, &two, "name", NULL), -EEXIST);
	CHECK_EQ(kunit_add_named_resource(&owner, NULL, note_freed, &two, NULL, NULL), -EINVAL);
	CHECK_EQ(kunit_destroy_named_resource(&owner, "name"), 0);
	CHECK_EQ(kunit_destroy_named_resource(&owner, "name"), -ENOENT);
	CHECK_EQ(freed, 1);
	kunit_cleanup(&owner);
}

static void memory_goes_back_early_or_at_the_end(void)
{
	char text[] = "on the stack";
	const char *copy;
	int foreign;

	begin();
	copy = kunit_kstrdup(&owner, text, GFP_KERNEL);
	REQUIRE(copy);
	CHECK(copy != text && !strcmp(copy, text));
	CHECK(!kunit_kstrdup(&owner, NULL, GFP_KERNEL));
	kunit_kfree(&owner, copy);
	copy = kunit_kstrdup_const(&owner, text, GFP_KERNEL);
	CHECK(copy != text);
	kunit_kfree_const(&owner, copy);
	CHECK(list_empty(&owner.resources));
	kunit_kfree_const(&owner, kunit_kstrdup_const(&owner, "constant", GFP_KERNEL));
	kunit_kfree(&owner, NULL);
	CHECK(list_empty(&owner.resources));
	CHECK_EQ(owner.status, KUNIT_SUCCESS);
	kunit_kfree(&owner, &foreign);
	CHECK_EQ(owner.status, KUNIT_FAILURE);
	CHECK(kunit_kcalloc(&owner, 3, 5, GFP_KERNEL));
	CHECK(!list_empty(&owner.resources));
	kunit_cleanup(&owner);
	CHECK(list_empty(&owner.resources));
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(the_youngest_goes_first), T(what_is_added_meanwhile_is_released),
	 T(a_removed_action_is_not_called), T(matching_sees_the_modules_own),
	 T(a_name_is_given_once), T(memory_goes_back_early_or_at_the_end));
