/* SPDX-License-Identifier: MIT */
/* The last user of a session lets go of it after a grace period; the callback runs in softirq. */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct session {
	struct rcu_head rcu;
	char *name;
};

static DEFINE_MUTEX(count_lock);
static unsigned int open_sessions;

static void session_count(int change)
{
	mutex_lock(&count_lock); /* finding: sleep-in-atomic */
	open_sessions += change;
	mutex_unlock(&count_lock);
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
