/* SPDX-License-Identifier: MIT */
/*
 * The last user of a session lets go of it after a grace period; the callback (softirq)
 * counts under a spinlock.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct session {
	struct rcu_head rcu;
	char *name;
};

static DEFINE_SPINLOCK(count_lock);
static unsigned int open_sessions;

static void session_count(int change)
{
	spin_lock_bh(&count_lock);
	open_sessions += change;
	spin_unlock_bh(&count_lock);
}

static void session_end(struct rcu_head *head)
{
	struct session *session = container_of(head, struct session, rcu);

	session_count(-1);
	kfree(session->name);
	kfree(session);
}

static int __init session_init(void)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	session->name = kstrdup("first", GFP_KERNEL);
	if (!session->name) {
		kfree(session);
		return -ENOMEM;
	}
	session_count(1);
	call_rcu(&session->rcu, session_end);
	return 0;
}

static void __exit session_exit(void)
{
	rcu_barrier();
	WARN_ON(open_sessions);
}

module_init(session_init);
module_exit(session_exit);
MODULE_LICENSE("GPL");
