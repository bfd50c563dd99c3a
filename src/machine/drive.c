/* SPDX-License-Identifier: MIT */
/*
 * drive.c - the tasks of a drive script: begin, take turns, be interrupted, end
 *
 * Owns: the run of one script.
 * V1  Tasks of the script are tasks of user space: not kernel threads, with memory of their own.
 * V2  The script is over when its last task is; then what it left open is closed.
 * V3  Who waits in the module for PATIENCE while the machine gets nowhere is interrupted, as by
 *     Ctrl-C.  Who cannot be interrupted hangs: the run ends with that.
 * Context: the boot thread waits; the steps run in the script's tasks.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "fs/fs_room.h"
#include "kapi/kapi.h"
#include "kern/core.h"
#include "machine/drive.h"
#include "machine/drive_memory.h"

#define PATIENCE	(5 * HZ)
/* Of patience without a step that ends: 120 s, as hung_task has. */
#define ROUNDS		24u
#define AREA_MIN	(16u << 10)
#define AREA_MAX	(1u << 20)	/* tools/drive.c asks for no more */

static struct drive_run run;

void drive_note(const struct drive_task *task, const struct drive_step *step, const char *kind,
		const char *format, ...)
{
	char text[400];
	va_list args;

	if (!run.plan->note)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	run.plan->note(kind, step->line, text);
}

/* -- tasks ------------------------------------------------------------------------------------ */

static int task_main(void *data);

static void task_start(struct drive_task *from, size_t first, size_t end, const char *name)
{
	struct drive_task *task;

	if (run.task_count == DRIVE_TASKS)
		return;
	task = &run.tasks[run.task_count];
	*task = (struct drive_task){
		.run = &run, .first = first, .end = end, .number = run.task_count,
		.is_running = true,
	};
	run.task_count++;
	strscpy(task->name, name, sizeof(task->name));
	init_completion(&task->done);
	task->task = thread_start(task_main, task, task->name);
	if (task->task)
		return;
	/* No thread to be had: its steps are left out. */
	task->is_running = false;
	complete_all(&task->done);
}

static void wait_for(struct drive_task *self, s64 number)
{
	for (unsigned int i = 0; i < run.task_count; i++) {
		struct drive_task *task = &run.tasks[i];

		if (task == self || !i || (number >= 0 && number != i))
			continue;
		watch_enter();
		wait_for_completion(&task->done);
		watch_leave();
	}
}

static void interrupt(struct drive_task *task)
{
	if (!task->task || !task->is_running || !task->may_interrupt)
		return;
	WRITE_ONCE(task->task->pending.signal.sig[0], 1ul << (SIGKILL - 1));
	task_wake(task->task, TASK_INTERRUPTIBLE | TASK_WAKEKILL);
}

static void steps_run(struct drive_task *task, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct drive_step *step = &run.steps[i];

		task->step = step;
		switch (step->op) {
		case DRIVE_SLEEP:
			watch_enter();
			fsleep(step->a / NSEC_PER_USEC);
			watch_leave();
			break;
		case DRIVE_REPEAT:
			for (s64 k = 0; k < step->a; k++)
				steps_run(task, i + 1, step->end);
			i = step->end;
			break;
		case DRIVE_TASK:
			task_start(task, i + 1, step->end, step->data);
			i = step->end;
			break;
		case DRIVE_WAIT:
			wait_for(task, step->a);
			break;
		case DRIVE_INTERRUPT:
			for (unsigned int k = 0; k < run.task_count; k++)
				if (step->a < 0 ? &run.tasks[k] != task : step->a == k)
					interrupt(&run.tasks[k]);
			break;
		default:
			drive_step_run(task, step);
			break;
		}
		run.done++;
	}
}

static int task_main(void *data)
{
	struct drive_task *task = data;

	/* V1 */
	current->flags &= ~PF_KTHREAD;
	current->has_user_memory = true;
	km_port_self()->stack_base = WATCH_FRAME();
	steps_run(task, task->first, task->end);
	if (!task->number) {
		/* V2 */
		wait_for(task, -1);
		drive_close_all(task);
	}
	task->is_running = false;
	complete_all(&task->done);
	return 0;
}

/* -- the run ---------------------------------------------------------------------------------- */

static size_t area_wanted(void)
{
	size_t most = AREA_MIN;

	for (size_t i = 0; i < run.count; i++) {
		most = max(most, run.steps[i].bytes);
		if (run.steps[i].op == DRIVE_READ)
			most = max_t(size_t, most, run.steps[i].b);
		if (run.steps[i].op == DRIVE_CAT)
			most = max_t(size_t, most, 64u << 10);
	}
	return PAGE_ALIGN(min_t(size_t, most, AREA_MAX));
}

static unsigned int tasks_wanted(void)
{
	unsigned int count = 1;

	for (size_t i = 0; i < run.count; i++)
		count += run.steps[i].op == DRIVE_TASK;
	return min_t(unsigned int, count, DRIVE_TASKS);
}

static bool memory_make(void)
{
	struct user_memory memory = {
		.base = DRIVE_MEMORY_BASE, .stride = DRIVE_MEMORY_STRIDE,
	};

	run.area = area_wanted();
	memory.bytes = run.area;
	memory.areas = DRIVE_TASKS;
	memory.backing = km_port_grab(run.area * DRIVE_TASKS);
	if (!memory.backing)
		return false;
	run.backing = memory.backing;
	user_memory_set(&memory);
	return true;
}

static bool is_stuck(const struct drive_task *task)
{
	return task->is_running && task->may_interrupt && task->task &&
	       !task_is_running(task->task);
}

/* V3 */
static void lose_patience(unsigned int rounds)
{
	struct drive_task *stuck = NULL;

	for (unsigned int i = 0; i < run.task_count; i++) {
		struct drive_task *task = &run.tasks[i];

		if (!is_stuck(task))
			continue;
		stuck = task;
		if (!rounds)
			drive_note(task, task->step, "interrupted", "%s", drive_call(task));
		interrupt(task);
	}
	if (stuck && rounds >= ROUNDS && run.plan->stuck)
		run.plan->stuck(&stuck->task->thread);
}

static void run_wait(void)
{
	unsigned int rounds = 0;
	unsigned long done = run.done;

	watch_enter();
	while (!wait_for_completion_timeout(&run.tasks[0].done, PATIENCE)) {
		rounds = run.done == done ? rounds + 1 : 0;
		done = run.done;
		lose_patience(rounds);
	}
	watch_leave();
}

void drive(const struct module_plan *plan)
{
	memset(&run, 0, sizeof(run));
	run.plan = plan;
	run.is_auto = !strncmp(plan->drive, "auto", strlen("auto"));
	chrdev_name_all();
	if (!(run.is_auto ? drive_make_up(&run) : drive_parse(&run, plan->drive))) {
		pr_err("drive: the script cannot be taken in\n");
		return;
	}
	if (!run.count || tasks_wanted() > DRIVE_TASKS || !memory_make())
		return;
	task_start(NULL, 0, run.count, "drive");
	run_wait();
	user_memory_set(&(struct user_memory){ 0 });
}
