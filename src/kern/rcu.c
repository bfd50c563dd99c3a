// SPDX-License-Identifier: MIT
/*
 * rcu.c - grace periods and what waits for them
 *
 * Owns: the numbers of grace periods, the queues of callbacks, the thread that runs grace periods.
 * U1  Grace period E begins when rcu.started becomes E.  It ends when each task that is in a reader
 *     began its outermost one after that (task->rcu_epoch >= E), and each task was once seen off
 *     the CPU, or with preemption, softirqs and interrupts on.
 * U2  A reader publishes its nesting before it reads rcu.started and before it follows any pointer;
 *     the grace period raises rcu.started before it looks at nesting.  So one of the two sees the
 *     other.
 * U3  Callbacks run in softirq context, in order of call_rcu(), one at a time on one CPU.
 *     rcu_barrier() relies on it.
 * Lock: rcu.lock (engine lock).  call_rcu(): any context.  Waiting sleeps.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>
#include <linux/wait.h>
#include <kern/core.h>

struct rcu_queue {
	struct rcu_head *first, **last;
};

static struct {
	struct km_spin lock;
	unsigned long started, done;	/* numbers of grace periods */
	unsigned long wanted;		/* somebody waits for this one */
	struct rcu_queue next;		/* callbacks for which a grace period has yet to begin */
	struct rcu_queue ready;		/* over: to be run */
	bool is_running;		/* U3: some CPU runs callbacks */
	bool is_watched;		/* the thread wants to hear of readers that end */
	struct task_struct *thread;
} rcu;

static DECLARE_WAIT_QUEUE_HEAD(rcu_waiters);

/* -- readers ---------------------------------------------------------------------------------- */

void __rcu_read_lock(void)
{
	struct task_struct *task = current;

	if (task->rcu_read_lock_nesting++ == 0) {
		smp_mb();	/* U2 */
		task->rcu_epoch = __atomic_load_n(&rcu.started, __ATOMIC_ACQUIRE);
	}
	barrier();
}

void __rcu_read_unlock(void)
{
	struct task_struct *task = current;

	if (unlikely(task->rcu_read_lock_nesting <= 0)) {
		context_bad("rcu_read_unlock() without rcu_read_lock()", WATCH_CALLER(),
			    WATCH_FRAME());
		return;
	}
	if (task->rcu_read_lock_nesting > 1) {
		task->rcu_read_lock_nesting--;
		return;
	}
	__atomic_store_n(&task->rcu_read_lock_nesting, 0, __ATOMIC_RELEASE);
	smp_mb();
	if (unlikely(READ_ONCE(rcu.is_watched)))
		task_wake(rcu.thread, TASK_NORMAL);
	km_port_seam();
}

int rcu_preempt_depth(void)
{
	return current->rcu_read_lock_nesting;
}

int rcu_read_lock_held(void)
{
	return current->rcu_read_lock_nesting > 0;
}

int rcu_read_lock_bh_held(void)
{
	return in_softirq() || irqs_disabled();
}

int rcu_read_lock_sched_held(void)
{
	return !preemptible();
}

int rcu_read_lock_any_held(void)
{
	return rcu_read_lock_held() || !preemptible();
}

/* -- grace periods ---------------------------------------------------------------------------- */

enum rcu_blocker { RCU_NOBODY, RCU_READER, RCU_ATOMIC };

struct rcu_look {
	unsigned long epoch;
	enum rcu_blocker blocker;
};

static bool rcu_look_at(struct task_struct *task, void *arg)
{
	struct rcu_look *look = arg;

	if (task == rcu.thread)
		return false;
	if (READ_ONCE(task->rcu_read_lock_nesting) > 0 && READ_ONCE(task->rcu_epoch) < look->epoch)
		look->blocker = look->blocker == RCU_ATOMIC ? RCU_ATOMIC : RCU_READER;
	if (task->rcu_quiet >= look->epoch)
		return false;
	if (!(READ_ONCE(task->thread.port_flags) & KM_PORT_OFF_CPU) &&
	    (READ_ONCE(task->thread.preempt_count) || READ_ONCE(task->thread.irq_off)))
		look->blocker = RCU_ATOMIC;
	else
		task->rcu_quiet = look->epoch;
	return false;
}

static enum rcu_blocker rcu_blocked(unsigned long epoch)
{
	struct rcu_look look = { .epoch = epoch, .blocker = RCU_NOBODY };

	smp_mb();	/* U2 */
	task_any(rcu_look_at, &look);
	smp_mb();
	return look.blocker;
}

/* The end of a reader is heard of; that of an atomic section has to be looked for. */
static void rcu_wait_readers(unsigned long epoch)
{
	enum rcu_blocker blocker;

	WRITE_ONCE(rcu.is_watched, true);
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		blocker = rcu_blocked(epoch);
		if (blocker == RCU_NOBODY)
			break;
		schedule_timeout(blocker == RCU_ATOMIC ? 1 : MAX_SCHEDULE_TIMEOUT);
	}
	__set_current_state(TASK_RUNNING);
	WRITE_ONCE(rcu.is_watched, false);
}

static void queue_init(struct rcu_queue *queue)
{
	queue->first = NULL;
	queue->last = &queue->first;
}

static void queue_move(struct rcu_queue *to, struct rcu_queue *from)
{
	if (!from->first)
		return;
	*to->last = from->first;
	to->last = from->last;
	queue_init(from);
}

static void rcu_grace_period(void)
{
	struct rcu_queue batch;
	unsigned long irq, epoch;
	bool has_callbacks;

	queue_init(&batch);
	irq = km_spin_lock(&rcu.lock);
	queue_move(&batch, &rcu.next);
	epoch = rcu.started + 1;
	__atomic_store_n(&rcu.started, epoch, __ATOMIC_SEQ_CST);
	km_spin_unlock(&rcu.lock, irq);

	rcu_wait_readers(epoch);

	has_callbacks = batch.first != NULL;
	irq = km_spin_lock(&rcu.lock);
	__atomic_store_n(&rcu.done, epoch, __ATOMIC_RELEASE);
	queue_move(&rcu.ready, &batch);
	km_spin_unlock(&rcu.lock, irq);
	wake_up_all(&rcu_waiters);
	if (has_callbacks)
		raise_softirq(RCU_SOFTIRQ);
}

static bool rcu_has_work(void)
{
	unsigned long irq = km_spin_lock(&rcu.lock);
	bool has_work = rcu.next.first || rcu.wanted > rcu.started;

	km_spin_unlock(&rcu.lock, irq);
	return has_work;
}

static int rcu_thread(void *unused)
{
	for (;;) {
		set_current_state(TASK_IDLE);
		if (rcu_has_work()) {
			__set_current_state(TASK_RUNNING);
			rcu_grace_period();
		} else if (kthread_should_stop()) {
			break;
		} else {
			schedule();
		}
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void rcu_kick(void)
{
	if (rcu.thread)
		task_wake(rcu.thread, TASK_IDLE);
}

/* -- callbacks -------------------------------------------------------------------------------- */

/**
 * call_rcu() - call @func(@head) after all readers that exist now have ended
 * Context: any.  @func runs in softirq context and must not sleep.
 * Locks: rcu.lock.  Cost: O(1).
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	unsigned long irq;

	TOUCH(head);
	head->func = func;
	head->next = NULL;
	irq = km_spin_lock(&rcu.lock);
	*rcu.next.last = head;
	rcu.next.last = &head->next;
	km_spin_unlock(&rcu.lock, irq);
	rcu_kick();
	km_port_seam();
}

void call_rcu_hurry(struct rcu_head *head, rcu_callback_t func)
{
	call_rcu(head, func);
}

static struct rcu_head *rcu_ready_take(void)
{
	unsigned long irq = km_spin_lock(&rcu.lock);
	struct rcu_head *head = rcu.ready.first;

	if (head) {
		rcu.ready.first = head->next;
		if (!rcu.ready.first)
			rcu.ready.last = &rcu.ready.first;
	} else {
		rcu.is_running = false;
	}
	km_spin_unlock(&rcu.lock, irq);
	return head;
}

static void rcu_softirq(void)
{
	unsigned long irq = km_spin_lock(&rcu.lock);
	bool is_mine = !rcu.is_running;
	struct rcu_head *head;

	rcu.is_running = true;
	km_spin_unlock(&rcu.lock, irq);
	if (!is_mine)
		return;
	while ((head = rcu_ready_take()))
		head->func(head);
}

/* -- waiting ---------------------------------------------------------------------------------- */

unsigned long get_state_synchronize_rcu(void)
{
	smp_mb();
	/* The one under way may have passed a reader that the caller means. */
	return __atomic_load_n(&rcu.started, __ATOMIC_ACQUIRE) + 1;
}

unsigned long start_poll_synchronize_rcu(void)
{
	unsigned long cookie, irq;

	smp_mb();
	irq = km_spin_lock(&rcu.lock);
	cookie = rcu.started + 1;
	if (rcu.wanted < cookie)
		rcu.wanted = cookie;
	km_spin_unlock(&rcu.lock, irq);
	rcu_kick();
	return cookie;
}

bool poll_state_synchronize_rcu(unsigned long cookie)
{
	bool is_over = __atomic_load_n(&rcu.done, __ATOMIC_ACQUIRE) >= cookie;

	smp_mb();
	return is_over;
}

static void rcu_wait(void)
{
	unsigned long cookie;

	/* It would wait for itself; the rules have been told. */
	if (unlikely(!kern_may_sleep()) && watch_points)
		return;
	cookie = start_poll_synchronize_rcu();
	if (!poll_state_synchronize_rcu(cookie))
		(void)___wait_event(rcu_waiters, poll_state_synchronize_rcu(cookie),
				    TASK_UNINTERRUPTIBLE, 0, 0, schedule());
}

/**
 * synchronize_rcu() - wait until all readers that exist now have ended
 * Context: task, nothing held, no reader (sleep-in-atomic).  Cost: as long as the longest reader.
 * Differs: only one grace period runs at a time, the expedited form is the same.
 */
void synchronize_rcu(void)
{
	KERN_MIGHT_SLEEP("synchronize_rcu");
	rcu_wait();
}

void synchronize_rcu_expedited(void)
{
	KERN_MIGHT_SLEEP("synchronize_rcu_expedited");
	rcu_wait();
}

void cond_synchronize_rcu(unsigned long cookie)
{
	KERN_MIGHT_SLEEP("cond_synchronize_rcu");
	if (!poll_state_synchronize_rcu(cookie))
		rcu_wait();
}

void wakeme_after_rcu(struct rcu_head *head)
{
	complete(&container_of(head, struct rcu_synchronize, head)->completion);
}

/**
 * rcu_barrier() - wait until every callback that call_rcu() was given before has returned
 * Context: task, nothing held (sleep-in-atomic).
 */
void rcu_barrier(void)
{
	struct rcu_synchronize last;

	KERN_MIGHT_SLEEP("rcu_barrier");
	if (unlikely(!kern_may_sleep()) && watch_points)
		return;
	init_completion(&last.completion);
	call_rcu(&last.head, wakeme_after_rcu);
	watch_enter();
	wait_for_completion(&last.completion);
	watch_leave();
}

int rcu_boot(void)
{
	rcu.started = rcu.done = rcu.wanted = 0;
	rcu.is_running = rcu.is_watched = false;
	queue_init(&rcu.next);
	queue_init(&rcu.ready);
	open_softirq(RCU_SOFTIRQ, rcu_softirq);
	rcu.thread = thread_start(rcu_thread, NULL, "rcu_preempt");
	return rcu.thread ? 0 : -ENOMEM;
}

/* Runs what waits, then ends the thread. */
void rcu_shutdown(void)
{
	rcu_barrier();
	thread_stop(rcu.thread);
	rcu.thread = NULL;
}
