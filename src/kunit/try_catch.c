// SPDX-License-Identifier: MIT
/*
 * try_catch.c - a function in a thread of its own, which can be left in the middle
 *
 * Owns: the thread, as long as the call lasts.
 * T1  Who throws ends its thread: nothing on its stack is unwound, no lock is given back.
 * T2  The thread holds a reference to itself until its caller has seen the end, so that it can be
 *     asked to stop whether it has ended or not.
 * Lock: none.  Context: task, may sleep.
 */
#include "kunit.h"

#include <kern/core.h>
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <watch/watch.h>

#define TIMEOUT_SECONDS	300

struct attempt {
	struct kunit_try_catch *try_catch;
	struct completion done;
};

static int attempt_run(void *data)
{
	struct attempt *attempt = data;

	get_task_struct(current);	/* T2 */
	attempt->try_catch->try(attempt->try_catch->context);
	complete(&attempt->done);
	return 0;
}

void case_tell(const char *name)
{
	const struct km_event event = {
		.point = KM_POINT_TEST, .family = KM_FAMILY_OTHER, .what = name,
	};

	watch_tell(&event);
}

/* The calling thread leaves the case, which has failed or is skipped. */
static void case_tell_left(bool has_failed)
{
	const struct km_event event = {
		.point = KM_POINT_TEST, .family = KM_FAMILY_OTHER, .order = has_failed ? 1 : 2,
	};

	watch_tell(&event);
}

void __noreturn kunit_try_catch_throw(struct kunit_try_catch *try_catch)
{
	struct task_struct *self = current;

	case_tell_left(try_catch->test && try_catch->test->status != KUNIT_SKIPPED);
	try_catch->try_result = -EFAULT;
	if (self->kthread_fn == attempt_run) {
		struct attempt *attempt = self->kthread_data;

		kthread_complete_and_exit(&attempt->done, 0);
	}
	/* A thread that the test made itself. */
	kthread_exit(0);
}

/* Its end, whether it came by itself or not; a thread that cannot end is a hang of its own. */
static void attempt_end(struct task_struct *task)
{
	km_port_self()->waits_for = &task->thread;
	thread_stop(task);
	km_port_self()->waits_for = NULL;
	put_task_struct(task);
}

void kunit_try_catch_run(struct kunit_try_catch *try_catch, void *context)
{
	struct attempt attempt = { .try_catch = try_catch };
	struct task_struct *task;

	try_catch->context = context;
	try_catch->try_result = 0;
	init_completion(&attempt.done);
	task = thread_start(attempt_run, &attempt, "kunit_try_catch_thread");
	if (!task) {
		try_catch->try_result = -ENOMEM;
		try_catch->catch(context);
		return;
	}
	km_port_self()->waits_for = &task->thread;
	if (!wait_for_completion_timeout(&attempt.done, TIMEOUT_SECONDS * HZ))
		try_catch->try_result = -ETIMEDOUT;
	attempt_end(task);
	if (!try_catch->try_result)
		return;
	if (try_catch->try_result == -EFAULT)
		try_catch->try_result = 0;
	else if (try_catch->try_result == -ETIMEDOUT)
		kunit_err(try_catch->test, "try timed out\n");
	try_catch->catch(context);
}
