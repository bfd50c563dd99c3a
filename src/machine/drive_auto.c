/* SPDX-License-Identifier: MIT */
/*
 * drive_auto.c - the script for a module that nobody wrote one for
 *
 * Each file is opened, written, read, asked and closed, once by a task alone, with good and with
 * bad addresses; then device nodes, and files of text, by two tasks at a time; then it is given
 * more than a page, and asked for as much; at last it is given the commands that the module knows
 * (drive_ioctl.c), by one task and by two.  A correct driver bears whatever root does with its
 * files, so nothing here can be its user's fault.
 * Owns: the text that is more than a page; the steps are the port's memory.
 */
#include <linux/fcntl.h>
#include <linux/string.h>
#include "kapi/fnode.h"
#include "machine/drive.h"

#define STEPS_A_FILE	64
#define FILES		16		/* further ones are left alone */
#define ARGUMENT	256		/* bytes behind an ioctl's argument */
#define MUCH		5000		/* more than the buffers that drivers have */

static const char text_short[] = "1\n", text_long[] =
	"kmalloc check drives this file: 0123456789 abcdefghijklmnopqrst\n";
static const char zeroes[ARGUMENT];
static char text_much[MUCH + 1];

static void add(struct drive_run *run, struct drive_step step)
{
	run->steps[run->count++] = step;
}

static void add_write(struct drive_run *run, s64 slot, const char *text, enum drive_where where)
{
	add(run, (struct drive_step){ .op = DRIVE_WRITE, .a = slot, .c = where, .data = text,
				      .bytes = strlen(text) });
}

static void add_read(struct drive_run *run, s64 slot, size_t bytes, enum drive_where where)
{
	add(run, (struct drive_step){ .op = DRIVE_READ, .a = slot, .b = bytes, .c = where });
}

static void add_simple(struct drive_run *run, enum drive_op op, s64 slot)
{
	add(run, (struct drive_step){ .op = op, .a = slot });
}

/* @want_kind DRIVE_ERROR: that it is not there is no surprise. */
static void add_open(struct drive_run *run, s64 slot, const char *path, unsigned int flags)
{
	add(run, (struct drive_step){ .op = DRIVE_OPEN, .a = slot, .b = flags, .data = path,
				      .bytes = strlen(path) });
}

static void add_ioctls(struct drive_run *run, s64 slot)
{
	for (s64 command = 0; command < 3; command++) {
		add(run, (struct drive_step){ .op = DRIVE_IOCTL, .a = slot, .b = command });
		add(run, (struct drive_step){ .op = DRIVE_IOCTL, .a = slot, .b = command,
					      .data = zeroes, .bytes = ARGUMENT });
	}
}

/* Which ways it can be opened, by its mode; device nodes are root's. */
static unsigned int flags_of(const struct km_fnode *node)
{
	bool reads = node->inode.i_mode & 0444, writes = node->inode.i_mode & 0222;

	if (node->kind == FNODE_CHAR || (reads && writes))
		return O_RDWR;
	return writes ? O_WRONLY : O_RDONLY;
}

/* Two at a time may change what it shows. */
static bool is_shared(const struct km_fnode *node)
{
	return node->kind == FNODE_CHAR ||
	       (node->kind == FNODE_TEXT && flags_of(node) == O_RDWR);
}

static void drive_alone(struct drive_run *run, const char *path, unsigned int flags)
{
	add_open(run, 0, path, flags);
	add_simple(run, DRIVE_POLL, 0);
	if (flags != O_RDONLY) {
		add_write(run, 0, text_short, DRIVE_GOOD);
		add_write(run, 0, text_long, DRIVE_GOOD);
	}
	if (flags != O_WRONLY) {
		add_read(run, 0, 16, DRIVE_GOOD);
		add_read(run, 0, 4096, DRIVE_GOOD);
	}
	add_ioctls(run, 0);
	add(run, (struct drive_step){ .op = DRIVE_LSEEK, .a = 0 });
	if (flags != O_WRONLY)
		add_read(run, 0, 64, DRIVE_HALF);
	if (flags != O_RDONLY)
		add_write(run, 0, text_long, DRIVE_BAD);
	add_simple(run, DRIVE_CLOSE, 0);
	/* Some drivers have one direction only, and say so. */
	if (flags == O_RDWR) {
		add_open(run, 0, path, O_RDONLY | O_NONBLOCK);
		add_read(run, 0, 64, DRIVE_GOOD);
		add_simple(run, DRIVE_CLOSE, 0);
		add_open(run, 0, path, O_WRONLY | O_NONBLOCK);
		add_write(run, 0, text_short, DRIVE_GOOD);
		add_simple(run, DRIVE_CLOSE, 0);
	}
}

/* A page of text is read in no time: more than one try. */
#define TEXT_TRIES	4

static const char *const names[] = { "a", "b" };

static void drive_together(struct drive_run *run, const char *path, bool is_text)
{

	for (s64 slot = 1; slot <= 2; slot++) {
		size_t at = run->count;

		add(run, (struct drive_step){ .op = DRIVE_TASK, .data = names[slot - 1],
					      .bytes = 1 });
		if (is_text)
			add(run, (struct drive_step){ .op = DRIVE_REPEAT, .a = TEXT_TRIES });
		add_open(run, slot, path, O_RDWR | O_NONBLOCK);
		add_write(run, slot, text_long, DRIVE_GOOD);
		add_read(run, slot, 32, DRIVE_GOOD);
		add_simple(run, DRIVE_CLOSE, slot);
		if (is_text) {
			add_simple(run, DRIVE_END, 0);
			run->steps[at + 1].end = run->count - 1;
		}
		add_simple(run, DRIVE_END, 0);
		run->steps[at].end = run->count - 1;
	}
	add(run, (struct drive_step){ .op = DRIVE_WAIT, .a = -1 });
}

/* Last of all, for a driver may be full then. */
static void drive_much(struct drive_run *run, const char *path, unsigned int flags)
{
	add_open(run, 0, path, flags | O_NONBLOCK);
	if (flags != O_RDONLY)
		add_write(run, 0, text_much, DRIVE_GOOD);
	add(run, (struct drive_step){ .op = DRIVE_LSEEK, .a = 0 });
	if (flags != O_WRONLY)
		add_read(run, 0, MUCH, DRIVE_GOOD);
	add_simple(run, DRIVE_CLOSE, 0);
}

/* Many a command brings the device to where it does nothing more: last of all. */
static void drive_commands(struct drive_run *run, const char *path, unsigned int flags,
			   bool is_shared_too)
{
	add_open(run, 0, path, flags | O_NONBLOCK);
	drive_ioctl_alone(run, 0);
	if (flags != O_RDONLY)
		add_write(run, 0, text_long, DRIVE_GOOD);
	if (flags != O_WRONLY)
		add_read(run, 0, 64, DRIVE_GOOD);
	add_simple(run, DRIVE_CLOSE, 0);
	for (s64 slot = 1; is_shared_too && slot <= 2; slot++) {
		size_t at = run->count;

		add(run, (struct drive_step){ .op = DRIVE_TASK, .data = names[slot - 1],
					      .bytes = 1 });
		add_open(run, slot, path, flags | O_NONBLOCK);
		drive_ioctl_together(run, slot);
		add_simple(run, DRIVE_CLOSE, slot);
		add_simple(run, DRIVE_END, 0);
		run->steps[at].end = run->count - 1;
	}
	if (is_shared_too)
		add(run, (struct drive_step){ .op = DRIVE_WAIT, .a = -1 });
}

static unsigned int files_list(struct km_fnode **ret_nodes)
{
	struct km_fnode *node = NULL;
	unsigned int count = 0;

	while ((node = fnode_next(node))) {
		if (node->kind == FNODE_DIR || count == FILES)
			continue;
		/* It stays until the script is over: the path is used. */
		ret_nodes[count++] = fnode_find(node->path);
	}
	return count;
}

bool drive_make_up(struct drive_run *run)
{
	struct km_fnode *nodes[FILES];
	unsigned int count = files_list(nodes), tasks = 1, calls;

	if (!count)
		return true;
	for (size_t i = 0; i < MUCH; i++)
		text_much[i] = text_long[i % (sizeof(text_long) - 2)];
	calls = drive_ioctl_room(run->plan->drive + strlen("auto"));
	run->steps = km_port_grab((count * STEPS_A_FILE + calls) * sizeof(*run->steps));
	for (unsigned int i = 0; i < count; i++) {
		size_t bytes = strlen(nodes[i]->path) + 1;
		char *path = km_port_grab(bytes);

		if (run->steps && path) {
			memcpy(path, nodes[i]->path, bytes);
			drive_alone(run, path, flags_of(nodes[i]));
			if (is_shared(nodes[i]) && tasks + 2 <= DRIVE_TASKS) {
				drive_together(run, path, nodes[i]->kind == FNODE_TEXT);
				tasks += 2;
			}
			drive_much(run, path, flags_of(nodes[i]));
			if (drive_ioctl_is_known(nodes[i])) {
				bool both = is_shared(nodes[i]) && tasks + 2 <= DRIVE_TASKS;

				drive_commands(run, path, flags_of(nodes[i]), both);
				tasks += both ? 2 : 0;
			}
		}
		fnode_put(nodes[i]);
	}
	return run->steps != NULL;
}
