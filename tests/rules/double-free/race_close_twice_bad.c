/* SPDX-License-Identifier: MIT */
/* The timer and the exit both look at the flag before one of them has set it. */
/* options: --seed 3 */
#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct session {
	struct timer_list expiry;
	unsigned long flags;
	bool is_closed;
	char *transcript;
};

static struct session session;

static void session_close(struct session *s)
{
	if (s->is_closed)
		return;
	s->is_closed = true;
	kfree(s->transcript); /* finding: double-free */
}

static void session_expire(struct timer_list *timer)
{
	struct session *s = from_timer(s, timer, expiry);

	session_close(s);
}

static int __init session_init(void)
{
	session.transcript = kzalloc(200, GFP_KERNEL);
	if (!session.transcript)
		return -ENOMEM;
	timer_setup(&session.expiry, session_expire, 0);
	mod_timer(&session.expiry, jiffies + 30);
	return 0;
}

static void __exit session_exit(void)
{
	session_close(&session);
	timer_delete_sync(&session.expiry);
}

module_init(session_init);
module_exit(session_exit);
MODULE_LICENSE("GPL");
