/* SPDX-License-Identifier: MIT */
/* space_test.c - the address tree against a model */
#include <test.h>

#include "kern/kern.h"
#include "vmap/area.h"

#define BASE	0x100000000UL
#define PAGES	256UL
#define AREAS	64

static const struct space_ask any = { .align = PAGE_SIZE };
static struct vmap_area areas[AREAS];
static bool is_placed[AREAS];

static bool model_is_free(uintptr_t start, size_t bytes)
{
	if (start < BASE || start + bytes > BASE + PAGES * PAGE_SIZE)
		return false;
	for (unsigned int i = 0; i < AREAS; i++) {
		if (is_placed[i] && start < areas[i].start + areas[i].bytes &&
		    areas[i].start < start + bytes)
			return false;
	}
	return true;
}

static bool model_has_room(size_t bytes, size_t align)
{
	for (uintptr_t at = (BASE + align - 1) & ~(align - 1); at < BASE + PAGES * PAGE_SIZE;
	     at += align) {
		if (model_is_free(at, bytes))
			return true;
	}
	return false;
}

static void place(unsigned int slot)
{
	size_t align = PAGE_SIZE << km_test_random_below(5);
	bool has_room;

	areas[slot].bytes = (1 + km_test_random_below(24)) * PAGE_SIZE;
	has_room = model_has_room(areas[slot].bytes, align);
	CHECK_EQ(space_place_locked(&areas[slot], &(struct space_ask) { .align = align }),
		 has_room);
	if (!has_room)
		return;
	CHECK(model_is_free(areas[slot].start, areas[slot].bytes));
	CHECK_EQ(areas[slot].start & (align - 1), 0);
	is_placed[slot] = true;
}

static void check_lookup(void)
{
	uintptr_t at = BASE + km_test_random_below(PAGES) * PAGE_SIZE;
	struct vmap_area *found = space_find_locked(at);

	CHECK_EQ(found == NULL, model_is_free(at, PAGE_SIZE));
	if (found)
		CHECK(at >= found->start && at < found->start + found->bytes);
}

static void places_are_found_exactly_when_there_is_one(void)
{
	unsigned int count = 0;

	space_boot_locked(BASE, PAGES * PAGE_SIZE, 0);
	for (unsigned int step = 0; step < 20000; step++) {
		unsigned int slot = km_test_random_below(AREAS);

		if (is_placed[slot]) {
			space_remove_locked(&areas[slot]);
			is_placed[slot] = false;
		} else {
			place(slot);
		}
		check_lookup();
	}
	for (struct vmap_area *area = space_first_locked(); area; area = space_next_locked(area))
		count++;
	for (unsigned int slot = 0; slot < AREAS; slot++)
		count -= is_placed[slot];
	CHECK_EQ(count, 0);
}

static void freed_addresses_are_not_reused_at_once(void)
{
	uintptr_t first;

	space_boot_locked(BASE, PAGES * PAGE_SIZE, 0);
	areas[0].bytes = 2 * PAGE_SIZE;
	CHECK(space_place_locked(&areas[0], &any));
	first = areas[0].start;
	space_remove_locked(&areas[0]);
	CHECK(space_place_locked(&areas[0], &any));
	CHECK(areas[0].start != first);
	space_remove_locked(&areas[0]);
	/* In the end they are: the range is not used up. */
	for (unsigned int i = 0; i < 1000; i++) {
		CHECK(space_place_locked(&areas[0], &any));
		space_remove_locked(&areas[0]);
	}
}

/* Areas go where they are put, if nothing is there, and no other into the windows. */
static void windows_are_for_those_put_there(void)
{
	const struct space_ask low = { .align = PAGE_SIZE, .high = BASE + 64 * PAGE_SIZE };

	space_boot_locked(BASE, PAGES * PAGE_SIZE, 128 * PAGE_SIZE);
	for (unsigned int i = 0; i < 5; i++)
		areas[i].bytes = 3 * PAGE_SIZE;
	CHECK(space_put_locked(&areas[0], BASE + 10 * PAGE_SIZE));
	CHECK(!space_put_locked(&areas[1], BASE + 8 * PAGE_SIZE));
	CHECK(!space_put_locked(&areas[1], BASE + 12 * PAGE_SIZE));
	CHECK(space_put_locked(&areas[1], BASE + 13 * PAGE_SIZE));
	CHECK(space_put_locked(&areas[2], BASE + 7 * PAGE_SIZE));
	CHECK(space_overlap_locked(BASE + 9 * PAGE_SIZE, PAGE_SIZE) == &areas[2]);
	CHECK(!space_overlap_locked(BASE, 7 * PAGE_SIZE));
	CHECK(space_after_locked(BASE + 11 * PAGE_SIZE) == &areas[0]);
	CHECK(space_after_locked(BASE + 13 * PAGE_SIZE) == &areas[1]);
	CHECK(!space_after_locked(BASE + 16 * PAGE_SIZE));
	CHECK(space_place_locked(&areas[3], &any));
	CHECK(areas[3].start >= BASE + 128 * PAGE_SIZE);
	CHECK(!space_place_locked(&areas[4], &low));
	for (unsigned int i = 0; i < 4; i++)
		space_remove_locked(&areas[i]);
}

/* Bounds are kept, whatever else is free. */
static void bounds_are_kept(void)
{
	const struct space_ask bounded = {
		.align = PAGE_SIZE, .low = BASE + 20 * PAGE_SIZE, .high = BASE + 30 * PAGE_SIZE,
	};
	unsigned int count = 0;

	space_boot_locked(BASE, PAGES * PAGE_SIZE, 0);
	for (unsigned int i = 0; i < 6; i++)
		areas[i].bytes = 2 * PAGE_SIZE;
	while (count < 6 && space_place_locked(&areas[count], &bounded)) {
		CHECK(areas[count].start >= bounded.low);
		CHECK(areas[count].start + areas[count].bytes <= bounded.high);
		count++;
	}
	CHECK_EQ(count, 5);
	while (count--)
		space_remove_locked(&areas[count]);
}

static int boot_port(void)
{
	return km_port_boot(&kern_port_hooks);
}

KM_TESTS(boot_port,
	 T(places_are_found_exactly_when_there_is_one),
	 T(freed_addresses_are_not_reused_at_once),
	 T(windows_are_for_those_put_there),
	 T(bounds_are_kept));
