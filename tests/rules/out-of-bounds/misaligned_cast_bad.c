/* SPDX-License-Identifier: MIT */
/* Fields of a message are read by casts: wide ones at odd places, over the end of what is there. */
#include <linux/module.h>
#include <linux/types.h>

#define HEADER 13

static u8 last_header[HEADER];
static u64 seen;

static u64 stamp_of(const u8 *header)
{
	return *(const u64 *)(header + 6); /* finding: out-of-bounds */
}

static u32 sum_of(const u8 *header)
{
	const u32 *words = (const u32 *)(header + 2);
	u32 sum = 0;

	for (int i = 0; i < 3; i++)
		sum += words[i]; /* finding: out-of-bounds */
	return sum;
}

static void set_length(u8 *header)
{
	*(u32 *)(header + 10) = HEADER; /* finding: out-of-bounds */
}

static int __init misaligned_init(void)
{
	u8 header[HEADER] = { 1, 2, 3 };

	seen = stamp_of(header);
	seen += sum_of(header);
	set_length(last_header);
	return 0;
}

static void __exit misaligned_exit(void)
{
}

module_init(misaligned_init);
module_exit(misaligned_exit);
MODULE_LICENSE("GPL");
