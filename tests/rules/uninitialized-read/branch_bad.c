/* SPDX-License-Identifier: MIT */
/* A queue is made with kmalloc(); whether it is running is asked before anybody said so. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct queue {
	spinlock_t lock;
	struct list_head requests;
	unsigned int depth;
	bool is_running;
};

static struct queue *queue;

static struct queue *queue_make(unsigned int depth)
{
	struct queue *made = kmalloc(sizeof(*made), GFP_KERNEL);

	if (!made)
		return NULL;
	spin_lock_init(&made->lock);
	INIT_LIST_HEAD(&made->requests);
	made->depth = depth;
	return made;
}

static void queue_kick(struct queue *kicked)
{
	spin_lock(&kicked->lock);
	if (!kicked->is_running && list_empty(&kicked->requests)) /* finding: uninitialized-read */
		kicked->is_running = true;
	spin_unlock(&kicked->lock);
}

static int __init queue_init(void)
{
	queue = queue_make(16);
	if (!queue)
		return -ENOMEM;
	queue_kick(queue);
	queue_kick(queue);
	return 0;
}

static void __exit queue_exit(void)
{
	kfree(queue);
}

module_init(queue_init);
module_exit(queue_exit);
MODULE_LICENSE("GPL");
