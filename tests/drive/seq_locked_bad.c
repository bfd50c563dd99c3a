/* SPDX-License-Identifier: MIT */
/* show() allocates, but start() has taken a spin lock. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

struct item { struct list_head list; int number; };
static LIST_HEAD(items);
static DEFINE_SPINLOCK(items_lock);

static void *items_start(struct seq_file *m, loff_t *pos)
{
	spin_lock(&items_lock);
	return seq_list_start(&items, *pos);
}

static void *items_next(struct seq_file *m, void *v, loff_t *pos)
{
	return seq_list_next(v, &items, pos);
}

static void items_stop(struct seq_file *m, void *v)
{
	spin_unlock(&items_lock);
}

static int items_show(struct seq_file *m, void *v)
{
	struct item *item = list_entry(v, struct item, list);
	char *text = kasprintf(GFP_KERNEL, "item %d", item->number); /* finding: sleep-in-atomic */

	if (!text)
		return -ENOMEM;
	seq_printf(m, "%s\n", text);
	kfree(text);
	return 0;
}

static const struct seq_operations items_ops = {
	.start = items_start, .next = items_next, .stop = items_stop, .show = items_show,
};

static struct item first = { .number = 1 }, second = { .number = 2 };

static int __init items_init(void)
{
	list_add_tail(&first.list, &items);
	list_add_tail(&second.list, &items);
	return proc_create_seq("items", 0444, NULL, &items_ops) ? 0 : -ENOMEM;
}

static void __exit items_exit(void)
{
	remove_proc_entry("items", NULL);
}
module_init(items_init);
module_exit(items_exit);
MODULE_LICENSE("GPL");
