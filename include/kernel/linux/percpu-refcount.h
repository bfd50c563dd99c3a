/* SPDX-License-Identifier: MIT */
/*
 * percpu-refcount.h - a count of references that is taken often and killed once
 *
 * As in Linux the count cannot reach 0 before percpu_ref_kill(), which gives the first reference
 * back after a grace period of RCU; then the last percpu_ref_put() calls release().  Here the
 * count is one number, always.
 */
#if __has_include_next(<linux/percpu-refcount.h>)
#include_next <linux/percpu-refcount.h>
#endif

#ifndef _LINUX_PERCPU_REFCOUNT_H
#define _LINUX_PERCPU_REFCOUNT_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/types.h>

struct percpu_ref;
typedef void (percpu_ref_func_t)(struct percpu_ref *);

enum {
	PERCPU_REF_INIT_ATOMIC = 1 << 0,
	PERCPU_REF_INIT_DEAD = 1 << 1,
	PERCPU_REF_ALLOW_REINIT = 1 << 2,
};

struct percpu_ref_data {
	atomic_long_t count;
	percpu_ref_func_t *release;
	percpu_ref_func_t *confirm_switch;
	bool force_atomic, allow_reinit, is_dying;
	struct rcu_head rcu;
	struct percpu_ref *ref;
};

struct percpu_ref {
	struct percpu_ref_data *data;
};

static inline int __must_check percpu_ref_init(struct percpu_ref *ref, percpu_ref_func_t *release,
					       unsigned int flags, gfp_t gfp)
{
	struct percpu_ref_data *data = kzalloc(sizeof(*data), gfp);

	if (!data)
		return -ENOMEM;
	atomic_long_set(&data->count, flags & PERCPU_REF_INIT_DEAD ? 0 : 1);
	data->release = release;
	data->force_atomic = flags & PERCPU_REF_INIT_ATOMIC;
	data->allow_reinit = flags & PERCPU_REF_ALLOW_REINIT;
	data->is_dying = flags & PERCPU_REF_INIT_DEAD;
	data->ref = ref;
	ref->data = data;
	return 0;
}

/* Nobody may use it any more. */
static inline void percpu_ref_exit(struct percpu_ref *ref)
{
	kfree(ref->data);
	ref->data = NULL;
}

static inline void percpu_ref_get_many(struct percpu_ref *ref, unsigned long nr)
{
	atomic_long_add((long)nr, &ref->data->count);
}

static inline void percpu_ref_get(struct percpu_ref *ref)
{
	percpu_ref_get_many(ref, 1);
}

static inline bool percpu_ref_tryget_many(struct percpu_ref *ref, unsigned long nr)
{
	return atomic_long_add_unless(&ref->data->count, (long)nr, 0);
}

static inline bool percpu_ref_tryget(struct percpu_ref *ref)
{
	return percpu_ref_tryget_many(ref, 1);
}

static inline bool percpu_ref_is_dying(struct percpu_ref *ref)
{
	return READ_ONCE(ref->data->is_dying);
}

static inline bool percpu_ref_tryget_live(struct percpu_ref *ref)
{
	return !percpu_ref_is_dying(ref) && percpu_ref_tryget(ref);
}

static inline bool percpu_ref_tryget_live_rcu(struct percpu_ref *ref)
{
	return percpu_ref_tryget_live(ref);
}

static inline void percpu_ref_put_many(struct percpu_ref *ref, unsigned long nr)
{
	struct percpu_ref_data *data = ref->data;
	long left = atomic_long_sub_return((long)nr, &data->count);

	if (!WARN_ONCE(left < 0, "percpu ref (%ps) <= 0 (%ld)", data->release, left) && !left)
		data->release(ref);
}

static inline void percpu_ref_put(struct percpu_ref *ref)
{
	percpu_ref_put_many(ref, 1);
}

static inline bool percpu_ref_is_zero(struct percpu_ref *ref)
{
	return !atomic_long_read(&ref->data->count);
}

static inline void km_percpu_ref_killed(struct rcu_head *rcu)
{
	struct percpu_ref_data *data = container_of(rcu, struct percpu_ref_data, rcu);
	struct percpu_ref *ref = data->ref;

	if (data->confirm_switch)
		data->confirm_switch(ref);
	percpu_ref_put(ref);
}

static inline void percpu_ref_kill_and_confirm(struct percpu_ref *ref,
					       percpu_ref_func_t *confirm_kill)
{
	struct percpu_ref_data *data = ref->data;

	if (WARN_ONCE(data->is_dying, "percpu_ref_kill() called more than once on %ps!",
		      data->release))
		return;
	WRITE_ONCE(data->is_dying, true);
	data->confirm_switch = confirm_kill;
	call_rcu(&data->rcu, km_percpu_ref_killed);
}

static inline void percpu_ref_kill(struct percpu_ref *ref)
{
	percpu_ref_kill_and_confirm(ref, NULL);
}

/* Live again; none but the first reference may be out. */
static inline void percpu_ref_resurrect(struct percpu_ref *ref)
{
	WARN_ON_ONCE(!ref->data->is_dying);
	WRITE_ONCE(ref->data->is_dying, false);
	percpu_ref_get(ref);
}

static inline void percpu_ref_reinit(struct percpu_ref *ref)
{
	WARN_ON_ONCE(!percpu_ref_is_zero(ref));
	percpu_ref_resurrect(ref);
}

#endif
