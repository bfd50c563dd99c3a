/* SPDX-License-Identifier: MIT */
/* chunk_test.c - the map of a unit, and the set of chunks, against a model */
#include <test.h>

#include <linux/bitmap.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "kern/kern.h"
#include "percpu/chunk.h"

#define GRANULES	512u
#define CHUNKS		40
#define AREAS		3000

static struct percpu_chunk chunks[CHUNKS];
static unsigned long maps[CHUNKS][2][GRANULES / 64];
static unsigned char model[GRANULES];		/* 0 free, else an area's number */

static void chunk_set_up(unsigned int i, uint32_t reserved)
{
	chunks[i] = (struct percpu_chunk) {
		.base = 0x100000 + (uintptr_t)(i * 7 % CHUNKS) * 0x100000, .granules = GRANULES,
		.taken = maps[i][0], .starts = maps[i][1], .slot = -1,
	};
	chunk_clear(&chunks[i], reserved);
}

static bool model_has_room(uint32_t want, uint32_t align)
{
	for (uint32_t at = 0; at + want <= GRANULES; at += align) {
		uint32_t n = 0;

		while (n < want && !model[at + n])
			n++;
		if (n == want)
			return true;
	}
	return false;
}

static void model_fill(uint32_t at, uint32_t want, unsigned char mark)
{
	for (uint32_t n = 0; n < want; n++) {
		CHECK_EQ(!model[at + n], mark != 0);
		model[at + n] = mark;
	}
}

static void runs_are_found_exactly_when_there_is_one(void)
{
	static struct { uint32_t at, want; } areas[200];
	uint32_t reserved = 5;

	chunk_set_up(0, reserved);
	memset(model, 0, sizeof(model));
	memset(model, 255, reserved);
	memset(areas, 0, sizeof(areas));
	for (unsigned int step = 0; step < 40000; step++) {
		unsigned int i = km_test_random_below(200);
		uint32_t align = 1u << km_test_random_below(5);
		bool has_room;
		long at;

		if (areas[i].want) {
			CHECK_EQ(chunk_length(&chunks[0], areas[i].at), areas[i].want);
			CHECK_EQ(chunk_give(&chunks[0], areas[i].at), areas[i].want);
			model_fill(areas[i].at, areas[i].want, 0);
			areas[i].want = 0;
			continue;
		}
		areas[i].want = 1 + km_test_random_below(12);
		has_room = model_has_room(areas[i].want, align);
		at = chunk_take(&chunks[0], areas[i].want, align);
		CHECK_EQ(at >= 0, has_room);
		if (at < 0) {
			areas[i].want = 0;
			continue;
		}
		CHECK_EQ(at % align, 0);
		areas[i].at = at;
		model_fill(at, areas[i].want, 1 + i);
		if (step % 64 == 0)
			CHECK(!chunk_fault(&chunks[0]));
	}
	CHECK(!chunk_fault(&chunks[0]));
	for (unsigned int i = 0; i < 200; i++) {
		if (areas[i].want)
			chunk_give(&chunks[0], areas[i].at);
	}
	CHECK_EQ(chunks[0].free, GRANULES - reserved);
	CHECK_EQ(chunks[0].longest, GRANULES - reserved);
	CHECK_EQ(chunks[0].areas, 0);
}

static void what_is_no_area_is_not_given(void)
{
	long at, next;

	chunk_set_up(0, 0);
	at = chunk_take(&chunks[0], 3, 1);
	next = chunk_take(&chunks[0], 4, 1);
	CHECK_EQ(next, at + 3);
	CHECK_EQ(chunk_length(&chunks[0], at), 3);
	CHECK_EQ(chunk_give(&chunks[0], at + 1), 0);
	CHECK_EQ(chunk_give(&chunks[0], next + 4), 0);
	CHECK_EQ(chunk_give(&chunks[0], GRANULES + 5), 0);
	CHECK_EQ(chunk_give(&chunks[0], at), 3);
	CHECK_EQ(chunk_give(&chunks[0], at), 0);
	CHECK_EQ(chunk_length(&chunks[0], next), 4);
}

static void what_is_shunned_is_never_handed_out(void)
{
	uint32_t taken = 0;
	long at;

	chunk_set_up(0, 0);
	chunk_shun(&chunks[0], 100, 130);
	while ((at = chunk_take(&chunks[0], 2, 1)) >= 0) {
		CHECK(at + 2 <= 100 || at >= 130);
		taken += 2;
	}
	CHECK_EQ(taken, GRANULES - 30);
	CHECK_EQ(chunk_give(&chunks[0], 100), 0);
	CHECK(!chunk_fault(&chunks[0]));
}

static void the_set_finds_chunks_by_address(void)
{
	set_boot_locked();
	CHECK(!set_find_locked(0x100000));
	for (unsigned int i = 0; i < CHUNKS; i++) {
		chunk_set_up(i, 0);
		set_add_locked(&chunks[i]);
	}
	for (unsigned int i = 0; i < CHUNKS; i++) {
		CHECK(set_find_locked(chunks[i].base) == &chunks[i]);
		CHECK(set_find_locked(chunks[i].base + GRANULES * 4 - 1) == &chunks[i]);
		CHECK(set_find_locked(chunks[i].base + GRANULES * 4) != &chunks[i]);
		CHECK(set_find_locked(chunks[i].base - 1) != &chunks[i]);
	}
	for (unsigned int i = 0; i < CHUNKS; i++)
		set_remove_locked(&chunks[i]);
	CHECK(!set_first_locked());
}

/* Every granule of every chunk can be handed out: no run that would fit is overlooked for good. */
static void the_set_can_be_filled_to_the_brim(void)
{
	uint32_t taken = 0, at;

	set_boot_locked();
	for (unsigned int i = 0; i < CHUNKS; i++) {
		chunk_set_up(i, 0);
		set_add_locked(&chunks[i]);
	}
	CHECK(set_has_run_locked(GRANULES / 2, NULL));
	while (set_take_locked(2, 2, &at))
		taken += 2;
	CHECK_EQ(taken, CHUNKS * GRANULES);
	CHECK(!set_has_run_locked(1, NULL));
	set_give_locked(&chunks[7], 100);
	set_give_locked(&chunks[7], 102);
	CHECK(!set_take_locked(5, 1, &at));
	CHECK(set_take_locked(4, 4, &at) == &chunks[7]);
	CHECK_EQ(at, 100);
	CHECK(!set_take_locked(1, 1, &at));
}

/* A new chunk is begun only when the old ones are nearly full. */
static void full_chunks_are_filled_first(void)
{
	uint32_t at, used = 0;

	set_boot_locked();
	for (unsigned int i = 0; i < CHUNKS; i++) {
		chunk_set_up(i, 0);
		set_add_locked(&chunks[i]);
	}
	for (unsigned int n = 0; n < AREAS; n++)
		CHECK(set_take_locked(1 + km_test_random_below(4), 1, &at));
	for (unsigned int i = 0; i < CHUNKS; i++)
		used += chunks[i].areas != 0;
	CHECK(used <= AREAS * 5 / 2 / GRANULES + 3);
}

static int boot_port(void)
{
	return km_port_boot(&kern_port_hooks);
}

KM_TESTS(boot_port,
	 T(runs_are_found_exactly_when_there_is_one),
	 T(what_is_no_area_is_not_given),
	 T(what_is_shunned_is_never_handed_out),
	 T(the_set_finds_chunks_by_address),
	 T(the_set_can_be_filled_to_the_brim),
	 T(full_chunks_are_filled_first));
