// SPDX-License-Identifier: MIT
/*
 * srcu.c - RCU with sleeping readers, one domain a structure
 *
 * Owns: the readers of each phase.
 * S1  A reader counts into the phase it saw.  One that saw the old phase may count after the flip,
 *     so a grace period first drains the phase that is not in use, flips, and drains the other.
 * Lock: ssp->mutex, one grace period at a time.  synchronize_srcu() sleeps.
 */
#include <linux/srcu.h>
#include <kern/core.h>

int init_srcu_struct(struct srcu_struct *ssp)
{
	TOUCH(ssp);
	KERN_MIGHT_SLEEP("init_srcu_struct");
	atomic_long_set(&ssp->readers[0], 0);
	atomic_long_set(&ssp->readers[1], 0);
	ssp->phase = 0;
	mutex_init(&ssp->mutex);
	init_waitqueue_head(&ssp->drained);
	raw_spin_lock_init(&ssp->lock);
	ssp->waiting = NULL;
	INIT_WORK(&ssp->work, km_srcu_work);
	/* Linux's readers are counted in per-CPU memory, which may not be had. */
	if (resource_refused("init_srcu_struct", WATCH_CALLER(), WATCH_FRAME()))
		return -ENOMEM;
	undone_new("init_srcu_struct", ssp, WATCH_CALLER(), WATCH_FRAME());
	return 0;
}

void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	TOUCH(ssp);
	KERN_MIGHT_SLEEP("cleanup_srcu_struct");
	watch_enter();
	flush_work(&ssp->work);
	watch_leave();
	resource_gone("srcu_struct", ssp, WATCH_CALLER(), WATCH_FRAME());
	if (atomic_long_read(&ssp->readers[0]) || atomic_long_read(&ssp->readers[1]))
		context_bad("cleanup_srcu_struct() with readers inside", WATCH_CALLER(),
			    WATCH_FRAME());
}

int srcu_read_lock(struct srcu_struct *ssp)
{
	int index;

	TOUCH(ssp);
	index = READ_ONCE(ssp->phase) & 1;
	atomic_long_inc(&ssp->readers[index]);
	smp_mb();
	return index;
}

void srcu_read_unlock(struct srcu_struct *ssp, int index)
{
	TOUCH(ssp);
	smp_mb();
	if (atomic_long_dec_and_test(&ssp->readers[index]) && wq_has_sleeper(&ssp->drained))
		wake_up_all(&ssp->drained);
	km_port_seam();
}

static void srcu_drain(struct srcu_struct *ssp, unsigned int phase)
{
	atomic_long_t *readers = &ssp->readers[phase & 1];

	smp_mb();
	if (atomic_long_read(readers))
		(void)___wait_event(ssp->drained, !atomic_long_read(readers), TASK_UNINTERRUPTIBLE,
				    0, 0, schedule());
	smp_mb();
}

void synchronize_srcu(struct srcu_struct *ssp)
{
	TOUCH(ssp);
	KERN_MIGHT_SLEEP("synchronize_srcu");
	watch_enter();
	mutex_lock(&ssp->mutex);
	srcu_drain(ssp, ssp->phase + 1);
	WRITE_ONCE(ssp->phase, ssp->phase + 1);
	srcu_drain(ssp, ssp->phase + 1);
	mutex_unlock(&ssp->mutex);
	watch_leave();
}

void synchronize_srcu_expedited(struct srcu_struct *ssp)
{
	KERN_MIGHT_SLEEP("synchronize_srcu_expedited");
	synchronize_srcu(ssp);
}

/* -- callbacks -------------------------------------------------------------------------------- */

static unsigned long srcu_lock(struct srcu_struct *ssp)
{
	return km_spin_lock((struct km_spin *)&ssp->lock.raw_lock);
}

static void srcu_unlock(struct srcu_struct *ssp, unsigned long irq)
{
	km_spin_unlock((struct km_spin *)&ssp->lock.raw_lock, irq);
}

/* What waits, oldest first. */
static struct rcu_head *srcu_take(struct srcu_struct *ssp)
{
	unsigned long irq = srcu_lock(ssp);
	struct rcu_head *head = ssp->waiting, *oldest = NULL;

	ssp->waiting = NULL;
	srcu_unlock(ssp, irq);
	while (head) {
		struct rcu_head *next = head->next;

		head->next = oldest;
		oldest = head;
		head = next;
	}
	return oldest;
}

void km_srcu_work(struct work_struct *work)
{
	struct srcu_struct *ssp = container_of(work, struct srcu_struct, work);
	struct rcu_head *head = srcu_take(ssp);

	synchronize_srcu(ssp);
	while (head) {
		struct rcu_head *next = head->next;

		local_bh_disable();
		head->func(head);
		local_bh_enable();
		head = next;
	}
}

void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func)
{
	unsigned long irq;

	TOUCH(ssp);
	TOUCH(head);
	km_port_point();
	head->func = func;
	irq = srcu_lock(ssp);
	head->next = ssp->waiting;
	ssp->waiting = head;
	srcu_unlock(ssp, irq);
	schedule_work(&ssp->work);
}

void srcu_barrier(struct srcu_struct *ssp)
{
	TOUCH(ssp);
	KERN_MIGHT_SLEEP("srcu_barrier");
	watch_enter();
	flush_work(&ssp->work);
	watch_leave();
}
