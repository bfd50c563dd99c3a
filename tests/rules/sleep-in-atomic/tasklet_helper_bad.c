/* SPDX-License-Identifier: MIT */
/*
 * A function that is right in task context is also called from a tasklet: the caller decides, not
 * the function.
 */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>

struct packet {
	unsigned int length;
	u8 data[96];
};

static struct packet *packet_new(void)
{
	struct packet *packet = kzalloc(sizeof(*packet), GFP_KERNEL); /* finding: sleep-in-atomic */

	if (packet)
		packet->length = sizeof(packet->data);
	return packet;
}

static void receive(struct tasklet_struct *tasklet)
{
	kfree(packet_new());
}

static DECLARE_TASKLET(receive_tasklet, receive);

static int __init packet_init(void)
{
	struct packet *probe = packet_new();

	if (!probe)
		return -ENOMEM;
	kfree(probe);
	tasklet_schedule(&receive_tasklet);
	return 0;
}

static void __exit packet_exit(void)
{
	tasklet_kill(&receive_tasklet);
}

module_init(packet_init);
module_exit(packet_exit);
MODULE_LICENSE("GPL");
