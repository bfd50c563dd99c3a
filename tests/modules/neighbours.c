/* SPDX-License-Identifier: MIT */
/*
 * Neighbour cache: resizable array of hlist buckets under RCU, a per-entry timer, an
 * ageing work, IDs in a bitmap.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/rculist.h>
#include <linux/timer.h>
#include <linux/jhash.h>
#include <linux/workqueue.h>
#include <linux/bitmap.h>

struct neigh {
	struct hlist_node node;
	struct timer_list timer;
	struct rcu_head rcu;
	refcount_t refs;
	u32 key;
	int id;
	u8 *queue;
};

struct buckets {
	struct rcu_head rcu;
	unsigned int mask;
	struct hlist_head heads[];
};

static struct buckets __rcu *table;
static DEFINE_SPINLOCK(lock);
static unsigned long *ids;
static unsigned int n_neigh;
static void resize(struct work_struct *work);
static DECLARE_DELAYED_WORK(resize_work, resize);

static struct buckets *buckets_alloc(unsigned int size, gfp_t gfp)
{
	struct buckets *b = kzalloc(struct_size(b, heads, size), gfp);

	if (b)
		b->mask = size - 1;
	return b;
}

static void neigh_rcu(struct rcu_head *rcu)
{
	struct neigh *n = container_of(rcu, struct neigh, rcu);

	kfree(n->queue);
	kfree(n);
}

static void neigh_put(struct neigh *n)
{
	if (refcount_dec_and_test(&n->refs))
		call_rcu(&n->rcu, neigh_rcu);
}

/* lock is held */
static void neigh_unlink(struct neigh *n)
{
	if (hlist_unhashed(&n->node))
		return;
	hlist_del_init_rcu(&n->node);
	clear_bit(n->id, ids);
	n_neigh--;
	neigh_put(n);
}

static void neigh_expire(struct timer_list *t)
{
	struct neigh *n = from_timer(n, t, timer);

	spin_lock(&lock);
	neigh_unlink(n);
	spin_unlock(&lock);
	neigh_put(n);
}

static int neigh_create(u32 key, unsigned int ttl)
{
	struct neigh *n = kzalloc(sizeof(*n), GFP_KERNEL);
	struct buckets *b;
	int ret = -ENOMEM;

	if (!n)
		return ret;
	n->queue = kmalloc_array(4, 16, GFP_KERNEL);
	if (!n->queue)
		goto err;
	refcount_set(&n->refs, 2);	/* table, timer */
	n->key = key;
	timer_setup(&n->timer, neigh_expire, 0);
	spin_lock_bh(&lock);
	n->id = find_first_zero_bit(ids, 64);
	if (n->id >= 64) {
		spin_unlock_bh(&lock);
		kfree(n->queue);
		ret = -ENOSPC;
		goto err;
	}
	set_bit(n->id, ids);
	b = rcu_dereference_protected(table, lockdep_is_held(&lock));
	hlist_add_head_rcu(&n->node, &b->heads[jhash_1word(key, 0) & b->mask]);
	n_neigh++;
	mod_timer(&n->timer, jiffies + ttl);
	spin_unlock_bh(&lock);
	return 0;
err:
	kfree(n);
	return ret;
}

static struct neigh *neigh_lookup(u32 key)
{
	struct buckets *b;
	struct neigh *n;

	rcu_read_lock_bh();
	b = rcu_dereference_bh(table);
	hlist_for_each_entry_rcu(n, &b->heads[jhash_1word(key, 0) & b->mask], node) {
		if (n->key == key && refcount_inc_not_zero(&n->refs)) {
			rcu_read_unlock_bh();
			return n;
		}
	}
	rcu_read_unlock_bh();
	return NULL;
}

static void resize(struct work_struct *work)
{
	struct buckets *old, *new = buckets_alloc(32, GFP_KERNEL);
	struct hlist_head *bucket;
	struct hlist_node *tmp;
	struct neigh *n;
	unsigned int i;

	if (!new)
		return;
	spin_lock_bh(&lock);
	old = rcu_dereference_protected(table, 1);
	for (i = 0; i <= old->mask; i++) {
		hlist_for_each_entry_safe(n, tmp, &old->heads[i], node) {
			hlist_del_rcu(&n->node);
			bucket = &new->heads[jhash_1word(n->key, 0) & new->mask];
			hlist_add_head_rcu(&n->node, bucket);
		}
	}
	rcu_assign_pointer(table, new);
	spin_unlock_bh(&lock);
	kfree_rcu(old, rcu);
}

static void neigh_clear(void)
{
	struct buckets *b;
	struct hlist_node *tmp;
	struct neigh *n;
	unsigned int i;

	cancel_delayed_work_sync(&resize_work);
	spin_lock_bh(&lock);
	b = rcu_dereference_protected(table, 1);
	for (i = 0; i <= b->mask; i++) {
		hlist_for_each_entry_safe(n, tmp, &b->heads[i], node) {
			refcount_inc(&n->refs);
			if (timer_delete(&n->timer))
				neigh_put(n);
			neigh_unlink(n);
			neigh_put(n);
		}
	}
	spin_unlock_bh(&lock);
}

static int __init neigh_init(void)
{
	struct neigh *n;
	int i, ret = -ENOMEM;

	table = buckets_alloc(4, GFP_KERNEL);
	if (!table)
		return ret;
	ids = bitmap_zalloc(64, GFP_KERNEL);
	if (!ids)
		goto err;
	for (i = 0; i < 30; i++) {
		ret = neigh_create(i * 17, 1 + i);
		if (ret)
			goto err_clear;
	}
	schedule_delayed_work(&resize_work, 4);
	n = neigh_lookup(29 * 17);
	if (n) {
		n->queue[63] = 1;
		neigh_put(n);
	}
	return 0;
err_clear:
	neigh_clear();
	rcu_barrier();
	/*
	 * A timer may have fired before it could be deleted: its callback holds the lock or is
	 * done.
	 */
	synchronize_rcu();
	rcu_barrier();
	bitmap_free(ids);
err:
	kfree(rcu_access_pointer(table));
	return ret;
}

static void __exit neigh_exit(void)
{
	neigh_clear();
	synchronize_rcu();
	rcu_barrier();
	bitmap_free(ids);
	kfree(rcu_access_pointer(table));
}

module_init(neigh_init);
module_exit(neigh_exit);
MODULE_LICENSE("GPL");
