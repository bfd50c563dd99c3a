/* SPDX-License-Identifier: MIT */
/* Code that no run enters and that only an analyzer can tell about. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct packet {
	int length;
	char bytes[60];
};

int packet_first(int wanted)
{
	struct packet *packet = kmalloc(sizeof(*packet), GFP_KERNEL);

	packet->length = wanted; /* finding: null-unchecked */
	wanted += packet->length;
	kfree(packet);
	return wanted;
}

int packet_twice(int wanted)
{
	struct packet *packet = kzalloc(sizeof(*packet), GFP_KERNEL);

	if (!packet)
		return -ENOMEM;
	if (wanted > 60)
		kfree(packet);
	kfree(packet); /* finding: double-free */
	return 0;
}

int packet_late(void)
{
	struct packet *packet = kzalloc(sizeof(*packet), GFP_KERNEL);
	int length;

	if (!packet)
		return -ENOMEM;
	kfree(packet);
	length = packet->length; /* finding: use-after-free */
	return length;
}

int packet_lost(int wanted)
{
	struct packet *packet = kmalloc(sizeof(*packet), GFP_KERNEL); /* finding: leak */

	if (!packet)
		return -ENOMEM;
	packet->length = wanted;
	if (wanted < 0)
		return -EINVAL;
	kfree(packet);
	return 0;
}

int packet_wrong(void)
{
	char *table = vmalloc(100);

	kfree(table); /* finding: invalid-free */
	return 0;
}

int packet_unset(int wanted)
{
	int length;

	if (wanted > 3)
		length = wanted;
	return length + 1; /* finding: uninitialized-read */
}

static int __init packet_init(void)
{
	return 0;
}

static void __exit packet_exit(void)
{
}

module_init(packet_init);
module_exit(packet_exit);
MODULE_LICENSE("GPL");
