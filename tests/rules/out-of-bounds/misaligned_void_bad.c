/* SPDX-License-Identifier: MIT */
/* A reply is put together by helpers that take void *: wide stores at odd places, over the end. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#define REPLY 16

struct trailer {
	u16 kind;
	u32 crc;
};

static u8 last_trailer[8];

static void put_u32(void *at, u32 value)
{
	u32 *word = at;

	*word = value; /* finding: out-of-bounds */
}

static u64 take_u64(const void *at)
{
	const u64 *word = at;

	return *word; /* finding: out-of-bounds */
}

static u32 crc_of(void *at)
{
	struct trailer *trailer = at;

	return trailer->crc; /* finding: out-of-bounds */
}

static int __init reply_init(void)
{
	u8 *reply = kmalloc(REPLY, GFP_KERNEL), *log = vzalloc(PAGE_SIZE);
	u64 sum = 0;

	if (reply && log) {
		put_u32(reply, 1);
		put_u32(reply + 14, 2);
		sum = crc_of(last_trailer + 2);
		sum += take_u64(log + PAGE_SIZE - 5);
	}
	kfree(reply);
	vfree(log);
	return sum ? -EIO : 0;
}

static void __exit reply_exit(void)
{
}

module_init(reply_init);
module_exit(reply_exit);
MODULE_LICENSE("GPL");
