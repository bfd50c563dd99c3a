/* SPDX-License-Identifier: MIT */
/* A card with a receive ring: hard interrupt -> tasklet -> work, all with memory of their own. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/interrupt.h>
#include <linux/slab.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#define RING_SIZE	16
#define CARD_IRQ	7

struct packet {
	struct list_head node;
	u32 stamp;
	size_t length;
	u8 data[];
};

struct card {
	spinlock_t lock;
	u32 *ring;
	unsigned int head, tail;
	struct list_head received;
	struct tasklet_struct tasklet;
	struct work_struct work;
	struct workqueue_struct *wq;
	unsigned long dropped, seen;
};

static struct card *card;

static irqreturn_t card_irq(int irq, void *dev_id)
{
	struct card *c = dev_id;
	irqreturn_t ret = IRQ_HANDLED;

	spin_lock(&c->lock);
	if (c->head - c->tail < RING_SIZE) {
		c->ring[c->head % RING_SIZE] = c->head;
		c->head++;
	} else {
		c->dropped++;
	}
	spin_unlock(&c->lock);
	tasklet_schedule(&c->tasklet);
	return ret;
}

static bool card_take(struct card *c, u32 *stamp)
{
	unsigned long flags;
	bool is_some = false;

	spin_lock_irqsave(&c->lock, flags);
	if (c->head != c->tail) {
		*stamp = c->ring[c->tail++ % RING_SIZE];
		is_some = true;
	}
	spin_unlock_irqrestore(&c->lock, flags);
	return is_some;
}

static void card_tasklet(struct tasklet_struct *t)
{
	struct card *c = from_tasklet(c, t, tasklet);
	struct packet *packet;
	unsigned long flags;
	u32 stamp;

	while (card_take(c, &stamp)) {
		packet = kzalloc(struct_size(packet, data, 60), GFP_ATOMIC | __GFP_NOWARN);
		if (!packet) {
			c->dropped++;
			continue;
		}
		packet->stamp = stamp;
		packet->length = 60;
		memset(packet->data, 0x5a, packet->length);
		spin_lock_irqsave(&c->lock, flags);
		list_add_tail(&packet->node, &c->received);
		spin_unlock_irqrestore(&c->lock, flags);
	}
	queue_work(c->wq, &c->work);
}

static void card_deliver(struct card *c)
{
	struct packet *packet, *next;
	LIST_HEAD(mine);

	spin_lock_irq(&c->lock);
	list_splice_init(&c->received, &mine);
	spin_unlock_irq(&c->lock);
	list_for_each_entry_safe(packet, next, &mine, node) {
		list_del(&packet->node);
		c->seen++;
		kfree(packet);
	}
}

static void card_work(struct work_struct *work)
{
	card_deliver(container_of(work, struct card, work));
}

static int __init card_init(void)
{
	int ret = -ENOMEM;

	card = kzalloc(sizeof(*card), GFP_KERNEL);
	if (!card)
		return -ENOMEM;
	card->ring = kcalloc(RING_SIZE, sizeof(*card->ring), GFP_KERNEL);
	if (!card->ring)
		goto err_free;
	spin_lock_init(&card->lock);
	INIT_LIST_HEAD(&card->received);
	tasklet_setup(&card->tasklet, card_tasklet);
	INIT_WORK(&card->work, card_work);
	card->wq = alloc_workqueue("card", WQ_MEM_RECLAIM, 1);
	if (!card->wq)
		goto err_ring;
	ret = request_irq(CARD_IRQ, card_irq, IRQF_SHARED, "card", card);
	if (ret) {
		pr_err("no irq: %d\n", ret);
		goto err_wq;
	}
	return 0;
err_wq:
	destroy_workqueue(card->wq);
err_ring:
	kfree(card->ring);
err_free:
	kfree(card);
	return ret;
}

static void __exit card_exit(void)
{
	free_irq(CARD_IRQ, card);
	tasklet_kill(&card->tasklet);
	cancel_work_sync(&card->work);
	destroy_workqueue(card->wq);
	card_deliver(card);
	pr_info("%lu seen, %lu dropped\n", card->seen, card->dropped);
	kfree(card->ring);
	kfree(card);
}

module_init(card_init);
module_exit(card_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("libkmalloc");
MODULE_DESCRIPTION("receive ring");
