/* SPDX-License-Identifier: MIT */
/*
 * Wrapping that is meant: hashes, a ring, jiffies, a checksum, a pattern, what is missing to a
 * multiple; sizes beside them, and one that array_size() says is too large.
 */
#include <linux/hash.h>
#include <linux/jhash.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>

struct ring {
	u32 head, tail;
	u8 *bytes[8];
};

static u32 fold(const u8 *data, u32 length)
{
	u32 hash = 2166136261u;

	for (u32 i = 0; i < length; i++)
		hash = (hash ^ data[i]) * 16777619u;
	return hash;
}

static u16 checksum(const u8 *data, u32 length)
{
	u16 sum = 0;

	while (length--)
		sum += (u16)(*data++ * 257);
	return ~sum;
}

static int ring_fill(struct ring *ring)
{
	u32 length = 64;

	for (int i = 0; i < 6; i++) {
		u8 *data = kmalloc(length, GFP_KERNEL);

		if (!data)
			return -ENOMEM;
		for (u32 k = 0; k < length; k++)
			data[k] = k * 5 + i;
		ring->bytes[ring->head++ & 7] = data;
		length = 64 + (checksum(data, length) & 7) + fold(data, length) % 16;
	}
	return 0;
}

static void ring_drain(struct ring *ring)
{
	u32 *used = kcalloc(ring->head - ring->tail, sizeof(*used), GFP_KERNEL);

	kfree(used);
	while (ring->head - ring->tail)
		kfree(ring->bytes[ring->tail++ & 7]);
}

static int __init legal_wraps_init(void)
{
	struct ring ring = { .head = 0xfffffffd, .tail = 0xfffffffd };
	unsigned long passed = jiffies - (jiffies + 5);
	u8 *sized = kmalloc(32 + (hash_32(7, 5) & 15), GFP_KERNEL);
	unsigned long missing = -sizeof(ring.bytes[0]) & 15;
	void *huge = kvmalloc(array_size(SIZE_MAX / 2, missing), GFP_KERNEL | __GFP_NOWARN);
	int error = ring_fill(&ring);

	kvfree(huge);
	ring_drain(&ring);
	if (sized)
		sized[0] = (u8)(passed + jhash(&ring, sizeof(ring), 3));
	kfree(sized);
	return error;
}

static void __exit legal_wraps_exit(void)
{
}

module_init(legal_wraps_init);
module_exit(legal_wraps_exit);
MODULE_LICENSE("GPL");
