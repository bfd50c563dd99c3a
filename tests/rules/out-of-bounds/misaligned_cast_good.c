/* SPDX-License-Identifier: MIT */
/* Wide fields at odd places, read and written by casts, up to the last byte and no further. */
#include <linux/module.h>
#include <linux/types.h>

#define HEADER 13

static u8 last_header[HEADER];
static u64 seen;

static u64 stamp_of(const u8 *header)
{
	return *(const u64 *)(header + 5);
}

static u32 sum_of(const u8 *header)
{
	const u32 *words = (const u32 *)(header + 1);
	u32 sum = 0;

	for (int i = 0; i < 3; i++)
		sum += words[i];
	return sum;
}

static void set_length(u8 *header)
{
	*(u32 *)(header + 9) = HEADER;
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
