// SPDX-License-Identifier: MIT
/*
 * task.c - tasks: their list, names, numbers and references
 *
 * Owns: the list of all tasks (kthreads, the boot thread, each CPU's idle thread, host threads),
 * pids, task->usage.
 * K1  The first thread that the port attaches is the boot thread, pid 1; those that follow before
 *     any other thread is made are the CPUs' idle threads, pid 0.
 * K2  A task's memory stays until the last reference is gone: a thread that ends waits for that
 *     (task_reap_wait).
 * K3  Whoever drops the last reference wakes the ending thread before it lets go of tasks.lock, so
 *     the thread cannot be gone while it is woken.
 * Lock: tasks.lock (engine lock, interrupts held back).  Only task_reap_wait() sleeps.
 */
#include <linux/kasan.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <kern/core.h>

static struct {
	struct km_spin lock;
	struct list_head list;
	struct task_struct *boot;
	int next_pid;
	bool idle_done;		/* K1: no more idle threads to come */
} tasks;

void task_name(struct task_struct *task, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(task->comm, sizeof(task->comm), format, args);
	va_end(args);
}

void task_begin(struct task_struct *task)
{
	unsigned long irq;

	memset((char *)task + sizeof(task->thread), 0, sizeof(*task) - sizeof(task->thread));
	atomic_set(&task->usage, 1);
	irq = km_spin_lock(&tasks.lock);
	list_add_tail(&task->tasks, &tasks.list);
	km_spin_unlock(&tasks.lock, irq);
}

void task_number(struct task_struct *task)
{
	unsigned long irq = km_spin_lock(&tasks.lock);

	tasks.idle_done = true;
	task->pid = task->tgid = tasks.next_pid++;
	km_spin_unlock(&tasks.lock, irq);
}

void task_end(struct task_struct *task)
{
	unsigned long irq = km_spin_lock(&tasks.lock);

	list_del_init(&task->tasks);
	km_spin_unlock(&tasks.lock, irq);
}

bool task_any(bool (*see)(struct task_struct *task, void *arg), void *arg)
{
	unsigned long irq = km_spin_lock(&tasks.lock);
	struct task_struct *task;
	bool found = false;

	list_for_each_entry(task, &tasks.list, tasks) {
		found = see(task, arg);
		if (found)
			break;
	}
	km_spin_unlock(&tasks.lock, irq);
	return found;
}

static void task_attach(struct km_port_thread *self)
{
	struct task_struct *task = (struct task_struct *)self;

	if (!tasks.boot) {
		INIT_LIST_HEAD(&tasks.list);
		tasks.boot = task;
		tasks.idle_done = false;
		tasks.next_pid = 2;
		task_begin(task);
		task->pid = task->tgid = 1;
		task_name(task, "init");
		return;
	}
	task_begin(task);
	if (!tasks.idle_done) {
		task_name(task, "swapper/%u", self->cpu);
		return;
	}
	task_number(task);
	task_name(task, "host-%d", task->pid);
}

static void task_detach(struct km_port_thread *self)
{
	struct task_struct *task = (struct task_struct *)self;

	task_end(task);
	if (task == tasks.boot)
		tasks.boot = NULL;
}

const struct km_port_hooks kern_port_hooks = {
	.thread_bytes = sizeof(struct task_struct),
	.attach = task_attach,
	.detach = task_detach,
	.interrupt = kern_interrupt,
	.may_hasten = kern_may_hasten,
	.fault = kern_fault,
};

/* -- references ------------------------------------------------------------------------------- */

/**
 * put_task_struct() - give back a reference that get_task_struct() took
 * Context: any.  Locks: tasks.lock.
 */
void put_task_struct(struct task_struct *task)
{
	unsigned long irq = km_spin_lock(&tasks.lock);

	if (atomic_dec_and_test(&task->usage)) {
		task->is_reapable = true;
		km_port_unpark(&task->thread);
	}
	km_spin_unlock(&tasks.lock, irq);
}

static bool task_may_go(struct task_struct *task)
{
	unsigned long irq = km_spin_lock(&tasks.lock);
	bool may_go = task->is_reapable;

	km_spin_unlock(&tasks.lock, irq);
	return may_go;
}

void task_reap_wait(void)
{
	struct task_struct *task = current;

	put_task_struct(task);
	/* Any unpark that was meant for the living thread ends one round. */
	while (!task_may_go(task))
		km_port_park();
}

/* -- waking ----------------------------------------------------------------------------------- */

bool task_wake(struct task_struct *task, unsigned int state)
{
	unsigned int seen;

	/* What the waker wrote comes before its look at the state; see set_current_state(). */
	smp_mb();
	seen = READ_ONCE(task->__state);
	do {
		if (!(seen & state))
			return false;
	} while (!try_cmpxchg(&task->__state, &seen, TASK_RUNNING));
	km_port_unpark(&task->thread);
	return true;
}

int wake_up_state(struct task_struct *task, unsigned int state)
{
	bool slept = task_wake(task, state);

	km_port_seam();
	return slept;
}

int wake_up_process(struct task_struct *task)
{
	return wake_up_state(task, TASK_NORMAL);
}

void __set_task_comm(struct task_struct *task, const char *from, bool exec)
{
	strscpy(task->comm, from, sizeof(task->comm));
}

char *__get_task_comm(char *to, size_t len, struct task_struct *task)
{
	strscpy(to, task->comm, len);
	return to;
}

void kasan_disable_current(void)
{
	current->kasan_depth++;
}

void kasan_enable_current(void)
{
	current->kasan_depth--;
}
