// SPDX-License-Identifier: MIT
/*
 * notifier.c - chains of callbacks by priority
 *
 * N1  A chain is sorted by falling priority; equal ones stay in the order they came.
 * An atomic chain is walked in an RCU reader and changed under its lock; a blocking one is walked
 * and changed under its rwsem.
 */
#include <linux/notifier.h>
#include <linux/panic.h>
#include <linux/rcupdate.h>
#include <kern/core.h>

/* The blocks of a chain are its users'. */
static bool seen(const void *object, size_t bytes, const struct asker *asker)
{
	return touch_for(asker, object, bytes, false);
}

static int chain_insert(struct notifier_block **link, struct notifier_block *nb,
			const struct asker *asker)
{
	seen(link, sizeof(*link), asker);
	seen(nb, sizeof(*nb), asker);
	for (; *link; link = &(*link)->next) {
		seen(*link, sizeof(**link), asker);
		if ((*link)->priority < nb->priority)
			break;
		if (*link == nb)
			return -EEXIST;
	}
	nb->next = *link;
	rcu_assign_pointer(*link, nb);
	return 0;
}

static int chain_remove(struct notifier_block **link, struct notifier_block *nb,
			const struct asker *asker)
{
	seen(link, sizeof(*link), asker);
	for (; *link; link = &(*link)->next) {
		seen(*link, sizeof(**link), asker);
		if (*link == nb) {
			rcu_assign_pointer(*link, nb->next);
			return 0;
		}
	}
	return -ENOENT;
}

static int chain_call(struct notifier_block **head, unsigned long action, void *data,
		      const struct asker *asker)
{
	struct notifier_block *nb, *next;
	int ret = NOTIFY_DONE;

	seen(head, sizeof(*head), asker);
	for (nb = rcu_dereference_raw(*head); nb && !(ret & NOTIFY_STOP_MASK); nb = next) {
		if (!seen(nb, sizeof(*nb), asker))
			break;
		next = rcu_dereference_raw(nb->next);	/* the callback may unregister itself */
		ret = nb->notifier_call(nb, action, data);
	}
	return ret;
}

int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	return chain_insert(&nh->head, nb, ASKER());
}

int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	return chain_remove(&nh->head, nb, ASKER());
}

int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)
{
	return chain_call(&nh->head, val, v, ASKER());
}

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&nh->lock, flags);
	ret = chain_insert(&nh->head, nb, ASKER());
	spin_unlock_irqrestore(&nh->lock, flags);
	/* A chain of the kernel's own outlives its users. */
	if (!ret && nh == &panic_notifier_list)
		undone_new("atomic_notifier_chain_register", nb, WATCH_CALLER(), WATCH_FRAME());
	return ret;
}

/* Sleeps until no call of the chain can still use @nb. */
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	unsigned long flags;
	int ret;

	KERN_MIGHT_SLEEP("atomic_notifier_chain_unregister");
	spin_lock_irqsave(&nh->lock, flags);
	ret = chain_remove(&nh->head, nb, ASKER());
	spin_unlock_irqrestore(&nh->lock, flags);
	synchronize_rcu();
	if (!ret && nh == &panic_notifier_list)
		resource_gone("panic notifier", nb, WATCH_CALLER(), WATCH_FRAME());
	return ret;
}

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)
{
	int ret;

	rcu_read_lock();
	ret = chain_call(&nh->head, val, v, ASKER());
	rcu_read_unlock();
	return ret;
}

int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb)
{
	int ret;

	KERN_MIGHT_SLEEP("blocking_notifier_chain_register");
	down_write(&nh->rwsem);
	ret = chain_insert(&nh->head, nb, ASKER());
	up_write(&nh->rwsem);
	return ret;
}

int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *nb)
{
	int ret;

	KERN_MIGHT_SLEEP("blocking_notifier_chain_unregister");
	down_write(&nh->rwsem);
	ret = chain_remove(&nh->head, nb, ASKER());
	up_write(&nh->rwsem);
	return ret;
}

int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v)
{
	int ret = NOTIFY_DONE;

	KERN_MIGHT_SLEEP("blocking_notifier_call_chain");
	TOUCH(nh);
	if (!READ_ONCE(nh->head))
		return ret;
	down_read(&nh->rwsem);
	ret = chain_call(&nh->head, val, v, ASKER());
	up_read(&nh->rwsem);
	return ret;
}
