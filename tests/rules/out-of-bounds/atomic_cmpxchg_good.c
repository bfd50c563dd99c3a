/* SPDX-License-Identifier: MIT */
/* A ring of states is claimed by cmpxchg(); the index wraps around. */
#include <linux/atomic.h>
#include <linux/module.h>
#include <linux/slab.h>

#define RING 5

static u32 *states;
static unsigned int head;

static bool claim(void)
{
	bool won = cmpxchg(&states[head], 0, 1) == 0;

	head = (head + 1) % RING;
	return won;
}

static int __init claim_init(void)
{
	states = kcalloc(RING, sizeof(*states), GFP_KERNEL);
	if (!states)
		return -ENOMEM;
	for (int i = 0; i <= RING; i++)
		claim();
	return 0;
}

static void __exit claim_exit(void)
{
	kfree(states);
}

module_init(claim_init);
module_exit(claim_exit);
MODULE_LICENSE("GPL");
