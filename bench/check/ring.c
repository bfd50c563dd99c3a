// SPDX-License-Identifier: MIT
/* A request queue: descriptors in a ring, requests by tag, timeouts, completions in batches. */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>

#define SLOTS 64
#define BATCH 16
#define BUCKETS 32
#define PAYLOAD 128

struct descriptor {
	u64 address;
	u32 bytes;
	u16 tag, flags;
};

struct request {
	struct list_head link;
	struct hlist_node by_sector;
	u64 sector, deadline;
	u32 bytes, sum;
	u16 tag;
	u8 payload[PAYLOAD];
};

struct queue {
	spinlock_t lock;
	struct descriptor ring[SLOTS];
	struct request *by_tag[SLOTS];
	struct hlist_head by_sector[BUCKETS];
	struct list_head free, busy;
	unsigned long tags[BITS_TO_LONGS(SLOTS)];
	u32 head, tail;
	atomic_t in_flight;
	u64 done, bytes, timeouts;
	struct timer_list watchdog;
};

static unsigned int rounds;
module_param(rounds, uint, 0444);

static struct queue *queue;

static void queue_watchdog(struct timer_list *timer)
{
	struct queue *own = from_timer(own, timer, watchdog);

	own->timeouts++;
}

static struct request *request_find(struct queue *own, u64 sector)
{
	struct request *request;

	hlist_for_each_entry(request, &own->by_sector[sector % BUCKETS], by_sector)
		if (request->sector == sector)
			return request;
	return NULL;
}

static struct request *request_get(struct queue *own)
{
	struct request *request = list_first_entry_or_null(&own->free, struct request, link);

	if (!request)
		return kzalloc(sizeof(*request), GFP_ATOMIC);
	list_del(&request->link);
	return request;
}

static u32 fold(const u8 *payload, u32 bytes)
{
	u32 sum = 0;

	for (u32 i = 0; i + 4 <= bytes; i += 4)
		sum = sum * 31 + (payload[i] | payload[i + 1] << 8 | (u32)payload[i + 3] << 16);
	return sum & 0xffffff;
}

static int submit(struct queue *own, u64 sector, const void *data, u32 bytes)
{
	struct descriptor *descriptor;
	struct request *request;
	unsigned long flags;
	int error = -EBUSY;
	u32 tag;

	spin_lock_irqsave(&own->lock, flags);
	tag = find_first_zero_bit(own->tags, SLOTS);
	if (tag == SLOTS || request_find(own, sector))
		goto out_unlock;
	request = request_get(own);
	error = -ENOMEM;
	if (!request)
		goto out_unlock;
	__set_bit(tag, own->tags);
	request->tag = (u16)tag;
	request->sector = sector;
	request->bytes = bytes;
	request->deadline = jiffies + HZ;
	memcpy(request->payload, data, bytes);
	request->sum = fold(request->payload, bytes);
	own->by_tag[tag] = request;
	list_add_tail(&request->link, &own->busy);
	hlist_add_head(&request->by_sector, &own->by_sector[sector % BUCKETS]);
	descriptor = &own->ring[own->head % SLOTS];
	descriptor->address = (u64)(uintptr_t)request->payload;
	descriptor->bytes = bytes;
	descriptor->tag = (u16)tag;
	descriptor->flags = 1;
	own->head++;
	atomic_inc(&own->in_flight);
	error = 0;
out_unlock:
	spin_unlock_irqrestore(&own->lock, flags);
	return error;
}

/* Every eighth request's memory goes; the others wait for their next use. */
static void complete_one(struct queue *own, struct descriptor *descriptor)
{
	struct request *request = own->by_tag[descriptor->tag];

	if (!request || fold(request->payload, descriptor->bytes) != request->sum)
		return;
	own->by_tag[request->tag] = NULL;
	__clear_bit(request->tag, own->tags);
	hlist_del(&request->by_sector);
	own->bytes += request->bytes;
	descriptor->flags = 0;
	atomic_dec(&own->in_flight);
	if (own->done++ % 8) {
		list_move(&request->link, &own->free);
	} else {
		list_del(&request->link);
		kfree(request);
	}
}

static void complete_batch(struct queue *own)
{
	unsigned long flags;

	spin_lock_irqsave(&own->lock, flags);
	while (own->tail != own->head)
		complete_one(own, &own->ring[own->tail++ % SLOTS]);
	spin_unlock_irqrestore(&own->lock, flags);
}

static void queue_free(struct queue *own)
{
	struct request *request, *next;

	timer_shutdown_sync(&own->watchdog);
	list_for_each_entry_safe(request, next, &own->free, link)
		kfree(request);
	kfree(own);
}

static int __init bench_init(void)
{
	u8 data[PAYLOAD];
	int error = 0;

	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (!queue)
		return -ENOMEM;
	spin_lock_init(&queue->lock);
	INIT_LIST_HEAD(&queue->free);
	INIT_LIST_HEAD(&queue->busy);
	timer_setup(&queue->watchdog, queue_watchdog, 0);
	memset(data, 0x5a, sizeof(data));
	for (u32 round = 0; !error && round < rounds; round++) {
		for (u32 i = 0; !error && i < BATCH; i++)
			error = submit(queue, (round * 7ul + i) & 1023, data, 64 + (i & 3) * 16);
		mod_timer(&queue->watchdog, jiffies + HZ);
		complete_batch(queue);
		cond_resched();
	}
	if (error)
		queue_free(queue);
	return error;
}

static void __exit bench_exit(void)
{
	queue_free(queue);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
