/* SPDX-License-Identifier: MIT */
/* Objects on a list: made, walked, moved and freed. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define OBJECTS 64

struct item {
	struct list_head link;
	u32 key, uses;
	u64 sum;
};

static unsigned int rounds;
module_param(rounds, uint, 0444);

static LIST_HEAD(items);
static LIST_HEAD(used);

static int fill(void)
{
	for (u32 i = 0; i < OBJECTS; i++) {
		struct item *item = kzalloc(sizeof(*item), GFP_KERNEL);

		if (!item)
			return -ENOMEM;
		item->key = i * 7 % OBJECTS;
		list_add_tail(&item->link, &items);
	}
	return 0;
}

static void use(u32 key)
{
	struct item *item;

	list_for_each_entry(item, &items, link) {
		item->sum += key;
		if (item->key == key) {
			item->uses++;
			list_move_tail(&item->link, &used);
			return;
		}
	}
}

static int __init bench_init(void)
{
	struct item *item, *next;
	int error = 0;

	for (u32 round = 0; !error && round < rounds; round++) {
		error = fill();
		for (u32 key = 0; key < OBJECTS; key++)
			use(key);
		list_splice_init(&used, &items);
		list_for_each_entry_safe(item, next, &items, link) {
			list_del(&item->link);
			kfree(item);
		}
		cond_resched();
	}
	return error;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
