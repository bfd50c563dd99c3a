/* SPDX-License-Identifier: MIT */
/*
 * Big tables: kvcalloc, kvrealloc, vmalloc in chunks, vmalloc_user, bulk-freed pointers
 * with kfree_bulk, shrinking.
 */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/sizes.h>

struct table {
	u64 *slots;
	size_t n;
	void *chunk[4];
	void *user;
	struct rcu_head rcu;
};

static struct table *table;

static int table_grow(struct table *t, size_t n)
{
	u64 *slots;
	size_t i;

	slots = kvrealloc(t->slots, array_size(n, sizeof(*slots)), GFP_KERNEL);
	if (!slots)
		return -ENOMEM;
	for (i = t->n; i < n; i++)
		slots[i] = i;
	t->slots = slots;
	t->n = n;
	return 0;
}

static void table_free(struct table *t)
{
	int i;

	if (!t)
		return;
	for (i = 0; i < ARRAY_SIZE(t->chunk); i++)
		vfree(t->chunk[i]);
	vfree(t->user);
	kvfree(t->slots);
	kvfree_rcu(t, rcu);
}

static struct table *table_new(void)
{
	struct table *t = kzalloc(sizeof(*t), GFP_KERNEL);
	int i;

	if (!t)
		return NULL;
	for (i = 0; i < ARRAY_SIZE(t->chunk); i++) {
		t->chunk[i] = __vmalloc(PAGE_SIZE * (i + 1), GFP_NOFS | __GFP_ZERO);
		if (!t->chunk[i])
			goto err;
	}
	t->user = vmalloc_user(SZ_16K);
	if (!t->user)
		goto err;
	t->slots = kvcalloc(100, sizeof(*t->slots), GFP_KERNEL);
	if (!t->slots)
		goto err;
	t->n = 100;
	return t;
err:
	table_free(t);
	return NULL;
}

static int pointers_round(void)
{
	void *p[32];
	int i, n;

	for (n = 0; n < ARRAY_SIZE(p); n++) {
		p[n] = kmalloc(8 << (n % 8), GFP_KERNEL);
		if (!p[n])
			break;
	}
	i = n;
	kfree_bulk(n, p);
	return i == ARRAY_SIZE(p) ? 0 : -ENOMEM;
}

static int __init table_init(void)
{
	size_t sizes[] = { 200, 4000, 40000, 80000 };
	int i, ret;

	table = table_new();
	if (!table)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		ret = table_grow(table, sizes[i]);
		if (ret)
			goto err;
	}
	ret = pointers_round();
	if (ret)
		goto err;
	for (i = 0; i < SZ_16K; i += PAGE_SIZE) {
		if (*(u8 *)(table->user + i) || !is_vmalloc_addr(table->user + i)) {
			ret = -EIO;
			goto err;
		}
	}
	/* Too big for any machine: refused, not clamped. */
	if (kvmalloc_array(SIZE_MAX / 8, 16, GFP_KERNEL) ||
	    kmalloc_array(SIZE_MAX, 2, GFP_KERNEL)) {
		ret = -EIO;
		goto err;
	}
	return 0;
err:
	table_free(table);
	return ret;
}

static void __exit table_exit(void)
{
	table_free(table);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
