/* SPDX-License-Identifier: MIT */
/* An error path that gives per-CPU buffers back which the exit function gives back as well. */
#include <linux/module.h>
#include <linux/percpu.h>

static char __percpu *scratch;
static bool is_ready;

static void scratch_free(void)
{
	free_percpu(scratch); /* finding: double-free */
}

static int __init scratch_init(void)
{
	scratch = __alloc_percpu(200, 64);
	if (!scratch)
		return -ENOMEM;
	if (!is_ready)
		scratch_free();
	return 0;
}

static void __exit scratch_exit(void)
{
	scratch_free();
}

module_init(scratch_init);
module_exit(scratch_exit);
MODULE_LICENSE("GPL");
