/* SPDX-License-Identifier: MIT */
/* use-after-free_good.c - a session, as it should be */
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>

struct session {
	int id;
};

static void session_close(struct session *session)
{
	pr_info("session %d closed\n", session->id);
	kfree(session);
}

static int __init session_init(void)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	session_close(session);
	return 0;
}

static void __exit session_exit(void)
{
}

module_init(session_init);
module_exit(session_exit);

MODULE_DESCRIPTION("an example of use-after-free");
MODULE_LICENSE("GPL");
