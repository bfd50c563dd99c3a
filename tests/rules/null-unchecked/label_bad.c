/* SPDX-License-Identifier: MIT */
/* The error path goes one label too far: it stops what was never made. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct state {
	struct workqueue_struct *queue;
	char *buffer;
};

static struct state *state;

static void state_drop(struct state *s)
{
	destroy_workqueue(s->queue); /* finding: null-unchecked */
	kfree(s->buffer);
	kfree(s);
}

static int __init state_init(void)
{
	state = kzalloc(sizeof(*state), GFP_KERNEL);
	if (!state)
		return -ENOMEM;
	state->buffer = kmalloc(256, GFP_KERNEL);
	if (!state->buffer)
		goto err;
	state->queue = alloc_workqueue("state", 0, 0);
	if (!state->queue)
		goto err;
	return 0;
err:
	state_drop(state);
	return -ENOMEM;
}

static void __exit state_exit(void)
{
	state_drop(state);
}

module_init(state_init);
module_exit(state_exit);
MODULE_LICENSE("GPL");
