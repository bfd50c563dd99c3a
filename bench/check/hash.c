/* SPDX-License-Identifier: MIT */
/* A table of buckets: objects put in, found by key, taken out. */
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define BITS 6
#define OBJECTS 96

struct entry {
	struct hlist_node node;
	u64 key, value;
};

static unsigned int rounds;
module_param(rounds, uint, 0444);

static struct hlist_head table[1 << BITS];
static struct kmem_cache *cache;

static struct entry *find(u64 key)
{
	struct entry *entry;

	hlist_for_each_entry(entry, &table[hash_64(key, BITS)], node)
		if (entry->key == key)
			return entry;
	return NULL;
}

static void put(u64 key)
{
	struct entry *entry = kmem_cache_alloc(cache, GFP_KERNEL);

	if (!entry)
		return;
	entry->key = key;
	entry->value = key * 3;
	hlist_add_head(&entry->node, &table[hash_64(key, BITS)]);
}

static void take(u64 key)
{
	struct entry *entry = find(key);

	if (!entry)
		return;
	hlist_del(&entry->node);
	kmem_cache_free(cache, entry);
}

static int __init bench_init(void)
{
	cache = kmem_cache_create("entry", sizeof(struct entry), 0, 0, NULL);
	if (!cache)
		return -ENOMEM;
	for (u32 round = 0; round < rounds; round++) {
		for (u64 key = 0; key < OBJECTS; key++)
			put(key * 0x10001);
		for (int times = 0; times < 6; times++)
			for (u64 key = 0; key < OBJECTS; key++)
				if (find(key * 0x10001))
					find(key);
		for (u64 key = 0; key < OBJECTS; key++)
			take(key * 0x10001);
		cond_resched();
	}
	kmem_cache_destroy(cache);
	return 0;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
