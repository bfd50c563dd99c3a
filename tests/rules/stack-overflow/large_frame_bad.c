/* SPDX-License-Identifier: MIT */
/* A variable larger than the stack; the first byte used lies beyond the gap below it. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

#define BYTES 300000

static struct task_struct *thread;

static noinline int blob_fn(void *data)
{ /* finding: stack-overflow */
	char blob[BYTES], *first = blob;

	OPTIMIZER_HIDE_VAR(first);
	first[0] = 1;
	return first[0];
}

static int __init blob_init(void)
{
	thread = kthread_run(blob_fn, NULL, "blob");
	return PTR_ERR_OR_ZERO(thread);
}

static void __exit blob_exit(void)
{
}

module_init(blob_init);
module_exit(blob_exit);
MODULE_LICENSE("GPL");
