/* SPDX-License-Identifier: MIT */
/*
 * drive_call.c - the steps of a script that call the module
 *
 * C1  A step on a file that is not open - its open() failed, as it may when an allocation was made
 *     to fail - is left out.
 * C2  A buffer ends where the task's memory ends, so that a copy beyond it comes back short.
 * Context: the task of user space that makes the step.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "fs/fs_room.h"
#include "kapi/kapi.h"
#include "kern/core.h"
#include "machine/drive.h"
#include "machine/drive_memory.h"

/* -- results ---------------------------------------------------------------------------------- */

static const char *errno_text(s64 value, char *text, size_t room)
{
	if (value < 0 && value >= -MAX_ERRNO)
		scnprintf(text, room, "%pe", ERR_PTR(value));
	else
		scnprintf(text, room, "%lld", (long long)value);
	return text;
}

/* A few bytes as a reader can take them in. */
static void data_text(const char *data, size_t bytes, char *text, size_t room)
{
	size_t used = scnprintf(text, room, "\"");

	for (size_t i = 0; i < bytes && used + 8 < room; i++) {
		unsigned char byte = data[i];

		if (byte == '\n')
			used += scnprintf(text + used, room - used, "\\n");
		else if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\')
			used += scnprintf(text + used, room - used, "\\x%02x", byte);
		else
			used += scnprintf(text + used, room - used, "%c", byte);
	}
	scnprintf(text + used, room - used, "\"");
}

static bool is_wanted(const struct drive_step *step, s64 value, const char *data, size_t bytes)
{
	switch (step->want_kind) {
	case DRIVE_NUMBER:
		return value == step->number;
	case DRIVE_OK:
		return value >= 0;
	case DRIVE_ERROR:
		return value < 0;
	case DRIVE_TEXT:
		return value >= 0 && bytes == step->want_bytes &&
		       !memcmp(data, step->want, bytes);
	default:
		return true;
	}
}

static void wanted_text(const struct drive_step *step, char *text, size_t room)
{
	if (step->want_kind == DRIVE_TEXT)
		data_text(step->want, step->want_bytes, text, room);
	else if (step->want_kind == DRIVE_NUMBER)
		errno_text(step->number, text, room);
	else
		strscpy(text, step->want_kind == DRIVE_OK ? "ok" : "error", room);
}

/* What the step came to, against what the script expects.  @data: what came with it; NULL: none */
static void judge(struct drive_task *task, const struct drive_step *step, s64 value,
		  const char *data, size_t bytes)
{
	char want[160], got[160];

	/* What asks for the call to be made again is not for user space to see. */
	if (value <= -ERESTARTSYS && value >= -ERESTART_RESTARTBLOCK)
		value = -EINTR;
	if (is_wanted(step, value, data, bytes))
		return;
	wanted_text(step, want, sizeof(want));
	if (step->want_kind == DRIVE_TEXT && value >= 0)
		data_text(data, bytes, got, sizeof(got));
	else
		errno_text(value, got, sizeof(got));
	drive_note(task, step, "mismatch", "%s: expected %s, got %s", drive_call(task), want, got);
}

/* -- buffers: C2 ------------------------------------------------------------------------------ */

static unsigned long area_end(const struct drive_task *task)
{
	return DRIVE_MEMORY_BASE + task->number * DRIVE_MEMORY_STRIDE + task->run->area;
}

/* What the task has for the last @bytes of its memory. */
static char *area_tail(const struct drive_task *task, size_t bytes)
{
	return task->run->backing + (task->number + 1) * task->run->area - bytes;
}

static unsigned long buffer(const struct drive_task *task, size_t bytes, enum drive_where where)
{
	switch (where) {
	case DRIVE_BAD:
		return area_end(task) + PAGE_SIZE;
	case DRIVE_HALF:
		return area_end(task) - bytes / 2;
	case DRIVE_NULL:
		return 0;
	default:
		return area_end(task) - bytes;
	}
}

/* -- slots ------------------------------------------------------------------------------------ */

static struct file *slot_get(struct drive_task *task, s64 slot)
{
	unsigned long irq = km_spin_lock(&task->run->slots_lock);
	struct file *file = task->run->slots[slot];

	if (file)
		get_file(file);
	km_spin_unlock(&task->run->slots_lock, irq);
	return file;
}

/* What was there before; to be closed. */
static struct file *slot_set(struct drive_task *task, s64 slot, struct file *file)
{
	unsigned long irq = km_spin_lock(&task->run->slots_lock);
	struct file *before = task->run->slots[slot];

	task->run->slots[slot] = file;
	km_spin_unlock(&task->run->slots_lock, irq);
	return before;
}

/* -- deeds ------------------------------------------------------------------------------------ */

/* The deed without the place. */
const char *drive_call(const struct drive_task *task)
{
	const char *blank = strchr(task->deed, ' ');

	return blank ? blank + 1 : task->deed;
}

static void deed(struct drive_task *task, const struct drive_step *step, const char *verb,
		 const char *path)
{
	if (task->run->is_auto)
		scnprintf(task->deed, sizeof(task->deed), "drive auto %s(%s)", verb, path);
	else
		scnprintf(task->deed, sizeof(task->deed), "drive:%u %s(%s)", step->line, verb,
			  path);
}

/* "drive auto ioctl(/dev/ring, _IO('r', 1))": nobody has a script to look it up in. */
static void deed_command(struct drive_task *task, const struct drive_step *step)
{
	size_t length = strlen(task->deed);
	char text[40];

	drive_ioctl_text(step->b, text, sizeof(text));
	if (length)
		scnprintf(task->deed + length - 1, sizeof(task->deed) - length + 1, ", %s)", text);
}

/* -- steps ------------------------------------------------------------------------------------ */

static void note_missing(struct drive_task *task, const struct drive_step *step, const char *path)
{
	struct km_fnode *node = NULL;
	char there[256] = "";
	size_t used = 0;

	while ((node = fnode_next(node)))
		if (node->kind != FNODE_DIR)
			used += scnprintf(there + used, sizeof(there) - used, "%s%s",
					  used ? ", " : "", node->path);
	drive_note(task, step, "missing", "there is no file '%s'; the module shows %s", path,
		   used ? there : "none");
}

/* A file that the script expects to be missing is its own business. */
static bool is_missing(struct drive_task *task, const struct drive_step *step, const char *path)
{
	struct km_fnode *node = fnode_find(path);

	if (node) {
		fnode_put(node);
		return false;
	}
	if (step->want_kind == DRIVE_ANY || step->want_kind == DRIVE_OK)
		note_missing(task, step, path);
	return true;
}

static void run_open(struct drive_task *task, const struct drive_step *step)
{
	struct file *file, *before;

	deed(task, step, "open", step->data);
	is_missing(task, step, step->data);
	file = file_open(step->data, step->b);
	judge(task, step, PTR_ERR_OR_ZERO(file), NULL, 0);
	before = slot_set(task, step->a, IS_ERR(file) ? NULL : file);
	if (before) {
		deed(task, step, "close", file_path(before));
		file_close(before);
	}
}

static void run_close(struct drive_task *task, const struct drive_step *step)
{
	struct file *file = slot_set(task, step->a, NULL);

	if (!file)
		return;
	deed(task, step, "close", file_path(file));
	file_close(file);
	judge(task, step, 0, NULL, 0);
}

static void run_read(struct drive_task *task, const struct drive_step *step, struct file *file)
{
	char *data = area_tail(task, step->b);
	ssize_t ret;

	deed(task, step, "read", file_path(file));
	memset(data, 0xa5, step->b);
	ret = file_read(file, (char __user *)buffer(task, step->b, step->c), step->b);
	judge(task, step, ret, data, ret < 0 ? 0 : min_t(size_t, ret, step->b));
}

static void run_write(struct drive_task *task, const struct drive_step *step, struct file *file)
{
	unsigned long from = buffer(task, step->bytes, step->c);
	size_t there = step->c == DRIVE_HALF ? step->bytes / 2 : step->bytes;

	deed(task, step, "write", file_path(file));
	memcpy(area_tail(task, there), step->data, there);
	judge(task, step, file_write(file, (const char __user *)from, step->bytes), NULL, 0);
}

static void run_ioctl(struct drive_task *task, const struct drive_step *step, struct file *file)
{
	unsigned long argument = step->c;
	char *data = NULL;
	long ret;

	deed(task, step, "ioctl", file_path(file));
	if (task->run->is_auto)
		deed_command(task, step);
	if (step->data) {
		size_t there = step->c == DRIVE_HALF ? step->bytes / 2 : step->bytes;

		argument = buffer(task, step->bytes, step->c);
		data = area_tail(task, there);
		memcpy(data, step->data, there);
	}
	ret = file_ioctl(file, (unsigned int)step->b, argument);
	judge(task, step, ret, data, data ? step->bytes : 0);
}

struct poller {
	poll_table table;
	wait_queue_head_t *queues[4];
	wait_queue_entry_t entries[4];
	unsigned int count;
};

static void poll_join(struct file *file, wait_queue_head_t *queue, poll_table *table)
{
	struct poller *poller = container_of(table, struct poller, table);

	if (poller->count == ARRAY_SIZE(poller->queues))
		return;
	init_waitqueue_entry(&poller->entries[poller->count], current);
	add_wait_queue(queue, &poller->entries[poller->count]);
	poller->queues[poller->count++] = queue;
}

/* It asks, and is in the queues while others run: as poll() with a short time. */
static void run_poll(struct drive_task *task, const struct drive_step *step, struct file *file)
{
	struct poller poller = { .table = { poll_join, ~(__poll_t)0 } };
	__poll_t mask;

	deed(task, step, "poll", file_path(file));
	mask = file_poll(file, &poller.table);
	km_port_yield();
	for (unsigned int i = 0; i < poller.count; i++)
		remove_wait_queue(poller.queues[i], &poller.entries[i]);
	judge(task, step, (s64)mask, NULL, 0);
}

static void run_mmap(struct drive_task *task, const struct drive_step *step, struct file *file)
{
	deed(task, step, "mmap", file_path(file));
	if (file->f_op->mmap)
		drive_note(task, step, "mmap",
			   "mmap(%s) is refused with ENODEV: nothing is mapped into tasks here",
			   file_path(file));
	judge(task, step, file_mmap(file), NULL, 0);
}

static void run_on_file(struct drive_task *task, const struct drive_step *step)
{
	struct file *file = slot_get(task, step->a);

	/* C1 */
	if (!file)
		return;
	switch (step->op) {
	case DRIVE_READ:
		run_read(task, step, file);
		break;
	case DRIVE_WRITE:
		run_write(task, step, file);
		break;
	case DRIVE_IOCTL:
		run_ioctl(task, step, file);
		break;
	case DRIVE_LSEEK:
		deed(task, step, "lseek", file_path(file));
		judge(task, step, file_lseek(file, step->b, (int)step->c), NULL, 0);
		break;
	case DRIVE_POLL:
		run_poll(task, step, file);
		break;
	case DRIVE_MMAP:
		run_mmap(task, step, file);
		break;
	case DRIVE_FSYNC:
		deed(task, step, "fsync", file_path(file));
		judge(task, step, file_fsync(file), NULL, 0);
		break;
	default:
		deed(task, step, "fasync", file_path(file));
		judge(task, step, file_fasync(file, step->b), NULL, 0);
		break;
	}
	fput(file);
}

#define CAT_READS	256u	/* of a part each; an endless file ends there */
#define CAT_PART	4096u

/* What the whole of it is, as far as the task's memory holds it: at the end of that memory. */
static ssize_t cat_all(struct drive_task *task, struct file *file, char *all, size_t room,
		       size_t *ret_bytes)
{
	char *part = area_tail(task, CAT_PART);
	ssize_t ret = 0;

	*ret_bytes = 0;
	for (unsigned int i = 0; i < CAT_READS; i++) {
		size_t kept;

		ret = file_read(file, (char __user *)buffer(task, CAT_PART, DRIVE_GOOD), CAT_PART);
		if (ret <= 0)
			break;
		kept = min_t(size_t, min_t(size_t, ret, CAT_PART), room - *ret_bytes);
		memcpy(all + *ret_bytes, part, kept);
		*ret_bytes += kept;
	}
	return ret < 0 ? ret : (ssize_t)*ret_bytes;
}

static void run_cat(struct drive_task *task, const struct drive_step *step)
{
	char *all = area_tail(task, task->run->area);
	struct file *file;
	size_t bytes = 0;
	ssize_t ret;

	deed(task, step, "open", step->data);
	is_missing(task, step, step->data);
	file = file_open(step->data, O_RDONLY);
	ret = PTR_ERR_OR_ZERO(file);
	if (!IS_ERR(file)) {
		deed(task, step, "read", step->data);
		ret = cat_all(task, file, all, task->run->area - CAT_PART, &bytes);
		deed(task, step, "close", step->data);
		file_close(file);
	}
	deed(task, step, "cat", step->data);
	judge(task, step, ret, all, bytes);
}

static void run_echo(struct drive_task *task, const struct drive_step *step)
{
	const char *text = step->data + strlen(step->data) + 1;
	size_t bytes = step->bytes - (text - step->data);
	struct file *file;
	ssize_t ret;

	deed(task, step, "open", step->data);
	is_missing(task, step, step->data);
	file = file_open(step->data, O_WRONLY | (step->a ? O_APPEND : O_TRUNC));
	ret = PTR_ERR_OR_ZERO(file);
	if (!IS_ERR(file)) {
		deed(task, step, "write", step->data);
		memcpy(area_tail(task, bytes), text, bytes);
		ret = file_write(file, (const char __user *)buffer(task, bytes, DRIVE_GOOD),
				 bytes);
		deed(task, step, "close", step->data);
		file_close(file);
	}
	deed(task, step, "echo", step->data);
	judge(task, step, ret, NULL, 0);
}

void drive_step_run(struct drive_task *task, const struct drive_step *step)
{
	current->pending.signal.sig[0] = 0;
	task->may_interrupt = true;
	current->deed = task->deed;
	switch (step->op) {
	case DRIVE_OPEN:
		run_open(task, step);
		break;
	case DRIVE_CLOSE:
		run_close(task, step);
		break;
	case DRIVE_CAT:
		run_cat(task, step);
		break;
	case DRIVE_ECHO:
		run_echo(task, step);
		break;
	default:
		run_on_file(task, step);
		break;
	}
	current->deed = NULL;
	task->may_interrupt = false;
	current->pending.signal.sig[0] = 0;
}

void drive_close_all(struct drive_task *task)
{
	static const struct drive_step end;

	for (unsigned int i = 0; i < DRIVE_SLOTS; i++) {
		struct file *file = slot_set(task, i, NULL);

		if (!file)
			continue;
		drive_note(task, &end, "closed", "%s", file_path(file));
		deed(task, &end, "close", file_path(file));
		current->deed = task->deed;
		file_close(file);
		current->deed = NULL;
	}
}
