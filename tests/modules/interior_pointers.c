// SPDX-License-Identifier: MIT
/*
 * interior_pointers.c - objects to which only pointers into their middle are kept: a list node, the
 * payload behind a header, a name at the end; and one whose pointer carries a tag in its low bits
 */
#include <linux/container_of.h>
#include <linux/delay.h>
#include <linux/hashtable.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>

struct block {
	size_t bytes;
	struct list_head link;
	u8 payload[];
};

struct named {
	struct hlist_node node;
	unsigned int length;
	char text[];
};

#define TAG 1ul

static u8 *current_payload;		/* not the block itself */
static LIST_HEAD(blocks);
static DEFINE_HASHTABLE(names, 3);
static char *shortest;
static unsigned long tagged;

static u8 *block_new(size_t bytes)
{
	struct block *block = kmalloc(struct_size(block, payload, bytes), GFP_KERNEL);

	if (!block)
		return NULL;
	block->bytes = bytes;
	memset(block->payload, 0x5a, bytes);
	INIT_LIST_HEAD(&block->link);
	return block->payload;
}

static struct block *block_of(u8 *payload)
{
	return container_of(payload, struct block, payload[0]);
}

static char *name_new(const char *text)
{
	struct named *named = kmalloc(struct_size(named, text, strlen(text) + 1), GFP_KERNEL);

	if (!named)
		return NULL;
	named->length = strlen(text);
	strcpy(named->text, text);
	hash_add(names, &named->node, named->length);
	return named->text;
}

static void all_free(void)
{
	struct block *block, *next;
	struct hlist_node *tmp;
	struct named *named;
	int bucket;

	if (current_payload)
		kfree(block_of(current_payload));
	list_for_each_entry_safe(block, next, &blocks, link)
		kfree(block);
	hash_for_each_safe(names, bucket, tmp, named, node)
		kfree(named);
	kfree((void *)(tagged & ~TAG));
}

static int __init interior_init(void)
{
	for (size_t bytes = 1; bytes < 40; bytes += 13) {
		u8 *payload = block_new(bytes);

		if (!payload)
			goto out_free;
		list_add(&block_of(payload)->link, &blocks);
	}
	current_payload = block_new(7);
	shortest = name_new("eth");
	if (!current_payload || !shortest || !name_new("longer than that"))
		goto out_free;
	tagged = (unsigned long)kzalloc(24, GFP_KERNEL);
	if (!tagged)
		goto out_free;
	tagged |= TAG;
	msleep(20);
	return block_of(current_payload)->bytes == 7 && !strcmp(shortest, "eth") ? 0 : -EINVAL;
out_free:
	all_free();
	return -ENOMEM;
}

static void __exit interior_exit(void)
{
	all_free();
}

module_init(interior_init);
module_exit(interior_exit);
MODULE_LICENSE("GPL");
