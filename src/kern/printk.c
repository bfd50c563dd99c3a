// SPDX-License-Identifier: MIT
/*
 * printk.c - the kernel log
 *
 * Owns: the ring of what was logged, the record that is still open.
 * P1  A record ends at a newline, or before the next message that is not its continuation
 * (KERN_CONT from the same task). P2  What is written to the console is whole lines; a line is
 * written when its record ends. P3  Every line goes into the ring; those with a level below
 * console_loglevel to the console too. Lock: printk_lock, interrupts held back.  Any context; a
 * message logged while its own CPU holds the lock (a fault inside printk) goes straight to the
 * console.  Nothing sleeps.
 */
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <kern/core.h>
#include <kern/parts.h>
#include <kern/spin.h>

#define LINE_BYTES	1024
#define RING_BYTES	(64 * 1024)

int console_printk[4] = { CONSOLE_LOGLEVEL_DEFAULT + 1, LOGLEVEL_WARNING, 1,
			  CONSOLE_LOGLEVEL_DEFAULT };
bool printk_time;

static struct km_spin printk_lock = KM_SPIN_INIT;
static unsigned int printk_owner;		/* CPU + 1 that holds printk_lock */
static char ring[RING_BYTES];
static u64 ring_written;			/* bytes ever; the newest RING_BYTES are kept */
static struct {
	char text[LINE_BYTES];
	size_t bytes;
	bool is_open;
	int level;
	const struct task_struct *writer;
	u64 began_ns;
} record;

static void ring_put(const char *text, size_t bytes)
{
	size_t nr;

	for (nr = 0; nr < bytes; nr++)
		ring[ring_written++ % RING_BYTES] = text[nr];
}

static void line_emit(const char *text, size_t bytes)
{
	ring_put(text, bytes);
	if (record.level < console_loglevel)
		km_port_write(text, bytes);
}

/* The open record, line by line, each with its time if asked for. */
static void record_end_locked(void)
{
	char line[LINE_BYTES + 32];
	size_t start, end, prefix = 0;

	if (!record.is_open)
		return;
	record.is_open = false;
	if (printk_time)
		prefix = scnprintf(line, sizeof(line), "[%5llu.%06llu] ",
				   record.began_ns / NSEC_PER_SEC,
				   record.began_ns % NSEC_PER_SEC / NSEC_PER_USEC);
	/* A second newline at its end makes an empty line. */
	for (start = 0; start <= record.bytes; start = end + 1) {
		for (end = start; end < record.bytes && record.text[end] != '\n'; end++)
			;
		memcpy(line + prefix, record.text + start, end - start);
		line[prefix + end - start] = '\n';
		line_emit(line, prefix + end - start + 1);
	}
	record.bytes = 0;
}

static void record_begin_locked(int level)
{
	record_end_locked();
	record.is_open = true;
	record.bytes = 0;
	record.level = level;
	record.writer = current;
	record.began_ns = km_port_clock_ns();
}

/* @level < 0: the default level.  @text has no level prefix any more. */
static void record_add_locked(int level, bool is_continuation, const char *text, size_t bytes)
{
	bool ends = bytes && text[bytes - 1] == '\n';
	size_t room;

	if (!(is_continuation && record.is_open && record.writer == current))	/* P1 */
		record_begin_locked(level < 0 ? default_message_loglevel : level);
	if (ends)
		bytes--;
	room = LINE_BYTES - record.bytes;
	if (bytes > room)
		bytes = room;
	memcpy(record.text + record.bytes, text, bytes);
	record.bytes += bytes;
	if (ends)
		record_end_locked();
}

int vprintk_emit(int facility, int level, const void *dev_info, const char *fmt, va_list args)
{
	char text[LINE_BYTES];
	const char *start = text;
	bool is_continuation = false;
	unsigned long irq, word;
	size_t bytes = vscnprintf(text, sizeof(text), fmt, args);
	int prefix;

	for (; (prefix = printk_get_level(start)); start = printk_skip_level(start)) {
		if (prefix == 'c')
			is_continuation = true;
		else if (level < 0)
			level = prefix - '0';
	}
	bytes -= start - text;
	irq = km_port_irq_save();
	if (__atomic_load_n(&printk_owner, __ATOMIC_RELAXED) == km_port_cpu() + 1) {
		km_port_write(start, bytes);
	} else {
		word = km_spin_lock(&printk_lock);
		__atomic_store_n(&printk_owner, km_port_cpu() + 1, __ATOMIC_RELAXED);
		record_add_locked(level, is_continuation, start, bytes);
		__atomic_store_n(&printk_owner, 0, __ATOMIC_RELAXED);
		km_spin_unlock(&printk_lock, word);
	}
	km_port_irq_restore(irq);
	return bytes;
}

int vprintk(const char *fmt, va_list args)
{
	return vprintk_emit(0, LOGLEVEL_DEFAULT, NULL, fmt, args);
}

/**
 * _printk() - log a message; callers write printk() or pr_info() and the like
 * @fmt: may begin with KERN_ERR and so on, or KERN_CONT
 * Context: any.  Return: bytes of text.
 */
int _printk(const char *fmt, ...)
{
	va_list args;
	int bytes;

	va_start(args, fmt);
	bytes = vprintk(fmt, args);
	va_end(args);
	return bytes;
}

int _printk_deferred(const char *fmt, ...)
{
	va_list args;
	int bytes;

	va_start(args, fmt);
	bytes = vprintk(fmt, args);
	va_end(args);
	return bytes;
}

void printk_flush(void)
{
	unsigned long irq = km_port_irq_save(), word;

	if (__atomic_load_n(&printk_owner, __ATOMIC_RELAXED) != km_port_cpu() + 1) {
		word = km_spin_lock(&printk_lock);
		record_end_locked();
		km_spin_unlock(&printk_lock, word);
	}
	km_port_irq_restore(irq);
}

size_t printk_tail(char *ret_text, size_t bytes)
{
	u64 kept = ring_written < RING_BYTES ? ring_written : RING_BYTES;
	size_t count = bytes < kept ? bytes : kept, nr;

	for (nr = 0; nr < count; nr++)
		ret_text[nr] = ring[(ring_written - count + nr) % RING_BYTES];
	return count;
}
