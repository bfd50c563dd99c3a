/* SPDX-License-Identifier: MIT */
/* Two allocations, both looked at. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct pair {
	char *key;
	char *value;
};

static struct pair *pair;

static struct pair *pair_new(const char *key, const char *value)
{
	struct pair *new = kmalloc(sizeof(*new), GFP_KERNEL);

	if (!new)
		return NULL;
	new->key = kstrdup(key, GFP_KERNEL);
	new->value = kstrdup(value, GFP_KERNEL);
	if (!new->key || !new->value) {
		kfree(new->value);
		kfree(new->key);
		kfree(new);
		return NULL;
	}
	new->key[0] = 'K';
	return new;
}

static int __init pair_init(void)
{
	pair = pair_new("key", "value");
	return pair ? 0 : -ENOMEM;
}

static void __exit pair_exit(void)
{
	kfree(pair->value);
	kfree(pair->key);
	kfree(pair);
}

module_init(pair_init);
module_exit(pair_exit);
MODULE_LICENSE("GPL");
