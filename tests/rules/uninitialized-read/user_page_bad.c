/* SPDX-License-Identifier: MIT */
/* read() gives out a page of which the driver filled the first line only. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sprintf.h>
#include <linux/uaccess.h>

/* Stands for the buffer of a program. */
static char answer[PAGE_SIZE];

static ssize_t stats_read(char __user *buffer, size_t bytes)
{
	char *text = (char *)__get_free_page(GFP_KERNEL);
	ssize_t done = -EFAULT;
	int length;

	if (!text)
		return -ENOMEM;
	length = scnprintf(text, PAGE_SIZE, "interrupts %u\n", 7);
	if (bytes > PAGE_SIZE)
		bytes = PAGE_SIZE;
	if (length > 0 && !copy_to_user(buffer, text, bytes)) /* finding: uninitialized-read */
		done = bytes;
	free_page((unsigned long)text);
	return done;
}

static int __init stats_init(void)
{
	ssize_t done = stats_read((char __user *)answer, sizeof(answer));

	return done < 0 ? (int)done : 0;
}

static void __exit stats_exit(void)
{
}

module_init(stats_init);
module_exit(stats_exit);
MODULE_LICENSE("GPL");
