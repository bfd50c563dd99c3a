/* SPDX-License-Identifier: MIT */
/*
 * drive.h - tasks of user space that use the module's files, as a script says
 *
 * The script comes in plain steps, which tools/drive.c makes of what a user wrote; "auto" is made
 * here, of the files that there are.
 */
#ifndef MACHINE_DRIVE_H
#define MACHINE_DRIVE_H

#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/types.h>
#include "kapi/fnode.h"
#include "kern/spin.h"
#include "machine/module_run.h"

enum drive_op {
#define DRIVE_OP(name, text) DRIVE_##name,
#include "machine/drive_ops.def"
#undef DRIVE_OP
	DRIVE_OPS
};

enum drive_where { DRIVE_GOOD, DRIVE_BAD, DRIVE_HALF, DRIVE_NULL };

enum drive_want {
	DRIVE_ANY,
	DRIVE_NUMBER,		/* number: what it returns; an error is negative */
	DRIVE_TEXT,		/* want: what was read, or what the argument holds then */
	DRIVE_OK,
	DRIVE_ERROR,		/* any */
};

/* One step; what a, b and c are depends on the operation (drive_ops.def). */
struct drive_step {
	u32 line;
	enum drive_op op;
	s64 a, b, c;
	const char *data;
	size_t bytes;
	enum drive_want want_kind;
	s64 number;
	const char *want;
	size_t want_bytes;
	size_t end;		/* repeat, task: the step that ends it */
};

#define DRIVE_SLOTS	64	/* files open at a time, by number */
#define DRIVE_TASKS	16
#define DRIVE_DEED	128

struct drive_task {
	struct task_struct *task;
	struct drive_run *run;
	size_t first, end;	/* its steps */
	unsigned int number;
	bool is_running, may_interrupt;
	struct completion done;
	char name[16], deed[DRIVE_DEED];
	const struct drive_step *step;	/* the one it is at */
};

struct drive_run {
	const struct module_plan *plan;
	struct drive_step *steps;
	size_t count;
	bool is_auto;
	struct file *slots[DRIVE_SLOTS];
	struct km_spin slots_lock;
	struct drive_task tasks[DRIVE_TASKS];
	unsigned int task_count;
	unsigned long done;	/* steps that ended */
	char *backing;
	size_t area;		/* bytes of each task's buffer */
};

/* drive_script.c: false: not understood, or no memory */
bool drive_parse(struct drive_run *run, const char *text);
/* drive_auto.c: the same, of the files there are */
bool drive_make_up(struct drive_run *run);

/* drive_ioctl.c: room for the calls that it adds; @script: commands and values, may be empty */
unsigned int drive_ioctl_room(const char *script);
bool drive_ioctl_is_known(const struct km_fnode *node);
void drive_ioctl_alone(struct drive_run *run, s64 slot);
void drive_ioctl_together(struct drive_run *run, s64 slot);
void drive_ioctl_text(u32 command, char *text, size_t room);

/* drive_call.c: one step that calls the module, by the task that makes it */
void drive_step_run(struct drive_task *task, const struct drive_step *step);
const char *drive_call(const struct drive_task *task);	/* "read(/dev/ring)" */
void drive_close_all(struct drive_task *task);

/* drive.c */
void drive_note(const struct drive_task *task, const struct drive_step *step, const char *kind,
		const char *format, ...) __printf(4, 5);
void drive(const struct module_plan *plan);
/* drive_late.c: around module_exit() */
void drive_late_begin(const struct module_plan *plan);
void drive_late_end(void);

#endif
