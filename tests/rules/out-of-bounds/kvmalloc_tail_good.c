/* SPDX-License-Identifier: MIT */
/* A large array that may come from either allocator; the sentinel is written behind its end. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

static u16 *codes;

static int codes_make(size_t count)
{
	codes = kvmalloc_array(count + 1, sizeof(*codes), GFP_KERNEL);
	if (!codes)
		return -ENOMEM;
	for (size_t i = 0; i < count; i += 1000)
		codes[i] = i;
	codes[count] = 0xffff;
	return 0;
}

static int __init codes_init(void)
{
	int error = codes_make(50);

	if (error)
		return error;
	kvfree(codes);
	return codes_make(3000001);
}

static void __exit codes_exit(void)
{
	kvfree(codes);
}

module_init(codes_init);
module_exit(codes_exit);
MODULE_LICENSE("GPL");
