// SPDX-License-Identifier: MIT
/*
 * constructed.c - a cache whose constructor makes lock and list head once for many lives, and a
 * SLAB_TYPESAFE_BY_RCU one whose readers look at an object that may have begun another life
 */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct conn {
	spinlock_t lock;	/* of the constructor, as is children */
	struct list_head children;
	refcount_t users;
	unsigned int key;
};

static struct kmem_cache *conns;
static struct conn __rcu *table[4];

static void conn_ctor(void *object)
{
	struct conn *conn = object;

	spin_lock_init(&conn->lock);
	INIT_LIST_HEAD(&conn->children);
	refcount_set(&conn->users, 0);
	conn->key = 0;
}

static int conn_open(unsigned int key)
{
	struct conn *conn = kmem_cache_alloc(conns, GFP_KERNEL);

	if (!conn)
		return -ENOMEM;
	spin_lock(&conn->lock);
	conn->key = key;
	refcount_set(&conn->users, 1);
	spin_unlock(&conn->lock);
	rcu_assign_pointer(table[key % 4], conn);
	return 0;
}

static void conn_put(struct conn *conn)
{
	if (refcount_dec_and_test(&conn->users))
		kmem_cache_free(conns, conn);
}

/* The object may be freed, and made again, between the look and the reference. */
static struct conn *conn_find(unsigned int key)
{
	struct conn *conn;

	rcu_read_lock();
	conn = rcu_dereference(table[key % 4]);
	if (conn && refcount_inc_not_zero(&conn->users)) {
		if (conn->key != key) {
			conn_put(conn);
			conn = NULL;
		}
	} else {
		conn = NULL;
	}
	rcu_read_unlock();
	return conn;
}

static void conn_close(unsigned int key)
{
	struct conn *conn = rcu_dereference_protected(table[key % 4], 1);

	if (!conn)
		return;
	RCU_INIT_POINTER(table[key % 4], NULL);
	conn_put(conn);
}

static int __init constructed_init(void)
{
	struct conn *seen;
	const struct conn *stale;

	conns = kmem_cache_create("conns", sizeof(struct conn), 0, SLAB_TYPESAFE_BY_RCU, conn_ctor);
	if (!conns)
		return -ENOMEM;
	for (unsigned int key = 0; key < 3; key++)
		if (conn_open(key))
			pr_info("no connection %u\n", key);
	seen = conn_find(1);
	if (seen)
		conn_put(seen);
	rcu_read_lock();
	stale = rcu_dereference(table[2]);
	conn_close(2);
	/* Its memory is a struct conn for as long as this reader reads. */
	if (stale && stale->key > 2)
		pr_info("another life already\n");
	rcu_read_unlock();
	return 0;
}

static void __exit constructed_exit(void)
{
	for (unsigned int key = 0; key < 4; key++)
		conn_close(key);
	rcu_barrier();
	kmem_cache_destroy(conns);
}

module_init(constructed_init);
module_exit(constructed_exit);
MODULE_LICENSE("GPL");
