/* SPDX-License-Identifier: MIT */
/* Objects of a cache with a constructor: the last name does not fit, three calls deep. */
#include <linux/module.h>
#include <linux/slab.h>

struct user {
	int count;
	char name[11];
};

static struct kmem_cache *users;

static void user_ctor(void *object)
{
	struct user *user = object;

	user->count = 0;
	for (unsigned int i = 0; i < sizeof(user->name); i++)
		user->name[i] = 0;
}

static void name_put(char *at, char c)
{
	*at = c;
}

static void name_set(struct user *user, const char *name)
{
	unsigned int i = 0;

	for (; name[i] && i < sizeof(user->name) - 1; i++)
		name_put(user->name + i, name[i]);
}

static int __init users_init(void)
{
	struct user *user;

	users = kmem_cache_create("users", 15, 1, 0, user_ctor);
	if (!users)
		return -ENOMEM;
	user = kmem_cache_alloc(users, GFP_KERNEL);
	if (user) {
		name_set(user, "administrator");
		name_set(user, "");
		kmem_cache_free(users, user);
	}
	return 0;
}

static void __exit users_exit(void)
{
	kmem_cache_destroy(users);
}

module_init(users_init);
module_exit(users_exit);
MODULE_LICENSE("GPL");
