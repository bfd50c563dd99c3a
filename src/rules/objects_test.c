/* SPDX-License-Identifier: MIT */
/* objects_test.c - the table of objects against a plain array, over random traces */
#include "kern/kern.h"
#include "rules/objects.h"
#include "test.h"

#define ARENA		0x100000000000ul
#define PAGES		64u
#define PAGE		4096u
#define SLOTS		128u

struct model { uintptr_t start; size_t usable, bytes; bool is_used; };
static struct model model[SLOTS];

static struct model *model_around(uintptr_t address)
{
	for (unsigned int i = 0; i < SLOTS; i++)
		if (model[i].is_used && address >= model[i].start &&
		    address < model[i].start + model[i].usable)
			return &model[i];
	return NULL;
}

static bool overlaps(const struct model *a, uintptr_t start, size_t usable)
{
	return a->is_used && a->start < start + usable && start < a->start + a->usable;
}

static void add_random(void)
{
	size_t usable = km_test_random_below(4) ? 8 * (1 + km_test_random_below(64)) :
			PAGE * (1 + km_test_random_below(8));
	uintptr_t start = ARENA + 8 * km_test_random_below(PAGES * PAGE / 8);
	struct object *object = object_add(start, usable, true);

	CHECK(object != NULL);
	for (unsigned int i = 0; i < SLOTS; i++)
		if (overlaps(&model[i], start, usable))
			model[i].is_used = false;
	for (unsigned int i = 0; i < SLOTS; i++) {
		if (model[i].is_used)
			continue;
		model[i] = (struct model){ start, usable, usable, true };
		return;
	}
	object_drop(object);
}

static void drop_random(void)
{
	struct model *victim = &model[km_test_random_below(SLOTS)];

	if (!victim->is_used)
		return;
	object_drop(object_at(victim->start));
	victim->is_used = false;
}

static void compare_at(uintptr_t address)
{
	const struct model *want = model_around(address);
	const struct object *got = object_around(address);

	CHECK_EQ(got ? got->start : 0, want ? want->start : 0);
	got = object_at(address);
	CHECK_EQ(got != NULL, want && want->start == address);
}

static unsigned int count_all(void)
{
	struct object_walk walk = { 0 };
	unsigned int count = 0;

	while (object_next(&walk))
		count++;
	return count;
}

static unsigned int count_model(void)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < SLOTS; i++)
		count += model[i].is_used;
	return count;
}

static void table_agrees_with_a_plain_array(void)
{
	objects_forget();
	memory_forget();
	for (unsigned int i = 0; i < SLOTS; i++)
		model[i].is_used = false;
	for (unsigned int step = 0; step < 20000; step++) {
		if (km_test_random_below(3))
			add_random();
		else
			drop_random();
		compare_at(ARENA + km_test_random_below(PAGES * PAGE));
		compare_at(ARENA + 8 * km_test_random_below(PAGES * PAGE / 8));
		if (step % 500 == 0)
			CHECK_EQ(count_all(), count_model());
	}
}

static void a_range_drops_whatever_it_touches(void)
{
	objects_forget();
	memory_forget();
	object_add(ARENA + 64, 64, true);
	object_add(ARENA + 128, 64, true);
	object_add(ARENA + 192, 3 * PAGE, true);
	objects_drop_range(ARENA + 127, 2);
	CHECK(!object_at(ARENA + 64));
	CHECK(!object_at(ARENA + 128));
	CHECK(object_at(ARENA + 192) != NULL);
	CHECK(object_around(ARENA + 2 * PAGE) != NULL);
	objects_drop_range(ARENA + 2 * PAGE, 1);
	CHECK(!object_at(ARENA + 192));
	CHECK_EQ(count_all(), 0);
}

static void the_nearest_edge_wins(void)
{
	struct object *left, *right;

	objects_forget();
	memory_forget();
	left = object_add(ARENA, 64, true);
	right = object_add(ARENA + 96, 64, true);
	left->bytes = 50;
	CHECK(object_near(ARENA + 50, 512) == left);
	CHECK(object_near(ARENA + 70, 512) == left);
	CHECK(object_near(ARENA + 95, 512) == right);
	CHECK(object_near(ARENA + 96 + 64 + 500, 512) == right);
	CHECK(object_near(ARENA + 96 + 64 + 600, 512) == NULL);
}

static void a_million_records_stay_fast(void)
{
	objects_forget();
	memory_forget();
	for (unsigned int i = 0; i < 1000000; i++)
		CHECK(object_add(ARENA + 16ul * i, 16, false) != NULL);
	for (unsigned int i = 0; i < 1000000; i += 7)
		CHECK(object_at(ARENA + 16ul * i) != NULL);
	CHECK_EQ(count_all(), 1000000);
}

static int setup(void)
{
	return km_port_boot(&kern_port_hooks);
}

KM_TESTS(setup,
	T(table_agrees_with_a_plain_array),
	T(a_range_drops_whatever_it_touches),
	T(the_nearest_edge_wins),
	T(a_million_records_stay_fast));
