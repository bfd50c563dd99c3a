/* SPDX-License-Identifier: MIT */
/* cmpxchg() lets one table win, the other is freed. */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

static u32 *table;
static struct task_struct *users[2];

static u32 *table_get(void)
{
	u32 *new;

	if (READ_ONCE(table))
		return table;
	new = kcalloc(16, sizeof(*table), GFP_KERNEL);
	if (new && cmpxchg(&table, NULL, new))
		kfree(new);
	return table;
}

static int user_fn(void *unused)
{
	u32 *mine = table_get();

	if (mine)
		mine[3] = 1;
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int __init users_init(void)
{
	for (unsigned int i = 0; i < 2; i++) {
		users[i] = kthread_run(user_fn, NULL, "user/%u", i);
		if (IS_ERR(users[i])) {
			if (i)
				kthread_stop(users[0]);
			kfree(table);
			return PTR_ERR(users[i]);
		}
	}
	return 0;
}

static void __exit users_exit(void)
{
	kthread_stop(users[0]);
	kthread_stop(users[1]);
	kfree(table);
}

module_init(users_init);
module_exit(users_exit);
MODULE_LICENSE("GPL");
