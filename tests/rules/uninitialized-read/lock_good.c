/* SPDX-License-Identifier: MIT */
/* A lock inside a fresh object is made before it is taken. */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct account {
	struct mutex lock;
	long balance;
};

static struct account *account;

static void account_add(struct account *changed, long amount)
{
	mutex_lock(&changed->lock);
	changed->balance += amount;
	mutex_unlock(&changed->lock);
}

static int __init account_init(void)
{
	account = kmalloc(sizeof(*account), GFP_KERNEL);
	if (!account)
		return -ENOMEM;
	mutex_init(&account->lock);
	account->balance = 0;
	account_add(account, 5);
	account_add(account, -5);
	return 0;
}

static void __exit account_exit(void)
{
	kfree(account);
}

module_init(account_init);
module_exit(account_exit);
MODULE_LICENSE("GPL");
