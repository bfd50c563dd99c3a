/* SPDX-License-Identifier: MIT */
/* A reply is copied to the user after it is freed. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static char page_of_user[64];

struct reply {
	char text[40];
};

static int answer(char __user *to)
{
	struct reply *reply = kzalloc(sizeof(*reply), GFP_KERNEL);
	unsigned long left;

	if (!reply)
		return -ENOMEM;
	strscpy(reply->text, "ready", sizeof(reply->text));
	kfree(reply);
	left = copy_to_user(to, reply->text, sizeof(reply->text)); /* finding: use-after-free */
	return left ? -EFAULT : 0;
}

static int __init answer_init(void)
{
	return answer((char __user *)page_of_user);
}

static void __exit answer_exit(void)
{
}

module_init(answer_init);
module_exit(answer_exit);
MODULE_LICENSE("GPL");
