/* SPDX-License-Identifier: MIT */
/* rhashtable_test.c - tables against a plain model; duplicates, replacing, walking, bounds */
#include <kmalloc/machine.h>
#include <linux/err.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include "test.h"

#define KEYS	300u

struct entry {
	u32 key;
	struct rhash_head node;
	bool is_in, was_seen;
};

static const struct rhashtable_params params = {
	.key_len = sizeof(u32),
	.key_offset = offsetof(struct entry, key),
	.head_offset = offsetof(struct entry, node),
};

static struct entry entries[KEYS];

static void entries_begin(void)
{
	for (unsigned int i = 0; i < KEYS; i++)
		entries[i] = (struct entry){ .key = i };
}

static void random_changes_agree_with_a_model(void)
{
	struct rhashtable table;
	int count = 0;

	entries_begin();
	CHECK_EQ(rhashtable_init(&table, &params), 0);
	for (int step = 0; step < 20000; step++) {
		struct entry *entry = &entries[km_test_random_below(KEYS)];
		void *found = rhashtable_lookup_fast(&table, &entry->key, params);

		CHECK(found == (entry->is_in ? entry : NULL));
		if (km_test_random_below(2)) {
			CHECK_EQ(rhashtable_lookup_insert_fast(&table, &entry->node, params),
				 entry->is_in ? -EEXIST : 0);
			count += !entry->is_in;
			entry->is_in = true;
		} else {
			CHECK_EQ(rhashtable_remove_fast(&table, &entry->node, params),
				 entry->is_in ? 0 : -ENOENT);
			count -= entry->is_in;
			entry->is_in = false;
		}
		CHECK_EQ(atomic_read(&table.nelems), count);
	}
	rhashtable_destroy(&table);
}

static void a_walk_sees_each_entry_once(void)
{
	struct rhashtable_iter iter;
	struct rhashtable table;
	struct entry *entry;
	unsigned int seen = 0;

	entries_begin();
	CHECK_EQ(rhashtable_init(&table, &params), 0);
	for (unsigned int i = 0; i < KEYS; i++)
		CHECK_EQ(rhashtable_insert_fast(&table, &entries[i].node, params), 0);
	rhashtable_walk_enter(&table, &iter);
	rhashtable_walk_start(&iter);
	while ((entry = rhashtable_walk_next(&iter))) {
		CHECK(!entry->was_seen);
		entry->was_seen = true;
		/* It may be left and entered again. */
		if (++seen % 3)
			continue;
		rhashtable_walk_stop(&iter);
		rhashtable_walk_start(&iter);
	}
	CHECK(!rhashtable_walk_next(&iter));
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
	CHECK_EQ(seen, KEYS);
	rhashtable_destroy(&table);
}

static void one_takes_the_place_of_another(void)
{
	struct entry old = { .key = 7 }, new = { .key = 7 }, other = { .key = 8 };
	struct rhashtable table;
	u32 key = 7;

	CHECK_EQ(rhashtable_init(&table, &params), 0);
	CHECK(!rhashtable_lookup_get_insert_fast(&table, &old.node, params));
	CHECK(rhashtable_lookup_get_insert_key(&table, &key, &new.node, params) == &old);
	CHECK_EQ(rhashtable_replace_fast(&table, &old.node, &new.node, params), 0);
	CHECK_EQ(rhashtable_replace_fast(&table, &old.node, &new.node, params), -ENOENT);
	CHECK(rhashtable_lookup_fast(&table, &key, params) == &new);
	CHECK_EQ(rhashtable_remove_fast(&table, &other.node, params), -ENOENT);
	rhashtable_destroy(&table);
}

static void entry_free(void *entry, void *count)
{
	kfree(entry);
	++*(int *)count;
}

static void what_is_left_is_freed_with_the_table(void)
{
	struct rhashtable table;
	int freed = 0;

	CHECK_EQ(rhashtable_init(&table, &params), 0);
	for (u32 i = 0; i < 100; i++) {
		struct entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL);

		entry->key = i;
		CHECK_EQ(rhashtable_insert_fast(&table, &entry->node, params), 0);
	}
	rhashtable_free_and_destroy(&table, entry_free, &freed);
	CHECK_EQ(freed, 100);
}

static void parameters_are_obeyed_or_refused(void)
{
	struct rhashtable_params wanted = params;
	struct entry few[9];
	struct rhashtable table;

	wanted.key_len = 0;
	CHECK_EQ(rhashtable_init(&table, &wanted), -EINVAL);
	wanted = params;
	wanted.max_size = 4;
	CHECK_EQ(rhashtable_init(&table, &wanted), 0);
	for (u32 i = 0; i < 9; i++) {
		few[i] = (struct entry){ .key = i };
		CHECK_EQ(rhashtable_insert_fast(&table, &few[i].node, wanted),
			 i < 8 ? 0 : -E2BIG);
	}
	rhashtable_destroy(&table);
}

static int machine_up(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(machine_up, T(random_changes_agree_with_a_model), T(a_walk_sees_each_entry_once),
	 T(one_takes_the_place_of_another), T(what_is_left_is_freed_with_the_table),
	 T(parameters_are_obeyed_or_refused));
