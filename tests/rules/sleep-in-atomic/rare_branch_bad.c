/* SPDX-License-Identifier: MIT */
/* A ring that grows when it is full: one push in many, with the writers' seqlock held. */
#include <linux/module.h>
#include <linux/seqlock.h>
#include <linux/slab.h>

static DEFINE_SEQLOCK(ring_lock);
static u32 *ring;
static unsigned int used, room = 4;

static int ring_grow(void)
{
	u32 *larger;

	larger = krealloc(ring, 2 * room * sizeof(u32), GFP_KERNEL); /* finding: sleep-in-atomic */

	if (!larger)
		return -ENOMEM;
	ring = larger;
	room *= 2;
	return 0;
}

static int ring_push(u32 value)
{
	int error = 0;

	write_seqlock(&ring_lock);
	if (used == room)
		error = ring_grow();
	if (!error)
		ring[used++] = value;
	write_sequnlock(&ring_lock);
	return error;
}

static int __init ring_init(void)
{
	ring = kmalloc_array(room, sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	for (u32 value = 0; value < 6; value++)
		if (ring_push(value))
			break;
	return 0;
}

static void __exit ring_exit(void)
{
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
