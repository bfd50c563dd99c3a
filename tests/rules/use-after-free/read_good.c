/* SPDX-License-Identifier: MIT */
/* The last look comes before the free. */
#include <linux/module.h>
#include <linux/slab.h>

struct session {
	int id;
	int uses;
};

static int session_close(struct session *session)
{
	int uses = session->uses;

	kfree(session);
	return uses;
}

static int __init session_init(void)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	session->uses = 2;
	pr_info("closed after %d uses\n", session_close(session));
	return 0;
}

static void __exit session_exit(void)
{
}

module_init(session_init);
module_exit(session_exit);
MODULE_LICENSE("GPL");
