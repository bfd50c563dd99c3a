/* SPDX-License-Identifier: MIT */
/* Mappings that meet a range are taken out of the tree and freed, behind the step to the next. */
#include <linux/interval_tree.h>
#include <linux/module.h>
#include <linux/slab.h>

struct mapping {
	struct interval_tree_node pages;
	u32 flags;
};

static struct rb_root_cached mappings = RB_ROOT_CACHED;

static int map(unsigned long first, unsigned long pages)
{
	struct mapping *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	m->pages.start = first;
	m->pages.last = first + pages - 1;
	interval_tree_insert(&m->pages, &mappings);
	return 0;
}

static void unmap(unsigned long first, unsigned long last)
{
	struct interval_tree_node *node = interval_tree_iter_first(&mappings, first, last), *next;

	for (; node; node = next) {
		struct mapping *m = container_of(node, struct mapping, pages);

		next = interval_tree_iter_next(node, first, last);
		interval_tree_remove(node, &mappings);
		kfree(m);
	}
}

static int __init mappings_init(void)
{
	int error = 0;

	for (unsigned long i = 0; i < 8 && !error; i++)
		error = map(i * 7 % 8 * 16, 24);
	if (error) {
		unmap(0, ULONG_MAX);
		return error;
	}
	unmap(40, 60);
	return 0;
}

static void __exit mappings_exit(void)
{
	unmap(0, ULONG_MAX);
}

module_init(mappings_init);
module_exit(mappings_exit);
MODULE_LICENSE("GPL");
