/* SPDX-License-Identifier: MIT */
/* Each allocator's memory goes back through its own function. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

static int __init wrong_init(void)
{
	void *area = vmalloc(3 * PAGE_SIZE);
	void *object = kmalloc(48, GFP_KERNEL);

	kfree(area); /* finding: invalid-free */
	if (object)
		vfree(object); /* finding: invalid-free */
	vfree(area);
	kfree(object);
	return 0;
}

static void __exit wrong_exit(void)
{
}

module_init(wrong_init);
module_exit(wrong_exit);
MODULE_LICENSE("GPL");
