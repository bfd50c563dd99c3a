/* SPDX-License-Identifier: MIT */
/*
 * seq_file.c - files that are printed by an iterator: opening, reading, seeking
 *
 * Owns: struct seq_file of an open file, and its buffer.
 * S1  start() and stop() come in pairs, in one call of read(); next() and show() between them.
 * S2  A record is shown whole: one that does not fit makes the buffer twice as large and the
 *     iterator begin again at it.
 * S3  What was shown and not yet read is at buf + from, count bytes.
 * The struct is an allocation of who opens (its driver must release it); the buffer is the core's.
 * Lock: seq_file.lock around the whole of a read.  May sleep.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include "slab/slab.h"
#include "watch/watch.h"

#define LARGEST_RECORD	(16u << 20)

/* -- open and release ------------------------------------------------------------------------- */

static int open_call(struct file *file, const struct seq_operations *op,
		     const struct slab_call *call)
{
	struct seq_file *m;

	WARN_ON(file->private_data);
	m = kmalloc_call(sizeof(*m), GFP_KERNEL | __GFP_ZERO, call);
	if (!m)
		return -ENOMEM;
	file->private_data = m;
	mutex_init(&m->lock);
	m->op = op;
	m->file = file;
	file->f_mode &= ~FMODE_PWRITE;
	return 0;
}

int seq_open(struct file *file, const struct seq_operations *op)
{
	return open_call(file, op, KMALLOC_CALL("seq_open"));
}

static void *open_private(struct file *file, const struct seq_operations *ops, int bytes,
			  const struct slab_call *call)
{
	void *private = kmalloc_call(bytes, GFP_KERNEL | __GFP_ZERO, call);

	if (!private)
		return NULL;
	if (open_call(file, ops, call)) {
		kfree_call(private, call);
		return NULL;
	}
	((struct seq_file *)file->private_data)->private = private;
	return private;
}

void *__seq_open_private(struct file *file, const struct seq_operations *ops, int psize)
{
	return open_private(file, ops, psize, KMALLOC_CALL("__seq_open_private"));
}

int seq_open_private(struct file *file, const struct seq_operations *ops, int psize)
{
	return open_private(file, ops, psize, KMALLOC_CALL("seq_open_private")) ? 0 : -ENOMEM;
}

static void buffer_drop(struct seq_file *m)
{
	kvfree(m->buf);
	m->buf = NULL;
	m->size = 0;
}

/* false: no memory */
static bool buffer_make(struct seq_file *m, size_t bytes)
{
	buffer_drop(m);
	if (bytes > LARGEST_RECORD)
		return false;
	m->buf = kvmalloc(bytes, GFP_KERNEL_ACCOUNT);
	if (m->buf)
		m->size = bytes;
	m->count = 0;
	m->from = 0;
	return m->buf != NULL;
}

static void release_call(struct file *file, const struct slab_call *call)
{
	struct seq_file *m = file->private_data;

	buffer_drop(m);
	kfree_call(m, call);
}

int seq_release(struct inode *inode, struct file *file)
{
	release_call(file, KMALLOC_CALL("seq_release"));
	return 0;
}

int seq_release_private(struct inode *inode, struct file *file)
{
	const struct slab_call *call = KMALLOC_CALL("seq_release_private");
	struct seq_file *m = file->private_data;

	kfree_call(m->private, call);
	m->private = NULL;
	release_call(file, call);
	return 0;
}

/* -- one record ------------------------------------------------------------------------------- */

static void *single_start(struct seq_file *m, loff_t *pos)
{
	return *pos ? NULL : SEQ_START_TOKEN;
}

static void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void single_stop(struct seq_file *m, void *v)
{
}

static int single_open_call(struct file *file, int (*show)(struct seq_file *, void *), void *data,
			    const struct slab_call *call)
{
	struct seq_operations *op = kmalloc_call(sizeof(*op), GFP_KERNEL_ACCOUNT, call);
	int error;

	if (!op)
		return -ENOMEM;
	*op = (struct seq_operations){ single_start, single_stop, single_next, show };
	error = open_call(file, op, call);
	if (error)
		kfree_call(op, call);
	else
		((struct seq_file *)file->private_data)->private = data;
	return error;
}

int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data)
{
	return single_open_call(file, show, data, KMALLOC_CALL("single_open"));
}

int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data,
		     size_t size)
{
	int error = single_open_call(file, show, data, KMALLOC_CALL("single_open_size"));

	if (!error)
		buffer_make(file->private_data, size);
	return error;
}

int single_release(struct inode *inode, struct file *file)
{
	const struct slab_call *call = KMALLOC_CALL("single_release");
	const struct seq_operations *op = ((struct seq_file *)file->private_data)->op;

	release_call(file, call);
	kfree_call(op, call);
	return 0;
}

/* -- read ------------------------------------------------------------------------------------- */

static void *seq_step(struct seq_file *m, void *record)
{
	loff_t before = m->index;
	void *next = m->op->next(m, record, &m->index);

	if (before == m->index) {
		pr_info_ratelimited("buggy .next function %ps did not update position index\n",
				    m->op->next);
		m->index++;
	}
	return next;
}

/* The first record from index on that prints something.  0: it is in the buffer; 1: there is none;
 * or a negative errno.  In each case stop() has still to be called with *@ret_record. */
static int seq_first(struct seq_file *m, void **ret_record)
{
	void *record = m->op->start(m, &m->index);
	int answer = 1;

	while (record && !IS_ERR(record)) {
		answer = m->op->show(m, record);
		if (answer < 0)
			break;
		if (answer)
			m->count = 0;
		if (!m->count) {
			record = seq_step(m, record);
			answer = 1;
			continue;
		}
		answer = 0;
		if (!seq_has_overflowed(m))
			break;
		/* S2 */
		m->op->stop(m, record);
		if (!buffer_make(m, m->size * 2)) {
			*ret_record = NULL;
			return -ENOMEM;
		}
		record = m->op->start(m, &m->index);
		answer = 1;
	}
	*ret_record = record;
	return IS_ERR(record) ? (int)PTR_ERR(record) : answer;
}

/* Further records as long as they fit and are asked for. */
static void *seq_more(struct seq_file *m, void *record, size_t wanted)
{
	for (;;) {
		size_t before = m->count;
		int answer;

		record = seq_step(m, record);
		if (!record || IS_ERR(record) || m->count >= wanted)
			return record;
		answer = m->op->show(m, record);
		if (seq_has_overflowed(m) || answer) {
			m->count = before;
			if (answer <= 0 || seq_has_overflowed(m))
				return record;
		}
	}
}

/* S3 from the records at index on.  0: something, or the end; or a negative errno. */
static int seq_fill(struct seq_file *m, size_t wanted)
{
	void *record = NULL;
	int answer;

	m->from = 0;
	m->count = 0;
	answer = seq_first(m, &record);
	if (!answer)
		record = seq_more(m, record, wanted);
	/* After a failed growth the iterator has been stopped already. */
	if (!(answer == -ENOMEM && !m->buf))
		m->op->stop(m, record);
	if (answer)
		m->count = 0;
	return answer < 0 ? answer : 0;
}

static ssize_t seq_copy(struct seq_file *m, char __user *to, size_t bytes)
{
	size_t part = min(m->count, bytes);
	unsigned long left;

	watch_enter();
	left = copy_to_user(to, m->buf + m->from, part);
	watch_leave();
	m->from += part - left;
	m->count -= part - left;
	return left == part && part ? -EFAULT : (ssize_t)(part - left);
}

/* A position that is not where the last read ended is found by printing all before it. */
static int seq_go_to(struct seq_file *m, loff_t offset)
{
	loff_t at = 0;
	int error = 0;

	m->index = 0;
	m->count = m->from = 0;
	while (at < offset && !error) {
		error = seq_fill(m, 1);
		if (error || !m->count)
			break;
		if (at + (loff_t)m->count > offset) {
			m->from = offset - at;
			m->count -= m->from;
			at = offset;
			break;
		}
		at += m->count;
		m->count = 0;
	}
	m->read_pos = error ? 0 : offset;
	return error;
}

static ssize_t read_locked(struct seq_file *m, char __user *to, size_t bytes, loff_t *ppos)
{
	ssize_t copied;
	int error = 0;

	if (!m->buf && !buffer_make(m, PAGE_SIZE))
		return -ENOMEM;
	if (*ppos != m->read_pos)
		error = seq_go_to(m, *ppos);
	if (!error && !m->count)
		error = seq_fill(m, bytes);
	if (error)
		return error;
	copied = seq_copy(m, to, bytes);
	if (copied > 0) {
		m->read_pos += copied;
		*ppos += copied;
	}
	return copied;
}

ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)
{
	struct seq_file *m = file->private_data;
	ssize_t ret;

	if (!size)
		return 0;
	watch_enter();
	mutex_lock(&m->lock);
	watch_leave();
	ret = read_locked(m, buf, size, ppos);
	watch_enter();
	mutex_unlock(&m->lock);
	watch_leave();
	return ret;
}

ssize_t seq_read_iter(struct kiocb *iocb, struct iov_iter *iter)
{
	void *at;
	size_t bytes = km_iter_piece(iter, &at);
	ssize_t ret = seq_read(iocb->ki_filp, (char __user *)at, bytes, &iocb->ki_pos);

	if (ret > 0)
		iov_iter_advance(iter, ret);
	return ret;
}

loff_t seq_lseek(struct file *file, loff_t offset, int whence)
{
	struct seq_file *m = file->private_data;

	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	if (offset != m->read_pos) {
		/* The next read looks for it. */
		m->count = 0;
		m->index = 0;
		m->read_pos = offset ? -1 : 0;
	}
	file->f_pos = offset;
	return offset;
}
