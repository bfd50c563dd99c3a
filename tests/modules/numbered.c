// SPDX-License-Identifier: MIT
/* numbered.c - minors from an ida, sessions in an idr that readers look up under RCU */
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct session {
	struct rcu_head rcu;
	int id, minor;
};

static DEFINE_IDR(sessions);
static DEFINE_IDA(minors);
static DEFINE_MUTEX(sessions_lock);

static int session_open(void)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);
	int error;

	if (!session)
		return -ENOMEM;
	session->minor = error = ida_alloc(&minors, GFP_KERNEL);
	if (error < 0)
		goto out_free;
	mutex_lock(&sessions_lock);
	session->id = error = idr_alloc(&sessions, session, 1, 0, GFP_KERNEL);
	mutex_unlock(&sessions_lock);
	if (error > 0)
		return error;
	ida_free(&minors, session->minor);
out_free:
	kfree(session);
	return error;
}

static void session_close(int id)
{
	struct session *session;

	mutex_lock(&sessions_lock);
	session = idr_remove(&sessions, id);
	mutex_unlock(&sessions_lock);
	if (!session)
		return;
	ida_free(&minors, session->minor);
	kfree_rcu(session, rcu);
}

static int session_minor(int id)
{
	struct session *session;
	int minor;

	rcu_read_lock();
	session = idr_find(&sessions, id);
	minor = session ? session->minor : -ENOENT;
	rcu_read_unlock();
	return minor;
}

static int __init numbered_init(void)
{
	int opened = 0;

	while (opened < 5 && session_open() > 0)
		opened++;
	session_close(2);
	pr_info("minor of 3 is %d\n", session_minor(3));
	return 0;
}

static void __exit numbered_exit(void)
{
	struct session *session;
	int id;

	idr_for_each_entry(&sessions, session, id)
		session_close(id);
	idr_destroy(&sessions);
	ida_destroy(&minors);
}

module_init(numbered_init);
module_exit(numbered_exit);
MODULE_LICENSE("GPL");
