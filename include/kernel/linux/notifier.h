/* SPDX-License-Identifier: MIT */
/*
 * notifier.h - chains of callbacks, higher priority first, equal ones in the order they were
 * registered
 *
 * An atomic chain may be called anywhere; a blocking one where sleeping is allowed; a raw one
 * leaves locking to its owner.
 */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/errno.h>
#include <linux/spinlock.h>
#include <linux/rwsem.h>

struct notifier_block;
typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block *next;
	int priority;
};

struct atomic_notifier_head { spinlock_t lock; struct notifier_block *head; };
struct blocking_notifier_head { struct rw_semaphore rwsem; struct notifier_block *head; };
struct raw_notifier_head { struct notifier_block *head; };

#define NOTIFY_DONE		0x0000
#define NOTIFY_OK		0x0001
#define NOTIFY_STOP_MASK	0x8000
#define NOTIFY_BAD		(NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP		(NOTIFY_OK | NOTIFY_STOP_MASK)

#define ATOMIC_NOTIFIER_INIT(name)	{ .lock = __SPIN_LOCK_UNLOCKED((name).lock), .head = NULL }
#define BLOCKING_NOTIFIER_INIT(name)	{ .rwsem = __RWSEM_INITIALIZER((name).rwsem), .head = NULL }
#define RAW_NOTIFIER_INIT(name)		{ .head = NULL }
#define ATOMIC_NOTIFIER_HEAD(name) struct atomic_notifier_head name = ATOMIC_NOTIFIER_INIT(name)
#define BLOCKING_NOTIFIER_HEAD(name)                                                               \
	struct blocking_notifier_head name = BLOCKING_NOTIFIER_INIT(name)
#define RAW_NOTIFIER_HEAD(name)		struct raw_notifier_head name = RAW_NOTIFIER_INIT(name)
#define ATOMIC_INIT_NOTIFIER_HEAD(name)                                                            \
	do {                                                                                       \
		spin_lock_init(&(name)->lock);                                                     \
		(name)->head = NULL;                                                               \
	} while (0)
#define BLOCKING_INIT_NOTIFIER_HEAD(name)                                                          \
	do {                                                                                       \
		init_rwsem(&(name)->rwsem);                                                        \
		(name)->head = NULL;                                                               \
	} while (0)
#define RAW_INIT_NOTIFIER_HEAD(name)		do { (name)->head = NULL; } while (0)

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb)
	KM_SYM(atomic_notifier_chain_register);
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb)
	KM_SYM(atomic_notifier_chain_unregister) __km_sleeps;
int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)
	KM_SYM(atomic_notifier_call_chain);
int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb)
	KM_SYM(blocking_notifier_chain_register) __km_sleeps;
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *nb)
	KM_SYM(blocking_notifier_chain_unregister) __km_sleeps;
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v)
	KM_SYM(blocking_notifier_call_chain) __km_sleeps;
int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb)
	KM_SYM(raw_notifier_chain_register);
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb)
	KM_SYM(raw_notifier_chain_unregister);
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)
	KM_SYM(raw_notifier_call_chain);

static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}

static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

#endif
