/* SPDX-License-Identifier: MIT */
/*
 * seq_print.c - what a show() function prints with, and iterators over lists
 *
 * P1  What does not fit makes count equal size, which seq_has_overflowed() sees; show() is called
 *     again then, with a larger buffer.
 * Any context that may call show().
 */
#include <linux/kernel.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/tell.h"

static void overflow(struct seq_file *m)
{
	m->count = m->size;
}

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	size_t room = m->size - m->count;
	int length;

	if (m->count >= m->size)
		return;
	length = vsnprintf(m->buf + m->count, room, fmt, args);
	if ((size_t)length < room)
		m->count += length;
	else
		overflow(m);
}

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}

static int put(struct seq_file *m, const void *data, size_t bytes)
{
	if (m->count + bytes >= m->size) {
		overflow(m);
		return -1;
	}
	memcpy(m->buf + m->count, data, bytes);
	m->count += bytes;
	return 0;
}

void seq_putc(struct seq_file *m, char c)
{
	put(m, &c, 1);
}

void seq_puts(struct seq_file *m, const char *s)
{
	size_t length = strlen(s);

	if (TOUCH_BYTES(s, length + 1, false))
		put(m, s, length);
}

int seq_write(struct seq_file *m, const void *data, size_t len)
{
	return TOUCH_BYTES(data, len, false) ? put(m, data, len) : -1;
}

void seq_pad(struct seq_file *m, char c)
{
	while (m->pad_until > m->count && m->count < m->size)
		seq_putc(m, ' ');
	if (c)
		seq_putc(m, c);
}

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)
{
	seq_printf(m, "%s%llu", delimiter ? delimiter : "", num);
}

void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)
{
	seq_printf(m, "%s%lld", delimiter ? delimiter : "", num);
}

void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v,
		    unsigned int width)
{
	seq_printf(m, "%s%0*llx", delimiter ? delimiter : "", (int)width, v);
}

/* Octal for what @esc names. */
void seq_escape(struct seq_file *m, const char *s, const char *esc)
{
	for (; *s; s++) {
		if (strchr(esc, *s))
			seq_printf(m, "\\%03o", (unsigned char)*s);
		else
			seq_putc(m, *s);
	}
}

void seq_hex_dump(struct seq_file *m, const char *prefix_str, int prefix_type, int rowsize,
		  int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[200];

	if (!TOUCH_BYTES(buf, len, false))
		return;
	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	for (size_t at = 0; at < len; at += rowsize) {
		hex_dump_to_buffer((const char *)buf + at, min_t(size_t, len - at, rowsize),
				   rowsize, groupsize, line, sizeof(line), ascii);
		if (prefix_type == DUMP_PREFIX_OFFSET)
			seq_printf(m, "%s%.8x: %s\n", prefix_str, (unsigned int)at, line);
		else if (prefix_type == DUMP_PREFIX_ADDRESS)
			seq_printf(m, "%s%p: %s\n", prefix_str, (const char *)buf + at, line);
		else
			seq_printf(m, "%s%s\n", prefix_str, line);
	}
}

/* -- lists ------------------------------------------------------------------------------------ */

struct list_head *seq_list_start(struct list_head *head, loff_t pos)
{
	struct list_head *entry;

	TOUCH(head);
	list_for_each(entry, head)
		if (!pos--)
			return entry;
	return NULL;
}

struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)
{
	return pos ? seq_list_start(head, pos - 1) : head;
}

struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos)
{
	struct list_head *entry = v;

	TOUCH(entry);
	++*ppos;
	return entry->next == head ? NULL : entry->next;
}

struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos)
{
	struct hlist_node *node;

	TOUCH(head);
	hlist_for_each(node, head)
		if (!pos--)
			return node;
	return NULL;
}

struct hlist_node *seq_hlist_start_head(struct hlist_head *head, loff_t pos)
{
	return pos ? seq_hlist_start(head, pos - 1) : SEQ_START_TOKEN;
}

struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *ppos)
{
	struct hlist_node *node = v;

	++*ppos;
	if (v == SEQ_START_TOKEN)
		return head->first;
	TOUCH(node);
	return node->next;
}
