/* SPDX-License-Identifier: MIT */
/* The plainest case: the result is used without a look. */
#include <linux/module.h>
#include <linux/slab.h>

struct device_state {
	int open_count;
	char name[24];
};

static struct device_state *state;

static int __init state_init(void)
{
	state = kzalloc(sizeof(*state), GFP_KERNEL);
	state->open_count = 1; /* finding: null-unchecked */
	return 0;
}

static void __exit state_exit(void)
{
	kfree(state);
}

module_init(state_init);
module_exit(state_exit);
MODULE_LICENSE("GPL");
