/* SPDX-License-Identifier: MIT */
/* The table holds pointers inverted, and nobody turns them back: the object is lost. */
#include <linux/kmemleak.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

#define SLOTS 16

static unsigned long *table;
static struct timer_list timer;

static void on_timer(struct timer_list *unused)
{
	table[0]++;
}

static int __init table_init(void)
{
	int *object;

	table = kcalloc(SLOTS, sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	object = kmalloc(sizeof(*object), GFP_KERNEL); /* finding: leak */
	if (!object) {
		kfree(table);
		return -ENOMEM;
	}
	*object = 5;
	table[3] = ~(unsigned long)object;
	timer_setup(&timer, on_timer, 0);
	mod_timer(&timer, jiffies + 2);
	return 0;
}

module_init(table_init);
MODULE_LICENSE("GPL");
