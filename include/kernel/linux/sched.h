/* SPDX-License-Identifier: MIT */
/*
 * sched.h - struct task_struct, current, task states, schedule()
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/thread_info.h>
#include <linux/time64.h>
#include <asm/current.h>
#include <linux/preempt.h>
#include <linux/signal_types.h>
#include <linux/irqflags.h>
#include <linux/might_sleep.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/spinlock.h>
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

#define PF_WQ_WORKER		0x00000020
#define PF_MEMALLOC		0x00000800
#define PF_KSWAPD		0x00020000
#define PF_KTHREAD		0x00200000
#define PF_MEMALLOC_NOFS	0x00040000
#define PF_MEMALLOC_NOIO	0x00080000
#define PF_MEMALLOC_PIN		0x10000000

struct kunit;
struct mm_struct;

/* One lock a task holds; kept only while a machine's rules are armed. */
struct held_lock {
	const void *lock;
	const char *name;
	uintptr_t taken_at;
	const void *key;		/* its class; NULL: it spins, and has none */
	u32 subclass;
};
#define MAX_HELD_LOCKS	16

/* A user's callback that runs because memory is short: a shrinker, an OOM notifier. */
struct reclaim_visit {
	const char *kind, *name;
	unsigned int gfp;		/* of the request it is for */
	u32 lock_depth;			/* locks held when it was called */
	struct reclaim_visit *outer;
};

struct init_context;

struct task_struct {
	struct km_port_thread thread;		/* first: P1 of kmalloc/port.h */
	unsigned int __state;
	unsigned int flags;			/* PF_* */
	int pid, tgid;
	char comm[TASK_COMM_LEN];
	int rcu_read_lock_nesting;
	/* kern/rcu.c: grace period number when the outermost reader began */
	unsigned long rcu_epoch;
	/* kern/rcu.c: seen outside atomic sections in this grace period */
	unsigned long rcu_quiet;
	unsigned int non_block_count;
	/* pagefault_disable() depth */
	unsigned int pagefault_disabled;
	bool is_engine;				/* kern's own thread: no resource of the user */
	bool is_reapable;			/* its last reference is gone */
	u32 lock_depth;				/* entries of held_locks in use */
	struct held_lock held_locks[MAX_HELD_LOCKS];
	u32 lock_subclass;			/* of the next sleeping lock; mutex_lock_nested() */
	struct reclaim_visit *reclaim_visit;	/* NULL: no callback of reclaim runs in it */
	struct list_head tasks;			/* kern/task.c: all tasks */
	atomic_t usage;
	int exit_code;
	struct completion *vfork_done;
	struct kunit *kunit_test;
	unsigned int kasan_depth;		/* bad accesses are meant: linux/kasan.h */
	struct init_context *init_context;	/* rules: rule uninitialized-read */
	struct mm_struct *mm, *active_mm;	/* NULL: no user memory here */
	/* kthread */
	int (*kthread_fn)(void *data);
	void *kthread_data;
	unsigned long kthread_flags;
	struct completion kthread_exited;	/* for kthread_stop(); vfork_done points here */
	uintptr_t created_at;			/* who called kthread_create() */
	void *journal_info;
	void *wait_private;			/* kern's own */
	struct alloc_tag *alloc_tag;		/* linux/alloc_tag.h; NULL: none */
	/* a task of user space: what it called, for reports; NULL: none */
	const char *deed;			/* "drive:3 read(/dev/ring)" */
	bool has_user_memory;
	struct sigpending pending;		/* signal_pending(); linux/sched/signal.h */
	sigset_t blocked;			/* none ever is */
	/* the buffer of the read() or write() it is in; kapi/user.c holds copies against it */
	unsigned long user_start, user_bytes;
};

#define task_is_running(task)		(READ_ONCE((task)->__state) == TASK_RUNNING)
#define get_current_state()		READ_ONCE(current->__state)
#define __set_current_state(value)	WRITE_ONCE(current->__state, (value))
/* The barrier orders the state before the look at the condition that follows. */
#define set_current_state(value)	smp_store_mb(current->__state, (value))
#define set_task_state(task, value)	smp_store_mb((task)->__state, (value))
#define __set_task_state(task, value)	WRITE_ONCE((task)->__state, (value))

void schedule(void) KM_SYM(schedule) __km_sleeps;
void io_schedule(void) KM_SYM(io_schedule) __km_sleeps;
signed long schedule_timeout(signed long timeout_jiffies) KM_SYM(schedule_timeout) __km_sleeps;
signed long io_schedule_timeout(signed long timeout) KM_SYM(io_schedule_timeout) __km_sleeps;
signed long schedule_timeout_interruptible(signed long timeout)
	KM_SYM(schedule_timeout_interruptible) __km_sleeps;
signed long schedule_timeout_killable(signed long timeout) KM_SYM(schedule_timeout_killable)
	__km_sleeps;
signed long schedule_timeout_uninterruptible(signed long timeout)
	KM_SYM(schedule_timeout_uninterruptible) __km_sleeps;
signed long schedule_timeout_idle(signed long timeout) KM_SYM(schedule_timeout_idle) __km_sleeps;
void yield(void) KM_SYM(yield) __km_sleeps;
int wake_up_process(struct task_struct *task) KM_SYM(wake_up_process);	/* 1: it slept */
int wake_up_state(struct task_struct *task, unsigned int state) KM_SYM(wake_up_state);
int cond_resched(void) KM_SYM(cond_resched) __km_sleeps;
bool need_resched(void) KM_SYM(need_resched);

#define cond_resched_rcu() \
	do { rcu_read_unlock(); cond_resched(); rcu_read_lock(); } while (0)

static inline pid_t task_pid_nr(struct task_struct *task)
{
	return task->pid;
}

static inline pid_t task_tgid_nr(struct task_struct *task)
{
	return task->tgid;
}

static inline int task_pid_vnr(struct task_struct *task)
{
	return task->pid;
}

static inline unsigned int task_cpu(const struct task_struct *task)
{
	return READ_ONCE(task->thread.cpu);
}

void __set_task_comm(struct task_struct *task, const char *from, bool exec) KM_SYM(__set_task_comm);
#define set_task_comm(task, from)	__set_task_comm(task, from, false)
#define get_task_comm(buf, task)	__get_task_comm(buf, sizeof(buf), task)
char *__get_task_comm(char *to, size_t len, struct task_struct *task) KM_SYM(__get_task_comm);

#include <linux/sched/task.h>

#endif
