/* SPDX-License-Identifier: MIT */
/*
 * explain_texts.c - the rules in words, with a wrong and a right example each
 *
 * Ids and severities are those of the catalogue (src/rules/catalog.def); a test holds the two together.
 */
#include "explain.h"

#include <stddef.h>

const struct rule_text rule_texts[] = {
	{
		.id = "sleep-in-atomic", .severity = "error", .is_enforced = true,
		.line = "a call that may sleep, made where sleeping is forbidden",
		.text =
"GFP_KERNEL may put the caller to sleep until memory is free.  In an interrupt handler, a softirq, a tasklet or a timer,\n"
"under a spinlock or rwlock, in an RCU reader, or with preemption or interrupts off, nobody can sleep: the machine\n"
"deadlocks or loses data, but only on the day when memory is short.  The call is wrong even when it would not have slept\n"
"this time.  The same holds for mutex_lock(), msleep(), vmalloc(), synchronize_rcu() and all that wait.\n"
"Move the call out of the atomic section, or ask with GFP_ATOMIC (or GFP_NOWAIT) and be ready for failure.",
		.wrong =
"	spin_lock_irqsave(&dev->lock, flags);\n"
"	entry = kmalloc(sizeof(*entry), GFP_KERNEL);\n",
		.right =
"	entry = kmalloc(sizeof(*entry), GFP_KERNEL);	/* before the lock is taken */\n"
"	if (!entry)\n"
"		return -ENOMEM;\n"
"	spin_lock_irqsave(&dev->lock, flags);\n",
		.source = "kernel 6.12 docs, core-api/memory-allocation, \"Get Free Page flags\"",
	},
	{
		.id = "atomic-waste", .severity = "advice", .is_enforced = true,
		.line = "GFP_ATOMIC where the code could always have slept",
		.text =
"GFP_ATOMIC takes from a small reserve that interrupt handlers depend on, and fails more often.  Where every call that\n"
"was seen could have slept, GFP_KERNEL serves better.  This is advice: a path that was not run may need it.",
		.wrong =
"	static int __init demo_init(void)\n"
"	{\n"
"		table = kmalloc(4096, GFP_ATOMIC);\n",
		.right =
"		table = kmalloc(4096, GFP_KERNEL);\n",
		.source = "kernel 6.12 docs, core-api/memory-allocation",
	},
	{
		.id = "flag-misuse", .severity = "error", .is_enforced = true,
		.line = "allocation flags that contradict each other or the call",
		.text =
"Some flags exclude one another: two zones at once, __GFP_HIGHMEM for kmalloc (high memory has no address to return),\n"
"GFP_DMA32 for kmalloc (it has no such caches), __GFP_NOFAIL without leave to sleep (it does fail), __GFP_ZERO for a cache\n"
"with a constructor, bits that are no flag at all.  `kmalloc gfp FLAGS` shows what a word really asks for.",
		.wrong =
"	buffer = kmalloc(512, GFP_KERNEL | __GFP_HIGHMEM);\n"
"	entry = kmalloc(64, GFP_ATOMIC | __GFP_NOFAIL);\n",
		.right =
"	buffer = kmalloc(512, GFP_KERNEL);\n"
"	entry = kmalloc(64, GFP_ATOMIC);	/* and check for NULL */\n",
		.source = "kernel 6.12, include/linux/gfp_types.h, comments",
	},
	{
		.id = "null-unchecked", .severity = "error", .is_enforced = true,
		.line = "an allocation failed and its result was used",
		.text =
"Every allocation can fail (only __GFP_NOFAIL cannot).  Each allocation site - each distinct call stack - is made to\n"
"fail once; the code must notice, undo what it did and return -ENOMEM.",
		.wrong =
"	dev->ring = kzalloc(size, GFP_KERNEL);\n"
"	dev->ring->head = 0;\n",
		.right =
"	dev->ring = kzalloc(size, GFP_KERNEL);\n"
"	if (!dev->ring)\n"
"		return -ENOMEM;\n",
		.source = "kernel 6.12 docs, core-api/memory-allocation; fault-injection",
	},
	{
		.id = "leak", .severity = "error", .is_enforced = true,
		.line = "memory left behind when the module is gone",
		.text =
"After module_exit() - or after a module_init() that failed - everything that was allocated must have been freed: objects,\n"
"pages, vmalloc areas, caches.  The classic place is an error path that returns without undoing the earlier steps.",
		.wrong =
"	a = kmalloc(64, GFP_KERNEL);\n"
"	if (!a)\n"
"		return -ENOMEM;\n"
"	b = kmalloc(64, GFP_KERNEL);\n"
"	if (!b)\n"
"		return -ENOMEM;			/* a is lost */\n",
		.right =
"	if (!b)\n"
"		goto free_a;\n"
"	...\n"
"free_a:\n"
"	kfree(a);\n"
"	return -ENOMEM;\n",
		.source = "kernel 6.12 docs, dev-tools/kmemleak; process/coding-style, section 7",
	},
	{
		.id = "double-free", .severity = "error", .is_enforced = true,
		.line = "memory freed twice",
		.text =
"The second free puts an object on the free list that may meanwhile belong to someone else.  Usual causes: two owners of\n"
"one pointer, an error path that frees what the caller frees again, two contexts that race.  Decide who owns the object; set\n"
"the pointer to NULL where it lives on.",
		.wrong =
"	kfree(dev->buf);\n"
"	...\n"
"	kfree(dev->buf);	/* in release() */\n",
		.right =
"	kfree(dev->buf);\n"
"	dev->buf = NULL;	/* kfree(NULL) does nothing */\n",
		.source = "kernel 6.12 docs, dev-tools/kasan",
	},
	{
		.id = "invalid-free", .severity = "error", .is_enforced = true,
		.line = "a free that does not fit the allocation",
		.text =
"A pointer must go back the way it came: the very address that was returned, to the function of the same family\n"
"(kmalloc: kfree; vmalloc: vfree; kvmalloc: kvfree; kmem_cache_alloc: kmem_cache_free of the same cache; alloc_pages:\n"
"__free_pages with the same order).",
		.wrong =
"	p = vmalloc(bytes);\n"
"	p += sizeof(struct header);\n"
"	kfree(p);		/* wrong function and wrong address */\n",
		.right =
"	p = vmalloc(bytes);\n"
"	...\n"
"	vfree(p);\n",
		.source = "kernel 6.12 docs, core-api/memory-allocation, \"Selecting memory allocator\"",
	},
	{
		.id = "use-after-free", .severity = "error", .is_enforced = true,
		.line = "memory read or written after it was freed",
		.text =
"Freed memory belongs to the next caller.  Usual causes: a timer, work item or thread that outlives the object; a list\n"
"entry freed while readers walk the list; a field read after kfree().  Stop what uses the object first (timer_delete_sync,\n"
"cancel_work_sync, kthread_stop), then free; give RCU readers a grace period (kfree_rcu).",
		.wrong =
"	kfree(session);\n"
"	pr_info(\"session %d closed\\n\", session->id);\n",
		.right =
"	pr_info(\"session %d closed\\n\", session->id);\n"
"	kfree(session);\n",
		.source = "kernel 6.12 docs, dev-tools/kasan; RCU/checklist",
	},
	{
		.id = "out-of-bounds", .severity = "error", .is_enforced = true,
		.line = "memory used beyond the size that was asked for",
		.text =
"The size that counts is the one requested, not that of the slot it came from: kmalloc(100) lies in a slot of 128 bytes, but\n"
"byte 100 is not yours.  Usual causes: <= instead of <, forgetting the final zero of a string, a length in elements taken\n"
"for bytes.",
		.wrong =
"	for (i = 0; i <= count; i++)\n"
"		table[i] = 0;\n",
		.right =
"	for (i = 0; i < count; i++)\n"
"		table[i] = 0;\n",
		.source = "kernel 6.12 docs, dev-tools/kasan; core-api/memory-allocation",
	},
	{
		.id = "dma-unreachable", .severity = "error", .is_enforced = false,
		.line = "memory given to a device that cannot reach it",
		.text =
"A device has a DMA mask; memory above it, on the stack, from vmalloc() or already freed cannot be mapped for it.  Use the\n"
"dma API, or GFP_DMA / GFP_DMA32 where the memory itself must lie low.",
		.wrong =
"	char buf[64];\n"
"	handle = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);\n",
		.right =
"	buf = kmalloc(64, GFP_KERNEL);\n"
"	handle = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);\n",
		.source = "kernel 6.12 docs, core-api/dma-api-howto",
	},
	{
		.id = "size-overflow", .severity = "error", .is_enforced = false,
		.line = "the size asked for came out of arithmetic that wrapped",
		.text =
"count * size wraps when count comes from outside; the allocation is then small and the loop that fills it is not.\n"
"kmalloc_array(), kcalloc(), struct_size() and array_size() check the product.",
		.wrong = "	table = kmalloc(count * sizeof(*table), GFP_KERNEL);\n",
		.right = "	table = kmalloc_array(count, sizeof(*table), GFP_KERNEL);\n",
		.source = "kernel 6.12 docs, process/deprecated, \"open-coded arithmetic in allocator arguments\"",
	},
	{
		.id = "reclaim-deadlock", .severity = "error", .is_enforced = false,
		.line = "an allocation that may enter reclaim while holding a lock that reclaim takes",
		.text =
"When memory is short, GFP_KERNEL runs shrinkers and file system code in the caller's context.  If they take a lock the\n"
"caller holds, nothing moves again.  Use GFP_NOFS / GFP_NOIO or the memalloc_nofs_save() scope, or drop the lock.",
		.wrong =
"	mutex_lock(&cache->lock);	/* the shrinker takes it too */\n"
"	p = kmalloc(bytes, GFP_KERNEL);\n",
		.right =
"	p = kmalloc(bytes, GFP_KERNEL);\n"
"	mutex_lock(&cache->lock);\n",
		.source = "kernel 6.12 docs, core-api/gfp_mask-from-fs-io",
	},
	{
		.id = "uninitialized-read", .severity = "error", .is_enforced = false,
		.line = "memory used before it was written",
		.text =
"kmalloc() hands out what the last owner left.  Reading it decides by chance; copying it to a user or a device leaks kernel\n"
"data.  Write every byte that is read, or ask for zeroed memory.",
		.wrong =
"	reply = kmalloc(sizeof(*reply), GFP_KERNEL);\n"
"	reply->status = 0;\n"
"	send(reply, sizeof(*reply));	/* the rest was never written */\n",
		.right = "	reply = kzalloc(sizeof(*reply), GFP_KERNEL);\n",
		.source = "kernel 6.12 docs, dev-tools/kmsan",
	},
	{
		.id = "stack-overflow", .severity = "error", .is_enforced = false,
		.line = "a task used more than its kernel stack",
		.text =
"A kernel stack is small (16 KiB on x86-64) and does not grow.  Big arrays and recursion do not belong on it; allocate them.",
		.wrong = "	char work[20000];\n",
		.right = "	char *work = kmalloc(20000, GFP_KERNEL);\n",
		.source = "kernel 6.12 docs, process/deprecated; mm/vmalloced-kernel-stacks",
	},
	{
		.id = "lock-misuse", .severity = "error", .is_enforced = true,
		.line = "a lock released that was not held, taken twice, or left held",
		.text =
"A lock taken twice by one owner never comes; a lock released by one who does not hold it protects nobody; a lock still held\n"
"when the function, handler or thread ends stays taken for ever.",
		.wrong =
"	spin_lock(&dev->lock);\n"
"	if (!dev->ready)\n"
"		return -EAGAIN;		/* still locked */\n",
		.right =
"	if (!dev->ready) {\n"
"		spin_unlock(&dev->lock);\n"
"		return -EAGAIN;\n"
"	}\n",
		.source = "kernel 6.12 docs, locking/locktypes; locking/spinlocks",
	},
	{
		.id = "crash", .severity = "error", .is_enforced = true,
		.line = "the code took the machine down",
		.text =
"A NULL or wild pointer was called, read or written, or an instruction could not be executed, without a failed allocation\n"
"to explain it (that would be null-unchecked).  The report shows the place and the stack.",
		.wrong = "	ops->start(dev);		/* ops->start is NULL */\n",
		.right = "	if (ops->start)\n		ops->start(dev);\n",
	},
	{
		.id = "hang", .severity = "error", .is_enforced = true,
		.line = "the code never came to an end",
		.text =
"module_init(), module_exit() or a handler did not return, a lock was never released, or everyone waits for someone who\n"
"waits too.  Either nothing can ever run again (deadlock), a CPU made no progress (lockup), or the time limit passed.",
		.wrong = "	while (!dev->done)\n		;\n",
		.right = "	if (!wait_for_completion_timeout(&dev->done, HZ))\n		return -ETIMEDOUT;\n",
	},
	{
		.id = "bug", .severity = "error", .is_enforced = true,
		.line = "BUG() or panic() was reached",
		.text = "The code itself declared that this must never happen.  The report shows which BUG_ON() and how it came there.",
		.wrong = "	BUG_ON(!buffer);\n",
		.right = "	if (WARN_ON(!buffer))\n		return -EINVAL;\n",
		.source = "kernel 6.12 docs, process/deprecated, \"BUG() and BUG_ON()\"",
	},
	{
		.id = "warn", .severity = "error", .is_enforced = true,
		.line = "WARN() was reached",
		.text = "The code itself, or a kernel function it called wrongly, said that something is wrong.  The message tells what.",
		.source = "kernel 6.12 docs, process/deprecated",
	},
};
const unsigned int rule_text_count = sizeof(rule_texts) / sizeof(rule_texts[0]);
