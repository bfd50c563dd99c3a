/* SPDX-License-Identifier: MIT */
/*
 * idr.c - small numbers for pointers, and small numbers alone
 *
 * Owns: a tree of nodes by id, one node an id, allocated and freed in the caller's name.
 * I1  Ids in a tree are distinct; its order is theirs.
 * I2  A look-up holds idr->lock, so it may race with a removal as under rcu_read_lock() on Linux.
 * Lock: idr->lock, never held while memory is taken.  Sleeps only where the gfp may block.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/idr.h>
#include <linux/rbtree.h>
#include "kern/spin.h"
#include "kern/tell.h"
#include "slab/slab.h"

#define IDA_FIRST	62u	/* ids that live in the structure itself */

struct idr_node {
	struct rb_node rb;
	u32 id;
	void *ptr;
};

static unsigned long idr_lock(const struct idr *idr)
{
	return km_spin_lock((struct km_spin *)&((struct idr *)idr)->lock);
}

static void idr_unlock(const struct idr *idr, unsigned long irq)
{
	km_spin_unlock((struct km_spin *)&((struct idr *)idr)->lock, irq);
}

/* The first node with @id or a larger one; NULL if there is none.  Locked. */
static struct idr_node *node_from(const struct idr *idr, u32 id)
{
	struct rb_node *rb = idr->root.rb_node;
	struct idr_node *best = NULL;

	while (rb) {
		struct idr_node *node = rb_entry(rb, struct idr_node, rb);

		if (node->id >= id)
			best = node;
		rb = node->id >= id ? rb->rb_left : rb->rb_right;
	}
	return best;
}

static struct idr_node *node_at(const struct idr *idr, unsigned long id)
{
	struct idr_node *node = id <= U32_MAX ? node_from(idr, (u32)id) : NULL;

	return node && node->id == id ? node : NULL;
}

static bool node_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct idr_node, rb)->id < rb_entry(b, struct idr_node, rb)->id;
}

/* The lowest free id in [*@id, @max], locked. */
static bool id_find(const struct idr *idr, u32 *id, unsigned long max)
{
	struct idr_node *node = node_from(idr, *id);
	u64 free = *id;

	while (node && node->id == free) {
		struct rb_node *next = rb_next(&node->rb);

		free++;
		node = next ? rb_entry(next, struct idr_node, rb) : NULL;
	}
	if (free > max)
		return false;
	*id = (u32)free;
	return true;
}

static int id_take(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp,
		   const struct slab_call *call)
{
	struct idr_node *node = kmalloc_call(sizeof(*node), gfp, call);
	unsigned long irq;
	bool is_found;

	if (!node)
		return -ENOMEM;
	irq = idr_lock(idr);
	is_found = *id <= max && id_find(idr, id, max);
	if (is_found) {
		*node = (struct idr_node){ .id = *id, .ptr = ptr };
		rb_add(&node->rb, &idr->root, node_less);
	}
	idr_unlock(idr, irq);
	if (!is_found)
		kfree_call(node, call);
	return is_found ? 0 : -ENOSPC;
}

static unsigned long last_of(int end)
{
	return end > 0 ? (unsigned long)end - 1 : INT_MAX;
}

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 id = (u32)start;
	int error;

	TOUCH(idr);
	if (WARN_ON_ONCE(start < 0))
		return -EINVAL;
	error = id_take(idr, ptr, &id, last_of(end), gfp, KMALLOC_CALL("idr_alloc"));
	return error ? error : (int)id;
}

int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	const struct slab_call *call = KMALLOC_CALL("idr_alloc_cyclic");
	u32 id;
	int error;

	TOUCH(idr);
	id = idr->idr_next > (u32)start ? idr->idr_next : (u32)start;
	error = id_take(idr, ptr, &id, last_of(end), gfp, call);
	if (error == -ENOSPC && id > (u32)start) {
		id = (u32)start;
		error = id_take(idr, ptr, &id, last_of(end), gfp, call);
	}
	if (error)
		return error;
	idr->idr_next = id + 1;
	return (int)id;
}

int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp)
{
	TOUCH(idr);
	return id_take(idr, ptr, id, max < U32_MAX ? max : U32_MAX, gfp,
		       KMALLOC_CALL("idr_alloc_u32"));
}

void *idr_find(const struct idr *idr, unsigned long id)
{
	const struct idr_node *node;
	unsigned long irq;
	void *ptr;

	TOUCH(idr);
	irq = idr_lock(idr);
	node = node_at(idr, id);
	ptr = node ? node->ptr : NULL;
	idr_unlock(idr, irq);
	return ptr;
}

static struct idr_node *node_unlink(struct idr *idr, unsigned long id)
{
	unsigned long irq = idr_lock(idr);
	struct idr_node *node = node_at(idr, id);

	if (node)
		rb_erase(&node->rb, &idr->root);
	idr_unlock(idr, irq);
	return node;
}

void *idr_remove(struct idr *idr, unsigned long id)
{
	struct idr_node *node;
	void *ptr;

	TOUCH(idr);
	node = node_unlink(idr, id);
	ptr = node ? node->ptr : NULL;
	if (node)
		kfree_call(node, KMALLOC_CALL("idr_remove"));
	return ptr;
}

void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	struct idr_node *node;
	unsigned long irq;
	void *old;

	TOUCH(idr);
	irq = idr_lock(idr);
	node = node_at(idr, id);
	old = node ? node->ptr : ERR_PTR(-ENOENT);
	if (node)
		node->ptr = ptr;
	idr_unlock(idr, irq);
	return old;
}

void *idr_get_next(struct idr *idr, int *id)
{
	const struct idr_node *node;
	unsigned long irq;
	void *ptr = NULL;

	TOUCH(idr);
	irq = idr_lock(idr);
	node = *id < 0 ? NULL : node_from(idr, (u32)*id);
	while (node && !node->ptr) {
		struct rb_node *next = rb_next(&node->rb);

		node = next ? rb_entry(next, struct idr_node, rb) : NULL;
	}
	if (node) {
		*id = (int)node->id;
		ptr = node->ptr;
	}
	idr_unlock(idr, irq);
	return ptr;
}

int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	int id = 0, answer = 0;
	void *ptr;

	while (!answer && (ptr = idr_get_next((struct idr *)idr, &id)))
		answer = fn(id++, ptr, data);
	return answer;
}

static void ids_end(struct idr *idr, const struct slab_call *call)
{
	while (idr->root.rb_node) {
		struct idr_node *node = rb_entry(rb_first(&idr->root), struct idr_node, rb);

		kfree_call(node_unlink(idr, node->id), call);
	}
}

void idr_destroy(struct idr *idr)
{
	TOUCH(idr);
	ids_end(idr, KMALLOC_CALL("idr_destroy"));
}

/* -- numbers alone ---------------------------------------------------------------------------- */

/* An id of those in the structure; -1: none in the range is free. */
static int first_take(struct ida *ida, unsigned int min, unsigned int max)
{
	unsigned long irq = idr_lock(&ida->beyond);
	unsigned int id = min;

	while (id <= max && id < IDA_FIRST && ida->first & 1ul << id)
		id++;
	if (id > max || id >= IDA_FIRST)
		id = IDA_FIRST;
	else
		ida->first |= 1ul << id;
	idr_unlock(&ida->beyond, irq);
	return id < IDA_FIRST ? (int)id : -1;
}

int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	u32 id = min < IDA_FIRST ? IDA_FIRST : min;
	int taken, error;

	TOUCH(ida);
	if (gfpflags_allow_blocking(gfp))
		km_might_sleep("ida_alloc");
	if (max > INT_MAX)
		max = INT_MAX;
	if (min > max)
		return -ENOSPC;
	taken = first_take(ida, min, max);
	if (taken >= 0)
		return taken;
	error = id > max ? -ENOSPC : id_take(&ida->beyond, ida, &id, max, gfp,
					     KMALLOC_CALL("ida_alloc"));
	return error ? error : (int)id;
}

void ida_free(struct ida *ida, unsigned int id)
{
	struct idr_node *node;
	unsigned long irq;
	bool was_taken;

	TOUCH(ida);
	if (id >= IDA_FIRST) {
		node = node_unlink(&ida->beyond, id);
		was_taken = node;
		if (node)
			kfree_call(node, KMALLOC_CALL("ida_free"));
	} else {
		irq = idr_lock(&ida->beyond);
		was_taken = ida->first & 1ul << id;
		ida->first &= ~(1ul << id);
		idr_unlock(&ida->beyond, irq);
	}
	WARN(!was_taken, "ida_free called for id=%u which is not allocated.\n", id);
}

void ida_destroy(struct ida *ida)
{
	TOUCH(ida);
	ida->first = 0;
	ids_end(&ida->beyond, KMALLOC_CALL("ida_destroy"));
}
