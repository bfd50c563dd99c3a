/* SPDX-License-Identifier: MIT */
/*
 * xarray.c - arrays of pointers by an index of unsigned long
 *
 * Owns: a tree of slots by index, one slot an entry, allocated and freed in the caller's name.
 * X1  Indices in a tree are distinct; its order is theirs.  A slot's entry is never NULL.
 * X2  The tree is changed with xa_lock and busy held, looked at with either of them: a look-up may
 *     race with a change, as under rcu_read_lock() on Linux.
 * X3  Memory is taken before the lock, and looked whether it is needed still.
 * Lock: xa_lock (the user's, for the forms with __), inside it xa->busy, never held while memory is
 * taken.  Sleeps only where the gfp may block.
 */
#include <linux/xarray.h>

#include <linux/errno.h>
#include <linux/rbtree.h>
#include "kern/spin.h"
#include "kern/tell.h"
#include "slab/slab.h"

struct slot {
	struct rb_node rb;
	unsigned long index;
	void *entry;
	unsigned int marks;
};

/* How xa_lock is taken; OWNED: the caller has it. */
enum how { PLAIN, BH, IRQ, OWNED };

struct change {
	struct xarray *xa;
	unsigned long index;
	void *entry;
	const void *only_if;		/* what must be there, where is_conditional */
	bool is_conditional;
	enum how how;
	gfp_t gfp;
	const struct slab_call *call;
};

static unsigned long busy_lock(const struct xarray *xa)
{
	return km_spin_lock((struct km_spin *)&((struct xarray *)xa)->busy);
}

static void busy_unlock(const struct xarray *xa, unsigned long irq)
{
	km_spin_unlock((struct km_spin *)&((struct xarray *)xa)->busy, irq);
}

static void user_lock(struct xarray *xa, enum how how)
{
	if (how == PLAIN)
		xa_lock(xa);
	else if (how == BH)
		xa_lock_bh(xa);
	else if (how == IRQ)
		xa_lock_irq(xa);
}

static void user_unlock(struct xarray *xa, enum how how)
{
	if (how == PLAIN)
		xa_unlock(xa);
	else if (how == BH)
		xa_unlock_bh(xa);
	else if (how == IRQ)
		xa_unlock_irq(xa);
}

/* How the owner of the lock took it: the array's flags tell. */
static enum how owners_way(const struct xarray *xa)
{
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		return IRQ;
	return xa->xa_flags & XA_FLAGS_LOCK_BH ? BH : PLAIN;
}

/* -- the tree; busy is held ------------------------------------------------------------------- */

static struct slot *slot_of(struct rb_node *rb)
{
	return rb ? rb_entry(rb, struct slot, rb) : NULL;
}

/* The first slot with @index or a larger one. */
static struct slot *slot_from(const struct xarray *xa, unsigned long index)
{
	struct rb_node *rb = xa->root.rb_node;
	struct slot *best = NULL;

	while (rb) {
		struct slot *slot = slot_of(rb);

		if (slot->index >= index)
			best = slot;
		rb = slot->index >= index ? rb->rb_left : rb->rb_right;
	}
	return best;
}

static struct slot *slot_at(const struct xarray *xa, unsigned long index)
{
	struct slot *slot = slot_from(xa, index);

	return slot && slot->index == index ? slot : NULL;
}

static bool slot_less(struct rb_node *a, const struct rb_node *b)
{
	return slot_of(a)->index < rb_entry(b, struct slot, rb)->index;
}

/* The lowest index from *@index to @max that has no slot. */
static bool index_find(const struct xarray *xa, unsigned long *index, unsigned long max)
{
	struct slot *slot = slot_from(xa, *index);
	unsigned long free = *index;

	while (slot && slot->index == free) {
		if (free++ == max)
			return false;
		slot = slot_of(rb_next(&slot->rb));
	}
	*index = free;
	return free <= max;
}

/* -- looking ---------------------------------------------------------------------------------- */

static void *shown(void *entry)
{
	return xa_is_zero(entry) ? NULL : entry;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	struct slot *slot;
	unsigned long irq;
	void *entry;

	TOUCH(xa);
	irq = busy_lock(xa);
	slot = slot_at(xa, index);
	entry = slot ? shown(slot->entry) : NULL;
	busy_unlock(xa, irq);
	return entry;
}

static bool passes(const struct slot *slot, xa_mark_t filter)
{
	if (xa_is_zero(slot->entry))
		return false;
	return filter == XA_PRESENT || slot->marks & 1u << filter;
}

static void *find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	unsigned long irq = busy_lock(xa);
	struct slot *slot = slot_from(xa, *index);
	void *entry = NULL;

	while (slot && slot->index <= max && !passes(slot, filter))
		slot = slot_of(rb_next(&slot->rb));
	if (slot && slot->index <= max) {
		*index = slot->index;
		entry = slot->entry;
	}
	busy_unlock(xa, irq);
	return entry;
}

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	TOUCH(xa);
	return find(xa, index, max, filter);
}

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	unsigned long next;
	void *entry;

	TOUCH(xa);
	next = *index + 1;
	if (!next)
		return NULL;
	entry = find(xa, &next, max, filter);
	if (entry)
		*index = next;
	return entry;
}

unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter)
{
	unsigned int count = 0;

	TOUCH(xa);
	while (count < n) {
		void *entry = find(xa, &start, max, filter);

		if (!entry)
			break;
		if (!TOUCH_BYTES(dst + count, sizeof(*dst), true))
			break;
		dst[count++] = entry;
		if (!++start)
			break;
	}
	return count;
}

/* -- marks ------------------------------------------------------------------------------------ */

bool xa_marked(const struct xarray *xa, xa_mark_t mark)
{
	unsigned long index = 0;

	TOUCH(xa);
	return find((struct xarray *)xa, &index, ULONG_MAX, mark) != NULL;
}

bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	struct slot *slot;
	unsigned long irq;
	bool is_set;

	TOUCH(xa);
	irq = busy_lock(xa);
	slot = slot_at(xa, index);
	is_set = slot && slot->marks & 1u << mark;
	busy_unlock(xa, irq);
	return is_set;
}

static void mark_put(struct xarray *xa, unsigned long index, xa_mark_t mark, bool is_set)
{
	unsigned long irq = busy_lock(xa);
	struct slot *slot = slot_at(xa, index);

	if (slot && is_set)
		slot->marks |= 1u << mark;
	else if (slot)
		slot->marks &= ~(1u << mark);
	busy_unlock(xa, irq);
}

void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	TOUCH(xa);
	mark_put(xa, index, mark, true);
}

void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	TOUCH(xa);
	mark_put(xa, index, mark, false);
}

void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	TOUCH(xa);
	xa_lock(xa);
	mark_put(xa, index, mark, true);
	xa_unlock(xa);
}

void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	TOUCH(xa);
	xa_lock(xa);
	mark_put(xa, index, mark, false);
	xa_unlock(xa);
}

/* -- changing --------------------------------------------------------------------------------- */

static struct slot *slot_make(const struct change *change)
{
	enum how owner = owners_way(change->xa);
	bool lets_go = change->how == OWNED && gfpflags_allow_blocking(change->gfp);
	struct slot *slot;

	if (lets_go)
		user_unlock(change->xa, owner);
	slot = kmalloc_call(sizeof(*slot), change->gfp, change->call);
	if (lets_go)
		user_lock(change->xa, owner);
	return slot;
}

static void slot_fill(struct xarray *xa, struct slot *slot, unsigned long index, void *entry)
{
	*slot = (struct slot){ .index = index, .entry = entry };
	rb_add(&slot->rb, &xa->root, slot_less);
}

/*
 * Both locks are held.  *@spare is what to put in, or NULL; afterwards what is to be freed.
 * Return: what was there; ERR_PTR(-EAGAIN): there is no slot, and there should be.
 */
static void *change_locked(const struct change *change, struct slot **spare)
{
	struct slot *slot = slot_at(change->xa, change->index);
	void *old = slot ? slot->entry : NULL;

	if (change->is_conditional && old != change->only_if)
		return old;
	if (slot && change->entry) {
		slot->entry = change->entry;
	} else if (slot) {
		rb_erase(&slot->rb, &change->xa->root);
		*spare = slot;	/* nothing was to be put in */
	} else if (change->entry && *spare) {
		slot_fill(change->xa, *spare, change->index, change->entry);
		*spare = NULL;
	} else if (change->entry) {
		return ERR_PTR(-EAGAIN);
	}
	return old;
}

static void *change_once(const struct change *change, struct slot **spare)
{
	unsigned long irq;
	void *old;

	user_lock(change->xa, change->how);
	irq = busy_lock(change->xa);
	old = change_locked(change, spare);
	busy_unlock(change->xa, irq);
	user_unlock(change->xa, change->how);
	return old;
}

static void *change_make(const struct change *change)
{
	struct slot *spare = NULL;
	void *old;

	if (WARN_ON_ONCE(xa_is_internal(change->entry) && !xa_is_zero(change->entry)))
		return xa_mk_internal(-EINVAL);
	if (change->how != OWNED && gfpflags_allow_blocking(change->gfp))
		km_might_sleep(change->call->what);
	old = change_once(change, &spare);
	if (old == ERR_PTR(-EAGAIN)) {
		spare = slot_make(change);
		old = spare ? change_once(change, &spare) : xa_mk_internal(-ENOMEM);
	}
	if (spare)
		kfree_call(spare, change->call);
	return old;
}

static void *stored(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp, enum how how,
		    const struct slab_call *call)
{
	return shown(change_make(&(const struct change){ .xa = xa, .index = index, .entry = entry,
							 .gfp = gfp, .how = how, .call = call }));
}

static void *exchanged(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp,
		       enum how how, const struct slab_call *call)
{
	return change_make(&(const struct change){ .xa = xa, .index = index, .entry = entry,
						   .only_if = old, .is_conditional = true,
						   .gfp = gfp, .how = how, .call = call });
}

static int inserted(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp, enum how how,
		    const struct slab_call *call)
{
	void *old = exchanged(xa, index, NULL, entry ? entry : XA_ZERO_ENTRY, gfp, how, call);

	if (xa_is_err(old))
		return xa_err(old);
	return old ? -EBUSY : 0;
}

/* The three ways to lock, and with the lock held. */
#define FORMS(type, name, parameters, did, ...)						\
	type xa_##name parameters							\
	{										\
		TOUCH(xa);								\
		return did(__VA_ARGS__, PLAIN, KMALLOC_CALL("xa_" #name));		\
	}										\
	type xa_##name##_bh parameters							\
	{										\
		TOUCH(xa);								\
		return did(__VA_ARGS__, BH, KMALLOC_CALL("xa_" #name "_bh"));		\
	}										\
	type xa_##name##_irq parameters							\
	{										\
		TOUCH(xa);								\
		return did(__VA_ARGS__, IRQ, KMALLOC_CALL("xa_" #name "_irq"));		\
	}										\
	type __xa_##name parameters							\
	{										\
		TOUCH(xa);								\
		return did(__VA_ARGS__, OWNED, KMALLOC_CALL("__xa_" #name));		\
	}

static void *compared(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp,
		      enum how how, const struct slab_call *call)
{
	return shown(exchanged(xa, index, old, entry, gfp, how, call));
}

FORMS(void *, store, (struct xarray *xa, unsigned long index, void *entry, gfp_t gfp), stored, xa,
      index, entry, gfp)
FORMS(void *, erase, (struct xarray *xa, unsigned long index), stored, xa, index, NULL, 0)
FORMS(void *, cmpxchg,
      (struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp), compared, xa,
      index, old, entry, gfp)
FORMS(int, insert, (struct xarray *xa, unsigned long index, void *entry, gfp_t gfp), inserted, xa,
      index, entry, gfp)

/* Like xa_cmpxchg(), but what is there already is right. */
int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	TOUCH(xa);
	return xa_err(exchanged(xa, index, NULL, XA_ZERO_ENTRY, gfp, PLAIN,
				KMALLOC_CALL("xa_reserve")));
}

/* -- free indices ----------------------------------------------------------------------------- */

static int index_take(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp,
		      enum how how, const struct slab_call *call)
{
	const struct change change = { .xa = xa, .gfp = gfp, .how = how, .call = call };
	unsigned long index = limit.min, irq;
	struct slot *spare;
	bool is_found;

	if (!index && xa->xa_flags & XA_FLAGS_ZERO_BUSY)
		index = 1;
	if (how != OWNED && gfpflags_allow_blocking(gfp))
		km_might_sleep(call->what);
	spare = slot_make(&change);
	if (!spare)
		return -ENOMEM;
	user_lock(xa, how);
	irq = busy_lock(xa);
	is_found = index <= limit.max && index_find(xa, &index, limit.max);
	if (is_found) {
		slot_fill(xa, spare, index, entry ? entry : XA_ZERO_ENTRY);
		*id = (u32)index;
	}
	busy_unlock(xa, irq);
	user_unlock(xa, how);
	if (!is_found)
		kfree_call(spare, call);
	return is_found ? 0 : -EBUSY;
}

static int taken(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp,
		 enum how how, const struct slab_call *call)
{
	if (WARN_ON_ONCE(xa_is_internal(entry) || !(xa->xa_flags & XA_FLAGS_TRACK_FREE)))
		return -EINVAL;
	return index_take(xa, id, entry, limit, gfp, how, call);
}

FORMS(int, alloc, (struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp),
      taken, xa, id, entry, limit, gfp)

int xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		    gfp_t gfp)
{
	const struct slab_call *call = KMALLOC_CALL("xa_alloc_cyclic");
	struct xa_limit rest = limit;
	int error, is_anew = 0;

	TOUCH(xa);
	if (*next > rest.min)
		rest.min = *next;
	error = taken(xa, id, entry, rest, gfp, PLAIN, call);
	if (error == -EBUSY && rest.min > limit.min) {
		is_anew = 1;
		error = taken(xa, id, entry, limit, gfp, PLAIN, call);
	}
	if (error)
		return error;
	*next = *id + 1;
	return is_anew;
}

void xa_destroy(struct xarray *xa)
{
	const struct slab_call *call = KMALLOC_CALL("xa_destroy");
	unsigned long irq, flags;
	struct slot *slot;

	TOUCH(xa);
	xa_lock_irqsave(xa, flags);
	do {
		irq = busy_lock(xa);
		slot = slot_from(xa, 0);
		if (slot)
			rb_erase(&slot->rb, &xa->root);
		busy_unlock(xa, irq);
		if (slot)
			kfree_call(slot, call);
	} while (slot);
	xa_unlock_irqrestore(xa, flags);
}
