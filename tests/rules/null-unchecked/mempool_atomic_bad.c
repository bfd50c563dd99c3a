/* SPDX-License-Identifier: MIT */
/* A pool may be empty for who cannot wait: in a timer, mempool_alloc() can fail. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/timer.h>

struct packet { int length; char data[120]; };

static mempool_t *pool;
static struct timer_list poll;
static struct packet *last;

static void on_poll(struct timer_list *timer)
{
	struct packet *packet = mempool_alloc(pool, GFP_ATOMIC);

	packet->length = 5; /* finding: null-unchecked */
	last = packet;
}

static int __init packets_init(void)
{
	pool = mempool_create_kmalloc_pool(4, sizeof(struct packet));
	if (!pool)
		return -ENOMEM;
	timer_setup(&poll, on_poll, 0);
	mod_timer(&poll, jiffies + 2);
	return 0;
}

static void __exit packets_exit(void)
{
	timer_delete_sync(&poll);
	mempool_free(last, pool);
	mempool_destroy(pool);
}

module_init(packets_init);
module_exit(packets_exit);
MODULE_LICENSE("GPL");
