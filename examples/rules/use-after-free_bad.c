/* SPDX-License-Identifier: MIT */
/* use-after-free_bad.c - a session: its number is told when it is gone */
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>

struct session {
	int id;
};

static void session_close(struct session *session)
{
	kfree(session);
	pr_info("session %d closed\n", session->id); /* finding: use-after-free */
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
