// SPDX-License-Identifier: MIT
/*
 * division.c - signed quotients and rests of numbers that the compiler does not know, bytes fetched
 * one by one through a pointer to const
 */
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static int quantum = 40;
module_param(quantum, int, 0444);
static long items = 7;
module_param(items, long, 0444);

struct place {
	int item, rest;
};

static struct place place_of(long long offset)
{
	return (struct place){ .item = (long)offset / (quantum * items), .rest = offset % quantum };
}

static int fetch(char *to, const char __user *from, int count)
{
	for (int i = 0; i < count; i++)
		if (get_user(to[i], from + i))
			return -EFAULT;
	return 0;
}

static int __init division_init(void)
{
	struct place place = place_of(1000);
	char *bytes = kzalloc(quantum, GFP_KERNEL);
	int fault;

	if (!bytes)
		return -ENOMEM;
	pr_info("item %d, rest %d, back %d\n", place.item, place.rest, -place.rest / quantum);
	fault = fetch(bytes, (const char __user *)0x10, quantum);
	kfree(bytes);
	return fault == -EFAULT ? 0 : -EINVAL;
}

static void __exit division_exit(void)
{
}

module_init(division_init);
module_exit(division_exit);
MODULE_LICENSE("GPL");
