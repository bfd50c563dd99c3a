/* SPDX-License-Identifier: MIT */
/* The last reference frees after a grace period, and the exit waits for that. */
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct session {
	struct kref references;
	struct rcu_head rcu;
};

static struct session *session;

static void session_free(struct rcu_head *rcu)
{
	kfree(container_of(rcu, struct session, rcu));
}

static void session_release(struct kref *references)
{
	struct session *last = container_of(references, struct session, references);

	call_rcu(&last->rcu, session_free);
}

static int __init tunnel_init(void)
{
	session = kzalloc(sizeof(*session), GFP_KERNEL);
	if (!session)
		return -ENOMEM;
	kref_init(&session->references);
	return 0;
}

static void __exit tunnel_exit(void)
{
	struct session *old = session;

	kref_put(&old->references, session_release);
	rcu_barrier();
}

module_init(tunnel_init);
module_exit(tunnel_exit);
MODULE_LICENSE("GPL");
