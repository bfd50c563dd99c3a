/* SPDX-License-Identifier: MIT */
/* One way out, and the buffer goes back on it. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static struct task_struct *scanner;

static int scan(void *data)
{
	u32 *map = vzalloc(2 * PAGE_SIZE);

	if (!map)
		return -ENOMEM;
	while (!kthread_should_stop()) {
		map[0]++;
		msleep(20);
	}
	vfree(map);
	return 0;
}

static int __init scanner_init(void)
{
	scanner = kthread_run(scan, NULL, "scanner");
	return PTR_ERR_OR_ZERO(scanner);
}

static void __exit scanner_exit(void)
{
	kthread_stop(scanner);
}

module_init(scanner_init);
module_exit(scanner_exit);
MODULE_LICENSE("GPL");
