/* SPDX-License-Identifier: MIT */
/* Counters for each of four queues; statistics are kept for a fifth. */
#include <linux/atomic.h>
#include <linux/module.h>
#include <linux/slab.h>

#define QUEUES 4

static atomic_t *packets;

static void count(unsigned int queue)
{
	atomic_inc(&packets[queue]); /* finding: out-of-bounds */
}

static int __init queues_init(void)
{
	packets = kcalloc(QUEUES, sizeof(*packets), GFP_KERNEL);
	if (!packets)
		return -ENOMEM;
	for (unsigned int i = 0; i < 40; i++)
		count(i % (QUEUES + 1));
	return 0;
}

static void __exit queues_exit(void)
{
	kfree(packets);
}

module_init(queues_init);
module_exit(queues_exit);
MODULE_LICENSE("GPL");
