// SPDX-License-Identifier: MIT
/*
 * partly_written.c - objects of which only a part is ever written: copied whole, compared field by
 * field, grown, used as buffers; unions, bit fields and padding
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct header {
	u8 kind;		/* padding behind it is never written */
	u32 length;
	unsigned int is_last:1, priority:3;
	union {
		u64 cookie;
		struct { u16 port, flags; } tcp;
	};
	char name[32];
};

static struct header *kept;
static char *text;

static void header_fill(struct header *header, u8 kind)
{
	header->kind = kind;
	header->length = 100u * kind;
	header->is_last = kind == 2;
	header->priority = 5;
	header->tcp.port = 80;
	header->tcp.flags = 0;
	strscpy(header->name, "short", sizeof(header->name));
}

static bool header_equal(const struct header *a, const struct header *b)
{
	return a->kind == b->kind && a->length == b->length && a->is_last == b->is_last &&
	       a->priority == b->priority && a->tcp.port == b->tcp.port &&
	       !strcmp(a->name, b->name);
}

static int __init partly_init(void)
{
	struct header *one = kmalloc(sizeof(*one), GFP_KERNEL), *two, on_stack;
	char *larger;
	int error = -ENOMEM;

	if (!one)
		return -ENOMEM;
	header_fill(one, 2);
	on_stack = *one;
	two = kmemdup(one, sizeof(*one), GFP_KERNEL);
	if (!two)
		goto out_one;
	if (!header_equal(two, &on_stack))
		goto out_two;
	kept = krealloc(two, 2 * sizeof(*two), GFP_KERNEL);
	if (!kept)
		goto out_two;
	two = NULL;
	header_fill(kept + 1, 1);
	swap(kept[0], kept[1]);
	text = kmalloc(16, GFP_KERNEL);
	if (!text)
		goto out_kept;
	snprintf(text, 16, "%s:%u", kept[0].name, kept[0].tcp.port);
	larger = krealloc(text, 64, GFP_KERNEL);
	if (larger)
		text = larger;
	strlcat(text, larger ? " and what follows" : "", larger ? 64 : 16);
	kfree(one);
	return 0;
out_kept:
	kfree(kept);
out_two:
	kfree(two);
out_one:
	kfree(one);
	return error;
}

static void __exit partly_exit(void)
{
	pr_info("%s %u\n", text, kept[1].length);
	kfree(text);
	kfree(kept);
}

module_init(partly_init);
module_exit(partly_exit);
MODULE_LICENSE("GPL");
