/* SPDX-License-Identifier: MIT */
/* A part of a device's SRAM is given back by the error path and by the exit. */
#include <linux/genalloc.h>
#include <linux/module.h>
#include <linux/slab.h>

#define SRAM_BYTES	4096

static struct gen_pool *sram;
static void *memory;
static unsigned long code;

static int code_load(unsigned int bytes)
{
	code = gen_pool_alloc(sram, 256);
	if (!code)
		return -ENOMEM;
	if (bytes > 256) {
		gen_pool_free(sram, code, 256);
		return -E2BIG;
	}
	return 0;
}

static int __init sram_init(void)
{
	sram = gen_pool_create(6, -1);
	if (!sram)
		return -ENOMEM;
	memory = kmalloc(SRAM_BYTES, GFP_KERNEL);
	if (!memory || gen_pool_add(sram, (unsigned long)memory, SRAM_BYTES, -1)) {
		kfree(memory);
		gen_pool_destroy(sram);
		return -ENOMEM;
	}
	code_load(300);
	return 0;
}

static void __exit sram_exit(void)
{
	if (code)
		gen_pool_free(sram, code, 256); /* finding: double-free */
	gen_pool_destroy(sram);
	kfree(memory);
}

module_init(sram_init);
module_exit(sram_exit);
MODULE_LICENSE("GPL");
