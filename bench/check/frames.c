// SPDX-License-Identifier: MIT
/* A network driver's receive side: frames parsed, flows looked up and counted, some given on. */
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define FRAMES 32
#define FRAME 256
#define BITS 6

struct header {
	u8 to[6], from[6];
	__be16 type;
} __packed;

struct option { u8 kind, bytes; };

struct flow {
	struct hlist_node node;
	spinlock_t lock;
	u32 key;
	u64 frames, bytes, options;
};

struct copy {
	struct list_head link;
	u32 bytes;
	u8 data[FRAME];
};

static unsigned int rounds;
module_param(rounds, uint, 0444);

static struct hlist_head flows[1 << BITS];
static LIST_HEAD(given_on);
static u8 *dma;			/* FRAMES frames as the device left them */

static struct flow *flow_find(u32 key)
{
	struct flow *flow;

	hlist_for_each_entry(flow, &flows[hash_32(key, BITS)], node)
		if (flow->key == key)
			return flow;
	flow = kzalloc(sizeof(*flow), GFP_ATOMIC);
	if (!flow)
		return NULL;
	spin_lock_init(&flow->lock);
	flow->key = key;
	hlist_add_head(&flow->node, &flows[hash_32(key, BITS)]);
	return flow;
}

static u32 frame_key(const struct header *header)
{
	u32 key = 0;

	for (int i = 0; i < 6; i++)
		key = key * 33 + (header->to[i] ^ header->from[i]);
	return key & 0x3ff;
}

static u32 count_options(const u8 *data, u32 bytes)
{
	u32 at = 0, count = 0;

	while (at + sizeof(struct option) <= bytes) {
		const struct option *option = (const struct option *)(data + at);

		if (option->bytes < sizeof(*option) || at + option->bytes > bytes)
			break;
		count += option->kind != 0;
		at += option->bytes;
	}
	return count;
}

static void give_on(const u8 *data, u32 bytes)
{
	struct copy *copy = kmalloc(sizeof(*copy), GFP_ATOMIC);

	if (!copy)
		return;
	copy->bytes = bytes;
	memcpy(copy->data, data, bytes);
	list_add_tail(&copy->link, &given_on);
}

static void receive(const u8 *frame, u32 number)
{
	const struct header *header = (const struct header *)frame;
	u32 bytes = 64 + (number & 7) * 16, options;
	struct flow *flow = flow_find(frame_key(header));

	if (!flow || header->type != cpu_to_be16(0x0800))
		return;
	options = count_options(frame + sizeof(*header), bytes - sizeof(*header));
	spin_lock(&flow->lock);
	flow->frames++;
	flow->bytes += bytes;
	flow->options += options;
	spin_unlock(&flow->lock);
	if (number % 16 == 0)
		give_on(frame, bytes);
}

static void drop_copies(void)
{
	struct copy *copy, *next;

	list_for_each_entry_safe(copy, next, &given_on, link) {
		list_del(&copy->link);
		kfree(copy);
	}
}

static void make_frames(void)
{
	for (u32 i = 0; i < FRAMES; i++) {
		u8 *frame = dma + i * FRAME;
		struct header *header = (struct header *)frame;

		memset(frame, 4, FRAME);
		memset(header->to, (int)i & 0xff, sizeof(header->to));
		memset(header->from, (int)(i * 3) & 0xff, sizeof(header->from));
		header->type = cpu_to_be16(0x0800);
	}
}

static int __init bench_init(void)
{
	dma = kmalloc(FRAMES * FRAME, GFP_KERNEL);
	if (!dma)
		return -ENOMEM;
	make_frames();
	for (u32 round = 0; round < rounds; round++) {
		for (u32 i = 0; i < FRAMES; i++)
			receive(dma + i * FRAME, round + i);
		drop_copies();
		cond_resched();
	}
	return 0;
}

static void __exit bench_exit(void)
{
	struct hlist_node *next;
	struct flow *flow;

	for (u32 i = 0; i < 1 << BITS; i++)
		hlist_for_each_entry_safe(flow, next, &flows[i], node)
			kfree(flow);
	kfree(dma);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
