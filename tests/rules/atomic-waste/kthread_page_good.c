/* SPDX-License-Identifier: MIT */
/* The thread may wait, and says so. */
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/module.h>

static struct task_struct *writer;
static unsigned int written;

static int write_pages(void *unused)
{
	while (!kthread_should_stop()) {
		unsigned long page = __get_free_page(GFP_KERNEL | __GFP_ZERO);

		if (page) {
			written++;
			free_page(page);
		}
		msleep(5);
	}
	return 0;
}

static int __init writer_init(void)
{
	writer = kthread_run(write_pages, NULL, "writer");
	return PTR_ERR_OR_ZERO(writer);
}

static void __exit writer_exit(void)
{
	kthread_stop(writer);
}

module_init(writer_init);
module_exit(writer_exit);
MODULE_LICENSE("GPL");
