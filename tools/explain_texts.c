/* SPDX-License-Identifier: MIT */
/*
 * explain_texts.c - the rules in words, with a wrong and a right example each
 *
 * Severity, one line, source and advice stand in the catalogue (src/rules/catalog.def).
 */
#include "explain.h"

#include <stddef.h>

const struct rule_text rule_texts[] = {
	{
		.id = "sleep-in-atomic",
		.text =
"GFP_KERNEL may put the caller to sleep until memory is free.  In an interrupt handler, a\n"
"softirq, a tasklet or a timer, under a spinlock or rwlock, in an RCU reader, or with\n"
"preemption or interrupts off, nobody can sleep: the machine deadlocks or loses data, but\n"
"only on the day when memory is short.  The call is wrong even when it would not have\n"
"slept this time.  The same holds for mutex_lock(), msleep(), vmalloc(),\n"
"synchronize_rcu() and all that wait.  Move the call out of the atomic section, or ask\n"
"with GFP_ATOMIC (or GFP_NOWAIT) and be ready for failure.",
		.wrong =
"	spin_lock_irqsave(&dev->lock, flags);\n"
"	entry = kmalloc(sizeof(*entry), GFP_KERNEL);\n",
		.right =
"	entry = kmalloc(sizeof(*entry), GFP_KERNEL);	/* before the lock is taken */\n"
"	if (!entry)\n"
"		return -ENOMEM;\n"
"	spin_lock_irqsave(&dev->lock, flags);\n",
	},
	{
		.id = "atomic-waste",
		.text =
"GFP_ATOMIC takes from a small reserve that interrupt handlers depend on, and fails more\n"
"often.  Where every call that was seen could have slept, GFP_KERNEL serves better.  This\n"
"is advice: a path that was not run may need it.",
		.wrong =
"	static int __init demo_init(void)\n"
"	{\n"
"		table = kmalloc(4096, GFP_ATOMIC);\n",
		.right =
"		table = kmalloc(4096, GFP_KERNEL);\n",
	},
	{
		.id = "flag-misuse",
		.text =
"Some flags exclude one another: two zones at once, __GFP_HIGHMEM for kmalloc (high\n"
"memory has no address to return), GFP_DMA32 for kmalloc (it has no such caches),\n"
"__GFP_NOFAIL without leave to sleep (it does fail), __GFP_ZERO for a cache with a\n"
"constructor, bits that are no flag at all.  `kmalloc gfp FLAGS` shows what a word really\n"
"asks for.",
		.wrong =
"	buffer = kmalloc(512, GFP_KERNEL | __GFP_HIGHMEM);\n"
"	entry = kmalloc(64, GFP_ATOMIC | __GFP_NOFAIL);\n",
		.right =
"	buffer = kmalloc(512, GFP_KERNEL);\n"
"	entry = kmalloc(64, GFP_ATOMIC);	/* and check for NULL */\n",
	},
	{
		.id = "null-unchecked",
		.text =
"Every allocation can fail (only __GFP_NOFAIL cannot).  Each allocation site - each\n"
"distinct call stack - is made to fail once; the code must notice, undo what it did and\n"
"return -ENOMEM.",
		.wrong =
"	dev->ring = kzalloc(size, GFP_KERNEL);\n"
"	dev->ring->head = 0;\n",
		.right =
"	dev->ring = kzalloc(size, GFP_KERNEL);\n"
"	if (!dev->ring)\n"
"		return -ENOMEM;\n",
	},
	{
		.id = "leak",
		.text =
"After module_exit() - or after a module_init() that failed - everything that was\n"
"allocated must have been freed: objects, pages, vmalloc areas, caches.  The classic\n"
"place is an error path that returns without undoing the earlier steps.",
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
	},
	{
		.id = "double-free",
		.text =
"The second free puts an object on the free list that may meanwhile belong to someone\n"
"else.  Usual causes: two owners of one pointer, an error path that frees what the caller\n"
"frees again, two contexts that race.  Decide who owns the object; set the pointer to\n"
"NULL where it lives on.",
		.wrong =
"	kfree(dev->buf);\n"
"	...\n"
"	kfree(dev->buf);	/* in release() */\n",
		.right =
"	kfree(dev->buf);\n"
"	dev->buf = NULL;	/* kfree(NULL) does nothing */\n",
	},
	{
		.id = "invalid-free",
		.text =
"A pointer must go back the way it came: the very address that was returned, to the\n"
"function of the same family (kmalloc: kfree; vmalloc: vfree; kvmalloc: kvfree;\n"
"kmem_cache_alloc: kmem_cache_free of the same cache; alloc_pages: __free_pages with the\n"
"same order).",
		.wrong =
"	p = vmalloc(bytes);\n"
"	p += sizeof(struct header);\n"
"	kfree(p);		/* wrong function and wrong address */\n",
		.right =
"	p = vmalloc(bytes);\n"
"	...\n"
"	vfree(p);\n",
	},
	{
		.id = "use-after-free",
		.text =
"Freed memory belongs to the next caller.  Usual causes: a timer, work item or thread\n"
"that outlives the object; a list entry freed while readers walk the list; a field read\n"
"after kfree().  Stop what uses the object first (timer_delete_sync, cancel_work_sync,\n"
"kthread_stop), then free; give RCU readers a grace period (kfree_rcu).",
		.wrong =
"	kfree(session);\n"
"	pr_info(\"session %d closed\\n\", session->id);\n",
		.right =
"	pr_info(\"session %d closed\\n\", session->id);\n"
"	kfree(session);\n",
	},
	{
		.id = "out-of-bounds",
		.text =
"The size that counts is the one requested, not that of the slot it came from:\n"
"kmalloc(100) lies in a slot of 128 bytes, but byte 100 is not yours.  Usual causes: <=\n"
"instead of <, forgetting the final zero of a string, a length in elements taken for\n"
"bytes.",
		.wrong =
"	for (i = 0; i <= count; i++)\n"
"		table[i] = 0;\n",
		.right =
"	for (i = 0; i < count; i++)\n"
"		table[i] = 0;\n",
	},
	{
		.id = "dma-unreachable",
		.text =
"A device has a DMA mask; memory above it, on the stack, from vmalloc() or already freed\n"
"cannot be mapped for it.  Use the dma API, or GFP_DMA / GFP_DMA32 where the memory\n"
"itself must lie low.  With a mask of 32 bits or more Linux bounces what lies too high.\n"
"Ask dma_mapping_error(), and unmap once, with what was mapped, before it is freed.",
		.wrong =
"	char buf[64];\n"
"	handle = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);\n",
		.right =
"	buf = kmalloc(64, GFP_KERNEL);\n"
"	handle = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);\n",
	},
	{
		.id = "size-overflow",
		.text =
"count * size wraps when count comes from outside; the allocation is then small and the\n"
"loop that fills it is not.  kmalloc_array(), kcalloc(), struct_size() and array_size()\n"
"check the product.",
		.wrong = "	table = kmalloc(count * sizeof(*table), GFP_KERNEL);\n",
		.right = "	table = kmalloc_array(count, sizeof(*table), GFP_KERNEL);\n",
	},
	{
		.id = "reclaim-deadlock",
		.text =
"When memory is short, GFP_KERNEL runs shrinkers and file system code in the caller's\n"
"context.  If they take a lock the caller holds, nothing moves again.  Allocate before the\n"
"lock, or let the shrinker try for it.  GFP_NOFS, GFP_NOIO and the scopes of\n"
"memalloc_nofs_save() help only if the shrinker looks at sc->gfp_mask: it runs for\n"
"such requests too.",
		.wrong =
"	mutex_lock(&cache->lock);	/* the shrinker takes it too */\n"
"	p = kmalloc(bytes, GFP_KERNEL);\n",
		.right =
"	p = kmalloc(bytes, GFP_KERNEL);\n"
"	mutex_lock(&cache->lock);\n",
	},
	{
		.id = "uninitialized-read",
		.text =
"kmalloc() hands out what the last owner left.  Reading it decides by chance; copying it\n"
"to a user or a device leaks kernel data.  Write every byte that is read, or ask for\n"
"zeroed memory.",
		.wrong =
"	reply = kmalloc(sizeof(*reply), GFP_KERNEL);\n"
"	reply->status = 0;\n"
"	send(reply, sizeof(*reply));	/* the rest was never written */\n",
		.right = "	reply = kzalloc(sizeof(*reply), GFP_KERNEL);\n",
	},
	{
		.id = "stack-overflow",
		.text =
"A kernel stack is small (16 KiB on x86-64) and does not grow.  Big arrays and recursion\n"
"do not belong on it; allocate them.",
		.wrong = "	char work[20000];\n",
		.right = "	char *work = kmalloc(20000, GFP_KERNEL);\n",
	},
	{
		.id = "crash",
		.text =
"A NULL or wild pointer was called, read or written, or an instruction could not be\n"
"executed, without a failed allocation to explain it (that would be null-unchecked).  The\n"
"report shows the place and the stack.",
		.wrong = "	ops->start(dev);		/* ops->start is NULL */\n",
		.right = "	if (ops->start)\n		ops->start(dev);\n",
	},
	{
		.id = "hang",
		.text =
"module_init(), module_exit() or a handler did not return, a lock was never released, or\n"
"everyone waits for someone who waits too.  Either nothing can ever run again (deadlock),\n"
"a CPU made no progress (lockup), or the time limit passed.",
		.wrong = "	while (!dev->done)\n		;\n",
		.right =
"	if (!wait_for_completion_timeout(&dev->done, HZ))\n"
"		return -ETIMEDOUT;\n",
	},
	{
		.id = "bug",
		.text =
"BUG(), panic(), or a lock or context left out of balance: a lock released by one who\n"
"does not hold it, taken twice by one owner, or still held when the function, handler or\n"
"thread ends; preemption or interrupts left off; a timer or work set up while it waits.",
		.wrong =
"	spin_lock(&dev->lock);\n"
"	if (!dev->ready)\n"
"		return -EAGAIN;		/* still locked */\n",
		.right =
"	if (!dev->ready) {\n"
"		spin_unlock(&dev->lock);\n"
"		return -EAGAIN;\n"
"	}\n",
	},
	{
		.id = "warn",
		.text =
"The code itself, or a kernel function it called wrongly, said that something is wrong.\n"
"The message tells what.",
		.wrong =
"	WARN_ON(dev->users);		/* one of them was never closed */\n"
"	kfree(dev);\n",
		.right =
"	list_for_each_entry_safe(user, next, &dev->open, node)\n"
"		user_close(user);\n"
"	WARN_ON(dev->users);\n"
"	kfree(dev);\n",
	},
	{
		.id = "drive",
		.text =
"The script of --drive says what each step should come to: => 5, => \"text\", => EINVAL, => ok.\n"
"In the first run, where no allocation was made to fail, a step came to something else.",
		.wrong = "	write fd \"hello\" => 4	# it took 5\n",
		.right = "	write fd \"hello\" => 5\n",
	},
	{
		.id = "kunit",
		.text =
"A case of a KUnit suite did not see what it expects, or its suite could not begin.  Only the\n"
"run without injected failures counts: a case that fails because memory was short is right to.",
		.wrong = "	KUNIT_EXPECT_EQ(test, ring_size(ring), 5);	/* it is 4 */\n",
		.right = "	KUNIT_EXPECT_EQ(test, ring_size(ring), 4);\n",
	},
};
const unsigned int rule_text_count = sizeof(rule_texts) / sizeof(rule_texts[0]);
