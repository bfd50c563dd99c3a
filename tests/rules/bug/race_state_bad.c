/* SPDX-License-Identifier: MIT */
/* The state is looked at before the lock is taken, and has changed when the thread has it. */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>

enum state { IDLE, BUSY };

static DEFINE_SPINLOCK(engine_lock);
static enum state engine;
static unsigned int runs;
static struct task_struct *threads[2];

static void engine_use(void)
{
	if (READ_ONCE(engine) != IDLE)
		return;
	spin_lock(&engine_lock);
	BUG_ON(engine != IDLE); /* finding: bug */
	engine = BUSY;
	spin_unlock(&engine_lock);
	runs++;
	spin_lock(&engine_lock);
	engine = IDLE;
	spin_unlock(&engine_lock);
}

static int thread_fn(void *unused)
{
	for (unsigned int i = 0; i < 5; i++)
		engine_use();
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int __init engine_init(void)
{
	for (unsigned int i = 0; i < 2; i++) {
		threads[i] = kthread_run(thread_fn, NULL, "engine/%u", i);
		if (IS_ERR(threads[i])) {
			if (i)
				kthread_stop(threads[0]);
			return PTR_ERR(threads[i]);
		}
	}
	return 0;
}

static void __exit engine_exit(void)
{
	kthread_stop(threads[0]);
	kthread_stop(threads[1]);
}

module_init(engine_init);
module_exit(engine_exit);
MODULE_LICENSE("GPL");
