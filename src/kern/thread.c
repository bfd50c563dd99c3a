// SPDX-License-Identifier: MIT
/*
 * thread.c - giving up the CPU, and kernel threads
 *
 * Owns: schedule(), time-limited sleeps, the life of kthreads.
 * T1  Sleeping is: set the state, look at the condition, schedule().  A wake-up sets the state to
 *     running and then unparks, so schedule() returns when the state is running and never before.
 * T2  A new kthread sleeps (uninterruptible) until wake_up_process(); stopped before that, its
 *     function never runs.  Woken before it is stopped its function runs: Linux's does nearly
 *     always, and a module that counts on it is not blamed for the one time it would not.
 * T3  In an interrupt there is no task to put to sleep: schedule() only lets time pass.
 * Lock: none of its own; the end of a thread is a completion.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/gfp_types.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/sprintf.h>
#include <linux/timer.h>
#include <kern/balance.h>
#include <linux/bug.h>
#include <kern/core.h>

#define KTHREAD_SHOULD_STOP	1UL
#define KTHREAD_WAS_WOKEN	2UL

/* -- giving up the CPU ------------------------------------------------------------------------ */

static void thread_sleep(struct task_struct *self)
{
	if (signal_pending_state(READ_ONCE(self->__state), self))
		__set_current_state(TASK_RUNNING);
	if (task_is_running(self)) {
		km_port_yield();
		return;
	}
	while (!task_is_running(self))
		km_port_park();
}

/*
 * Somebody sleeps where nobody may: tell, then sleep with the counts set aside, for P2 would keep
 * the CPU for ever.
 */
static void schedule_atomic(struct task_struct *self, uintptr_t caller, uintptr_t frame)
{
	uint32_t preempt_count = self->thread.preempt_count;
	unsigned long irq_off = self->thread.irq_off;

	context_might_sleep("schedule", caller, frame);
	if (preempt_count & (HARDIRQ_MASK | NMI_MASK | SOFTIRQ_OFFSET)) {
		km_port_relax();
		__set_current_state(TASK_RUNNING);
		return;
	}
	self->thread.preempt_count = 0;
	km_port_irq_restore(0);
	thread_sleep(self);
	if (irq_off)
		km_port_irq_save();
	self->thread.preempt_count = preempt_count;
}

/**
 * schedule() - let others run; sleep if the task's state says so
 *
 * Context: task, nothing held.  Elsewhere it is told (sleep-in-atomic) and goes on as
 * well as possible.
 */
void schedule(void)
{
	struct task_struct *self = current;

	if (likely(kern_may_sleep()))
		thread_sleep(self);
	else
		schedule_atomic(self, WATCH_CALLER(), WATCH_FRAME());
}

void io_schedule(void)
{
	schedule();
}

void yield(void)
{
	KERN_MIGHT_SLEEP("yield");
	__set_current_state(TASK_RUNNING);
	if (kern_may_sleep())
		km_port_yield();
}

int __cond_resched(void)
{
	KERN_MIGHT_SLEEP("cond_resched");
	if (!kern_may_sleep())
		return 0;
	km_port_yield();
	return 1;
}

int cond_resched(void)
{
	KERN_MIGHT_SLEEP("cond_resched");
	if (!kern_may_sleep())
		return 0;
	km_port_yield();
	return 1;
}

bool need_resched(void)
{
	return false;
}

struct sleep_limit {
	struct timer_list timer;
	struct task_struct *task;
};

static void sleep_limit_passed(struct timer_list *timer)
{
	struct sleep_limit *limit = container_of(timer, struct sleep_limit, timer);

	task_wake(limit->task, TASK_NORMAL);
}

/* @limits: the sleep is a wait for something else, which @timeout only limits. */
static signed long sleep_for(signed long timeout, bool limits)
{
	struct sleep_limit limit = { .task = current };
	unsigned long end;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout < 0) {
		WARN(1, "schedule_timeout: wrong timeout value %lx\n", timeout);
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	if (in_hardirq() || in_serving_softirq()) {
		schedule();
		km_port_delay_ns(jiffies_to_nsecs((unsigned long)timeout));
		return 0;
	}
	end = jiffies + (unsigned long)timeout;
	timer_setup_on_stack(&limit.timer, sleep_limit_passed, 0);
	limit.timer.flags |= TIMER_OF_KERN | (limits ? TIMER_IS_LIMIT : 0);
	mod_timer(&limit.timer, end);
	schedule();
	timer_delete_sync(&limit.timer);
	destroy_timer_on_stack(&limit.timer);
	timeout = (signed long)(end - jiffies);
	return timeout < 0 ? 0 : timeout;
}

/**
 * schedule_timeout() - schedule(), but wake after @timeout at the latest
 * @timeout: MAX_SCHEDULE_TIMEOUT: no limit
 *
 * Context: task, nothing held; the state decides what else wakes it.  Units: jiffies.
 * Return: jiffies left, 0 when the time is over.
 */
signed long schedule_timeout(signed long timeout)
{
	return sleep_for(timeout, true);
}

signed long io_schedule_timeout(signed long timeout)
{
	return schedule_timeout(timeout);
}

signed long schedule_timeout_interruptible(signed long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return sleep_for(timeout, false);
}

signed long schedule_timeout_killable(signed long timeout)
{
	__set_current_state(TASK_KILLABLE);
	return sleep_for(timeout, false);
}

signed long schedule_timeout_uninterruptible(signed long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return sleep_for(timeout, false);
}

signed long schedule_timeout_idle(signed long timeout)
{
	__set_current_state(TASK_IDLE);
	return sleep_for(timeout, false);
}

/* -- kernel threads --------------------------------------------------------------------------- */

static void thread_main(void *arg)
{
	struct task_struct *self = current;
	int result = -EINTR;

	if ((READ_ONCE(self->kthread_flags) & (KTHREAD_SHOULD_STOP | KTHREAD_WAS_WOKEN)) !=
	    KTHREAD_SHOULD_STOP)
		result = self->kthread_fn(self->kthread_data);
	kthread_exit(result);
}

static struct task_struct *thread_make(int (*fn)(void *data), void *data, const char *name)
{
	struct task_struct *task = (struct task_struct *)km_port_thread_new(thread_main, NULL,
									    name);

	if (!task)
		return NULL;
	task_begin(task);
	task_number(task);
	task_name(task, "%s", name);
	task->flags = PF_KTHREAD;
	task->kthread_fn = fn;
	task->kthread_data = data;
	init_completion(&task->kthread_exited);
	task->vfork_done = &task->kthread_exited;
	WRITE_ONCE(task->__state, TASK_UNINTERRUPTIBLE);
	return task;
}

static int thread_end_wait(struct task_struct *task)
{
	int result;

	km_port_seam();
	get_task_struct(task);
	__atomic_fetch_or(&task->kthread_flags,
			  KTHREAD_SHOULD_STOP |
				  (task_is_running(task) ? KTHREAD_WAS_WOKEN : 0),
			  __ATOMIC_SEQ_CST);
	task_wake(task, TASK_NORMAL);
	watch_enter();
	wait_for_completion(&task->kthread_exited);
	watch_leave();
	result = task->exit_code;
	put_task_struct(task);
	km_port_seam();
	return result;
}

struct task_struct *thread_start(int (*fn)(void *data), void *data, const char *name)
{
	struct task_struct *task = thread_make(fn, data, name);

	if (!task)
		return NULL;
	task->is_engine = true;
	task_wake(task, TASK_NORMAL);
	return task;
}

void thread_stop(struct task_struct *task)
{
	thread_end_wait(task);
}

/* Rules may refuse a thread as they refuse memory: creating one allocates. */
static bool thread_is_refused(uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK,
		.family = KM_FAMILY_OTHER,
		.what = "kthread_create",
		.bytes = sizeof(struct task_struct),
		.gfp = GFP_KERNEL,
		.caller = caller,
		.frame = frame,
	};

	return watch_tell(&event) == KM_REFUSE;
}

/**
 * kthread_create_on_node() - make a kernel thread that sleeps until wake_up_process()
 * @threadfn: runs in it; its value is what kthread_stop() returns
 * @node:     ignored: one node
 *
 * Context: task, nothing held (sleep-in-atomic).  Return: the task, or ERR_PTR(-ENOMEM).
 * Source: kernel 6.12 docs, driver-api/basics, "Kthreads".  Differs: kthread_stop() must follow or
 * the function return before the module is gone, as in Linux; CPU affinity is not to be had.
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char namefmt[], ...)
{
	struct task_struct *task;
	va_list args;

	KERN_MIGHT_SLEEP("kthread_create");
	va_start(args, namefmt);
	task = kthread_create_for(ASKER(), threadfn, data, namefmt, args);
	va_end(args);
	return task;
}

struct task_struct *kthread_create_for(const struct asker *asker, int (*threadfn)(void *data),
				       void *data, const char *format, va_list args)
{
	char name[TASK_COMM_LEN];
	struct task_struct *task;

	km_port_point();
	if (thread_is_refused(asker->caller, asker->frame))
		return ERR_PTR(-ENOMEM);
	touch_format(asker, format, args);
	vsnprintf(name, sizeof(name), format, args);
	task = thread_make(threadfn, data, name);
	if (!task) {
		tell_family(KM_POINT_ALLOC_FAIL, "kthread_create", NULL, sizeof(*task),
			    asker->caller, asker->frame);
		return ERR_PTR(-ENOMEM);
	}
	task->created_at = asker->caller;
	tell_family(KM_POINT_RESOURCE_NEW, "kthread", task, 0, asker->caller, asker->frame);
	return task;
}

bool kthread_should_stop(void)
{
	return READ_ONCE(current->kthread_flags) & KTHREAD_SHOULD_STOP;
}

/**
 * kthread_stop() - ask a kthread to end and wait until it has
 * @task: must not have ended before unless the caller holds a reference (get_task_struct)
 *
 * Context: task, nothing held.  Return: what its function returned; -EINTR: it never ran.
 */
int kthread_stop(struct task_struct *task)
{
	KERN_MIGHT_SLEEP("kthread_stop");
	return thread_end_wait(task);
}

int kthread_stop_put(struct task_struct *task)
{
	int result;

	KERN_MIGHT_SLEEP("kthread_stop");
	result = thread_end_wait(task);
	put_task_struct(task);
	return result;
}

void *kthread_func(struct task_struct *task)
{
	return (void *)task->kthread_fn;
}

void *kthread_data(struct task_struct *task)
{
	return task->kthread_data;
}

static void thread_announce_end(struct task_struct *self, uintptr_t caller, uintptr_t frame)
{
	/* A thread may keep a scope for life. */
	struct balance nothing = { .scopes = self->flags & BALANCE_SCOPES };

	balance_end(&nothing, "kthread", (const void *)self->kthread_fn);
	self->thread.watch_depth = 0;
	if (self->is_engine)
		return;
	tell_family(KM_POINT_RESOURCE_GONE, "kthread", self, 0, caller, frame);
	tell_family(KM_POINT_THREAD_END, "kthread", self, 0, caller, frame);
}

void __noreturn kthread_exit(long result)
{
	struct task_struct *self = current;

	thread_announce_end(self, WATCH_CALLER(), WATCH_FRAME());
	self->exit_code = (int)result;
	task_end(self);
	/* Not only for kthread_stop(): as on Linux, others may wait through vfork_done. */
	complete_all(&self->kthread_exited);
	WRITE_ONCE(self->__state, TASK_DEAD);
	task_reap_wait();
	km_port_thread_exit();
}

void __noreturn kthread_complete_and_exit(struct completion *comp, long code)
{
	if (comp)
		complete(comp);
	kthread_exit(code);
}

/* -- what is left ----------------------------------------------------------------------------- */

struct left_arg {
	kern_left_fn see;
	void *arg;
	unsigned int count;
};

static bool thread_left_see(struct task_struct *task, void *arg)
{
	struct left_arg *left = arg;

	if (!(task->flags & PF_KTHREAD) || task->is_engine)
		return false;
	left->count++;
	left->see("kthread", task, task->created_at, task->comm, left->arg);
	return false;
}

unsigned int thread_left(kern_left_fn see, void *arg)
{
	struct left_arg left = { .see = see, .arg = arg };

	task_any(thread_left_see, &left);
	return left.count;
}
