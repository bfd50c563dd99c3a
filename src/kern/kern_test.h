/* SPDX-License-Identifier: MIT */
/*
 * kern_test.h - what the unit tests of kern share: a machine with port and kern only, threads, a
 * rule that listens
 */
#ifndef KERN_KERN_TEST_H
#define KERN_KERN_TEST_H

#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <kern/core.h>
#include <test.h>

static inline int test_kern_up(void)
{
	int error = km_port_boot(&kern_port_hooks);

	return error ? error : kern_boot();
}

/* A running kthread with a reference, so that test_join() may come after its end. */
static inline struct task_struct *test_thread(int (*fn)(void *data), void *data, const char *name)
{
	struct task_struct *task = kthread_create(fn, data, "%s", name);

	if (IS_ERR(task)) {
		km_test_fail(__FILE__, __LINE__, "no thread");
		return NULL;
	}
	get_task_struct(task);
	wake_up_process(task);
	return task;
}

/* Its value, once it ended by itself: kthread_stop() could come before it began. */
static inline int test_join(struct task_struct *task)
{
	int result;

	if (!task)
		return -1;
	while (!READ_ONCE(task->kthread_exited.done))
		schedule_timeout_uninterruptible(1);
	result = task->exit_code;
	put_task_struct(task);
	return result;
}

/* The rule that listens: how often each point was told, and the last text. */
static struct {
	unsigned int count[KM_POINTS];
	char text[KM_POINTS][128];
	const void *object[KM_POINTS];
	enum km_verdict verdict;
} told;

static inline enum km_verdict test_see(const struct km_event *event)
{
	told.count[event->point]++;
	told.object[event->point] = event->object;
	if (event->what)
		strscpy(told.text[event->point], event->what, sizeof(told.text[0]));
	return told.verdict;
}

static inline void test_listen(void)
{
	static const struct km_rule rule = { .id = "listener", .points = ~0u, .see = test_see };
	static const struct km_rule *const rules[] = { &rule };

	memset(&told, 0, sizeof(told));
	watch_arm(rules, 1);
}

static inline void test_listen_end(void)
{
	watch_arm(NULL, 0);
}

#define TOLD(point)		told.count[KM_POINT_##point]
#define TOLD_TEXT(point, want)	(strstr(told.text[KM_POINT_##point], (want)) != NULL)

#endif
