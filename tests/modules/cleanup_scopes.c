/* SPDX-License-Identifier: MIT */
/*
 * The cleanup.h way: __free(), no_free_ptr(), guard(), scoped_guard(), a DEFINE_FREE() of its own.
 */
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct config {
	struct list_head node;
	char *key;
	char *value;
	struct rcu_head rcu;
};

static void config_free(struct config *c)
{
	kfree(c->key);
	kfree(c->value);
	kfree(c);
}
DEFINE_FREE(config, struct config *, if (!IS_ERR_OR_NULL(_T)) config_free(_T))

static LIST_HEAD(configs);
static DEFINE_MUTEX(configs_mutex);
static DEFINE_SPINLOCK(count_lock);
static int count;

static struct config *config_parse(const char *line)
{
	char *copy __free(kfree) = kstrdup(line, GFP_KERNEL);
	struct config *c __free(config) = kzalloc(sizeof(*c), GFP_KERNEL);
	char *value;

	if (!copy || !c)
		return ERR_PTR(-ENOMEM);
	value = strchr(copy, '=');
	if (!value)
		return ERR_PTR(-EINVAL);
	*value++ = 0;
	c->key = kstrdup(strim(copy), GFP_KERNEL);
	c->value = kstrdup(strim(value), GFP_KERNEL);
	if (!c->key || !c->value)
		return ERR_PTR(-ENOMEM);
	return_ptr(c);
}

static int config_add(const char *line)
{
	struct config *c __free(config) = config_parse(line);

	if (IS_ERR(c))
		return PTR_ERR(c);
	guard(mutex)(&configs_mutex);
	list_add_tail(&no_free_ptr(c)->node, &configs);
	scoped_guard(spinlock_irqsave, &count_lock)
		count++;
	return 0;
}

static const char *config_get(const char *key)
{
	struct config *c;

	guard(mutex)(&configs_mutex);
	list_for_each_entry(c, &configs, node) {
		if (!strcasecmp(c->key, key))
			return c->value;
	}
	return NULL;
}

static int big_scratch(void)
{
	void *table __free(kvfree) = kvmalloc(300 * 1024, GFP_KERNEL);

	if (!table)
		return -ENOMEM;
	memset(table, 0, 300 * 1024);
	return 0;
}

static void configs_clear(void)
{
	struct config *c, *next;

	scoped_guard(mutex, &configs_mutex) {
		list_for_each_entry_safe(c, next, &configs, node) {
			list_del(&c->node);
			config_free(c);
		}
	}
	scoped_guard(rcu)
		count = READ_ONCE(count);
	scoped_guard(preempt)
		count = 0;
}

static int __init configs_init(void)
{
	static const char *const lines[] = { "name = eth0", "mtu=1500", "mode = fast " };
	int i, ret;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		ret = config_add(lines[i]);
		if (ret)
			goto err;
	}
	ret = config_add("nonsense");
	if (ret != -EINVAL)
		goto err;
	ret = big_scratch();
	if (ret)
		goto err;
	if (strcmp(config_get("MODE"), "fast")) {
		ret = -EIO;
		goto err;
	}
	return 0;
err:
	configs_clear();
	return ret;
}

static void __exit configs_exit(void)
{
	configs_clear();
}

module_init(configs_init);
module_exit(configs_exit);
MODULE_LICENSE("GPL");
