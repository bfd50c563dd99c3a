/* SPDX-License-Identifier: MIT */
/*
 * sched.h - struct task_struct, current, task states, schedule()
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <kmalloc/port.h>

#define TASK_COMM_LEN	16

#define TASK_RUNNING		0x00000000
#define TASK_INTERRUPTIBLE	0x00000001
#define TASK_UNINTERRUPTIBLE	0x00000002
#define TASK_DEAD		0x00000080
#define TASK_WAKEKILL		0x00000100
#define TASK_NOLOAD		0x00000400
#define TASK_KILLABLE		(TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_IDLE		(TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#define MAX_SCHEDULE_TIMEOUT	((long)(~0UL >> 1))

#define PF_MEMALLOC		0x00000800
#define PF_KTHREAD		0x00200000
#define PF_MEMALLOC_NOFS	0x00040000
#define PF_MEMALLOC_NOIO	0x00080000
#define PF_MEMALLOC_PIN		0x10000000

struct kunit;
struct completion;

/* One lock a task holds; kept only while a machine's rules are armed. */
struct held_lock {
	const void *lock;
	const char *name;
	uintptr_t taken_at;
};
#define MAX_HELD_LOCKS	16

struct task_struct {
	struct km_port_thread thread;		/* first: P1 of kmalloc/port.h */
	unsigned int __state;
	unsigned int flags;			/* PF_* */
	int pid, tgid;
	char comm[TASK_COMM_LEN];
	int rcu_read_lock_nesting;
	unsigned int non_block_count;
	u32 lock_depth;				/* entries of held_locks in use */
	struct held_lock held_locks[MAX_HELD_LOCKS];
	struct list_head tasks;			/* kern/task.c: all tasks */
	atomic_t usage;
	int exit_code;
	struct completion *vfork_done;
	struct kunit *kunit_test;
	/* kthread */
	int (*kthread_fn)(void *data);
	void *kthread_data;
	unsigned long kthread_flags;
	void *kthread_exited;
	void *journal_info;
	void *wait_private;			/* kern's own */
};

static inline struct task_struct *get_current(void)
{
	return (struct task_struct *)km_port_self();
}
#define current get_current()

void schedule(void) KM_SYM(schedule);
signed long schedule_timeout(signed long timeout_jiffies) KM_SYM(schedule_timeout);
signed long schedule_timeout_interruptible(signed long timeout) KM_SYM(schedule_timeout_interruptible);
signed long schedule_timeout_killable(signed long timeout) KM_SYM(schedule_timeout_killable);
signed long schedule_timeout_uninterruptible(signed long timeout) KM_SYM(schedule_timeout_uninterruptible);
signed long schedule_timeout_idle(signed long timeout) KM_SYM(schedule_timeout_idle);
void yield(void) KM_SYM(yield);
int wake_up_process(struct task_struct *task) KM_SYM(wake_up_process);
int cond_resched(void) KM_SYM(cond_resched);

#endif
