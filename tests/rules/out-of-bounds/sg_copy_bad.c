/* SPDX-License-Identifier: MIT */
/* The pieces together are longer than the line they are copied to. */
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#define HEADER	16
#define BODY	80

struct packet {
	struct scatterlist pieces[2];
	u8 *header, *body;
};

static int packet_make(struct packet *packet)
{
	packet->header = kzalloc(HEADER, GFP_KERNEL);
	packet->body = kzalloc(BODY, GFP_KERNEL);
	if (!packet->header || !packet->body)
		return -ENOMEM;
	sg_init_table(packet->pieces, 2);
	sg_set_buf(&packet->pieces[0], packet->header, HEADER);
	sg_set_buf(&packet->pieces[1], packet->body, BODY);
	return 0;
}

static int packet_send(struct packet *packet)
{
	u8 *line = kmalloc(BODY, GFP_KERNEL);

	if (!line)
		return -ENOMEM;
	sg_copy_to_buffer(packet->pieces, 2, line, HEADER + BODY); /* finding: out-of-bounds */
	kfree(line);
	return 0;
}

static int __init packet_init(void)
{
	struct packet packet;
	int error = packet_make(&packet);

	if (!error)
		error = packet_send(&packet);
	kfree(packet.header);
	kfree(packet.body);
	return error;
}

static void __exit packet_exit(void)
{
}

module_init(packet_init);
module_exit(packet_exit);
MODULE_LICENSE("GPL");
