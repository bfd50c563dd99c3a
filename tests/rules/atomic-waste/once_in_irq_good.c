/* SPDX-License-Identifier: MIT */
/* A helper that tasks call often and a timer now and then, inlined: it must not wait. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct item { struct item *next; };

static struct item *items;
static struct timer_list timer;

static inline struct item *item_new(void)
{
	return kmalloc(sizeof(struct item), GFP_ATOMIC);
}

static void item_push(void)
{
	struct item *item = item_new();

	if (!item)
		return;
	item->next = items;
	items = item;
}

static void on_timer(struct timer_list *unused)
{
	item_push();
}

static int __init items_init(void)
{
	int i;

	for (i = 0; i < 5; i++)
		item_push();
	timer_setup(&timer, on_timer, 0);
	mod_timer(&timer, jiffies + 50);
	return 0;
}

static void __exit items_exit(void)
{
	timer_delete_sync(&timer);
	while (items) {
		struct item *next = items->next;

		kfree(items);
		items = next;
	}
}

module_init(items_init);
module_exit(items_exit);
MODULE_LICENSE("GPL");
