/* SPDX-License-Identifier: MIT */
/* Slab caches of every kind: constructor, HWCACHE_ALIGN, usercopy, TYPESAFE_BY_RCU, bulk. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/rculist.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/delay.h>

struct inode_like {
	spinlock_t lock;
	struct list_head dentries;
	unsigned long ino;
	char tail[40];
};

struct sock_like {
	struct hlist_node node;
	refcount_t refs;
	int key;
};

static struct kmem_cache *inode_cachep, *sock_cachep, *aligned_cachep;
static HLIST_HEAD(socks);
static DEFINE_SPINLOCK(socks_lock);
static struct task_struct *looker;
static bool is_closing;

static void init_once(void *p)
{
	struct inode_like *inode = p;

	spin_lock_init(&inode->lock);
	INIT_LIST_HEAD(&inode->dentries);
}

static void sock_put(struct sock_like *s)
{
	if (refcount_dec_and_test(&s->refs))
		kmem_cache_free(sock_cachep, s);
}

static struct sock_like *sock_find(int key)
{
	struct sock_like *s;

	rcu_read_lock();
again:
	hlist_for_each_entry_rcu(s, &socks, node) {
		if (s->key != key)
			continue;
		if (!refcount_inc_not_zero(&s->refs))
			goto again;
		if (s->key != key) {
			sock_put(s);
			goto again;
		}
		rcu_read_unlock();
		return s;
	}
	rcu_read_unlock();
	return NULL;
}

static int looker_main(void *data)
{
	int i;

	while (!kthread_should_stop()) {
		for (i = 0; i < 10; i++) {
			struct sock_like *s = sock_find(i);

			if (s)
				sock_put(s);
			cond_resched();
		}
		usleep_range(500, 1000);
	}
	return 0;
}

static int sock_add(int key)
{
	struct sock_like *s = kmem_cache_alloc(sock_cachep, GFP_KERNEL);

	if (!s)
		return -ENOMEM;
	s->key = key;
	refcount_set(&s->refs, 1);
	spin_lock(&socks_lock);
	hlist_add_head_rcu(&s->node, &socks);
	spin_unlock(&socks_lock);
	return 0;
}

static void socks_drop(void)
{
	struct sock_like *s;
	struct hlist_node *tmp;

	spin_lock(&socks_lock);
	hlist_for_each_entry_safe(s, tmp, &socks, node) {
		hlist_del_rcu(&s->node);
		sock_put(s);
	}
	spin_unlock(&socks_lock);
}

static int bulk_round(void)
{
	void *objects[24];
	int got = kmem_cache_alloc_bulk(aligned_cachep, GFP_KERNEL, ARRAY_SIZE(objects), objects);
	int i;

	if (!got)
		return -ENOMEM;
	for (i = 0; i < got; i++) {
		WARN_ON(!IS_ALIGNED((unsigned long)objects[i], 64));
		memset(objects[i], i, 96);
	}
	kmem_cache_free_bulk(aligned_cachep, got, objects);
	return 0;
}

static int inode_round(void)
{
	struct inode_like *inodes[40];
	int i, ret = 0;

	for (i = 0; i < 40; i++) {
		inodes[i] = kmem_cache_alloc(inode_cachep, GFP_NOFS);
		if (!inodes[i]) {
			ret = -ENOMEM;
			break;
		}
		WARN_ON(!list_empty(&inodes[i]->dentries));
		spin_lock(&inodes[i]->lock);
		inodes[i]->ino = i;
		spin_unlock(&inodes[i]->lock);
	}
	while (i--)
		kmem_cache_free(inode_cachep, inodes[i]);
	return ret;
}

static void caches_destroy(void)
{
	/* kmem_cache_destroy(NULL) is allowed. */
	kmem_cache_destroy(aligned_cachep);
	kmem_cache_destroy(sock_cachep);
	kmem_cache_destroy(inode_cachep);
}

static int __init caches_init(void)
{
	int i, ret = -ENOMEM;

	inode_cachep = kmem_cache_create("inode_like", sizeof(struct inode_like), 0,
					 SLAB_RECLAIM_ACCOUNT | SLAB_ACCOUNT, init_once);
	if (!inode_cachep)
		return -ENOMEM;
	sock_cachep = KMEM_CACHE(sock_like, SLAB_TYPESAFE_BY_RCU | SLAB_HWCACHE_ALIGN);
	if (!sock_cachep)
		goto err;
	aligned_cachep = kmem_cache_create_usercopy("aligned", 96, 0, SLAB_HWCACHE_ALIGN,
						    0, 96, NULL);
	if (!aligned_cachep)
		goto err;
	looker = kthread_create(looker_main, &is_closing, "looker/%d", 0);
	if (IS_ERR(looker)) {
		ret = PTR_ERR(looker);
		goto err;
	}
	wake_up_process(looker);
	for (i = 0; i < 10; i++) {
		ret = sock_add(i);
		if (ret)
			goto err_stop;
	}
	ret = bulk_round();
	if (!ret)
		ret = inode_round();
	if (ret)
		goto err_stop;
	msleep(3);
	socks_drop();
	for (i = 3; i < 7; i++) {
		ret = sock_add(i);
		if (ret)
			goto err_stop;
	}
	return 0;
err_stop:
	kthread_stop(looker);
	socks_drop();
err:
	caches_destroy();
	return ret;
}

static void __exit caches_exit(void)
{
	kthread_stop(looker);
	socks_drop();
	kmem_cache_shrink(inode_cachep);
	caches_destroy();
}

module_init(caches_init);
module_exit(caches_exit);
MODULE_LICENSE("GPL");
