/* SPDX-License-Identifier: MIT */
/* What is left in the table is freed with it. */
/* options: --schedules 1 */
#include <linux/module.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>

struct session {
	u32 id;
	struct rhash_head node;
};

static struct rhashtable sessions;
static const struct rhashtable_params session_params = {
	.key_len = sizeof(u32),
	.key_offset = offsetof(struct session, id),
	.head_offset = offsetof(struct session, node),
};

static int session_open(u32 id)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);
	int error;

	if (!session)
		return -ENOMEM;
	session->id = id;
	error = rhashtable_lookup_insert_fast(&sessions, &session->node, session_params);
	if (error)
		kfree(session);
	return error;
}

static bool session_is_open(u32 id)
{
	return rhashtable_lookup_fast(&sessions, &id, session_params);
}

static void session_close(u32 id)
{
	struct session *session;

	rcu_read_lock();
	session = rhashtable_lookup(&sessions, &id, session_params);
	rcu_read_unlock();
	if (!session || rhashtable_remove_fast(&sessions, &session->node, session_params))
		return;
	synchronize_rcu();
	kfree(session);
}

static void session_free(void *session, void *unused)
{
	kfree(session);
}

static int __init sessions_init(void)
{
	int error = rhashtable_init(&sessions, &session_params);

	if (error)
		return error;
	error = session_open(5);
	if (error) {
		rhashtable_destroy(&sessions);
		return error;
	}
	session_close(5);
	session_open(6);
	if (session_is_open(5))
		pr_info("5 is still open\n");
	return 0;
}

static void __exit sessions_exit(void)
{
	rhashtable_free_and_destroy(&sessions, session_free, NULL);
}

module_init(sessions_init);
module_exit(sessions_exit);
MODULE_LICENSE("GPL");
