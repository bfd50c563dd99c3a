/* SPDX-License-Identifier: MIT */
/* Three deep in a work item: each has a buffer, together they are too large. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/workqueue.h>

static struct work_struct work;
static int length;

static int format_all(const char *text)
{ /* finding: stack-overflow */
	char line[6000];

	return snprintf(line, sizeof(line), "%s!", text);
}

static int format_page(const char *text)
{
	char page[6000];
	int bytes;

	page[0] = 0;
	snprintf(page, 6000, "<%s>", text);
	bytes = format_all(page);
	page[0] = 0;
	return bytes;
}

static void format_work(struct work_struct *own)
{
	char name[6000];

	snprintf(name, sizeof(name), "work");
	length = format_page(name);
}

static int __init work_init_module(void)
{
	INIT_WORK(&work, format_work);
	schedule_work(&work);
	return 0;
}

static void __exit work_exit(void)
{
	flush_work(&work);
}

module_init(work_init_module);
module_exit(work_exit);
MODULE_LICENSE("GPL");
