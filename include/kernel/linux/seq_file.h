/* SPDX-License-Identifier: MIT */
/* seq_file.h - files that are printed: an iterator, or one function, and a buffer between */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/bug.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/types.h>

struct seq_operations;

struct seq_file {
	char *buf;
	size_t size;
	size_t from;
	size_t count;
	size_t pad_until;
	loff_t index;
	loff_t read_pos;
	struct mutex lock;
	const struct seq_operations *op;
	int poll_event;
	const struct file *file;
	void *private;
};

struct seq_operations {
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_SKIP	1
#define SEQ_START_TOKEN	((void *)1)

static inline bool seq_has_overflowed(struct seq_file *m)
{
	return m->count == m->size;
}

static inline size_t seq_get_buf(struct seq_file *m, char **bufp)
{
	*bufp = m->count < m->size ? m->buf + m->count : NULL;
	return m->count < m->size ? m->size - m->count : 0;
}

static inline void seq_commit(struct seq_file *m, int num)
{
	m->count = num < 0 ? m->size : m->count + num;
}

static inline void seq_setwidth(struct seq_file *m, size_t size)
{
	m->pad_until = m->count + size;
}

/* The file of a seq_file keeps what seq_open() made in its private_data. */
int seq_open(struct file *file, const struct seq_operations *op) KM_SYM(seq_open);
int seq_open_private(struct file *file, const struct seq_operations *ops, int psize)
	KM_SYM(seq_open_private);
void *__seq_open_private(struct file *file, const struct seq_operations *ops, int psize)
	KM_SYM(__seq_open_private);
int seq_release(struct inode *inode, struct file *file) KM_SYM(seq_release);
int seq_release_private(struct inode *inode, struct file *file) KM_SYM(seq_release_private);
int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data)
	KM_SYM(single_open);
int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data,
		     size_t size) KM_SYM(single_open_size);
int single_release(struct inode *inode, struct file *file) KM_SYM(single_release);
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos) KM_SYM(seq_read);
ssize_t seq_read_iter(struct kiocb *iocb, struct iov_iter *iter) KM_SYM(seq_read_iter);
loff_t seq_lseek(struct file *file, loff_t offset, int whence) KM_SYM(seq_lseek);

__printf(2, 3) void seq_printf(struct seq_file *m, const char *fmt, ...)
	KM_SYM_OF_TEXT(seq_printf);
__printf(2, 0) void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
	KM_SYM(seq_vprintf);
void seq_putc(struct seq_file *m, char c) KM_SYM(seq_putc);
void seq_puts(struct seq_file *m, const char *s) KM_SYM_OF_TEXT(seq_puts);
int seq_write(struct seq_file *m, const void *data, size_t len) KM_SYM(seq_write);
void seq_pad(struct seq_file *m, char c) KM_SYM(seq_pad);
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)
	KM_SYM(seq_put_decimal_ull);
void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)
	KM_SYM(seq_put_decimal_ll);
void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v,
		    unsigned int width) KM_SYM(seq_put_hex_ll);
void seq_escape(struct seq_file *m, const char *s, const char *esc) KM_SYM(seq_escape);
void seq_hex_dump(struct seq_file *m, const char *prefix_str, int prefix_type, int rowsize,
		  int groupsize, const void *buf, size_t len, bool ascii) KM_SYM(seq_hex_dump);
#define seq_show_option(m, name, value)	seq_printf(m, ",%s=%s", name, value)

struct list_head *seq_list_start(struct list_head *head, loff_t pos) KM_SYM(seq_list_start);
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)
	KM_SYM(seq_list_start_head);
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos)
	KM_SYM(seq_list_next);
struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos) KM_SYM(seq_hlist_start);
struct hlist_node *seq_hlist_start_head(struct hlist_head *head, loff_t pos)
	KM_SYM(seq_hlist_start_head);
struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *ppos)
	KM_SYM(seq_hlist_next);

#define DEFINE_SEQ_ATTRIBUTE(__name)						\
static int __name ## _open(struct inode *inode, struct file *file)		\
{										\
	int ret = seq_open(file, &__name ## _sops);				\
	if (!ret && inode->i_private) {						\
		struct seq_file *seq_f = file->private_data;			\
		seq_f->private = inode->i_private;				\
	}									\
	return ret;								\
}										\
static const struct file_operations __name ## _fops = {			\
	.owner		= THIS_MODULE,						\
	.open		= __name ## _open,					\
	.read		= seq_read,						\
	.llseek		= seq_lseek,						\
	.release	= seq_release,						\
}

#define DEFINE_SHOW_ATTRIBUTE(__name)						\
static int __name ## _open(struct inode *inode, struct file *file)		\
{										\
	return single_open(file, __name ## _show, inode->i_private);		\
}										\
static const struct file_operations __name ## _fops = {			\
	.owner		= THIS_MODULE,						\
	.open		= __name ## _open,					\
	.read		= seq_read,						\
	.llseek		= seq_lseek,						\
	.release	= single_release,					\
}

#define DEFINE_SHOW_STORE_ATTRIBUTE(__name)					\
static int __name ## _open(struct inode *inode, struct file *file)		\
{										\
	return single_open(file, __name ## _show, inode->i_private);		\
}										\
static const struct file_operations __name ## _fops = {			\
	.owner		= THIS_MODULE,						\
	.open		= __name ## _open,					\
	.read		= seq_read,						\
	.write		= __name ## _write,					\
	.llseek		= seq_lseek,						\
	.release	= single_release,					\
}

#define DEFINE_PROC_SHOW_ATTRIBUTE(__name)					\
static int __name ## _open(struct inode *inode, struct file *file)		\
{										\
	return single_open(file, __name ## _show, pde_data(inode));		\
}										\
static const struct proc_ops __name ## _proc_ops = {				\
	.proc_open	= __name ## _open,					\
	.proc_read	= seq_read,						\
	.proc_lseek	= seq_lseek,						\
	.proc_release	= single_release,					\
}

#endif
