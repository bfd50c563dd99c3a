// SPDX-License-Identifier: MIT
/*
 * stacktrace.c - dump_stack() and hex dumps to the log
 *
 * Any context; nothing sleeps, no lock beyond printk's.
 */
#include <linux/hex.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/version.h>
#include <generated/utsrelease.h>
#include <kern/core.h>

#define STACK_DEPTH	32

void km_show_stack_from(const char *log_lvl, unsigned long frame)
{
	uintptr_t pcs[STACK_DEPTH];
	unsigned int count = km_port_backtrace(frame, pcs, STACK_DEPTH), nr;

	printk("%sCall Trace:\n", log_lvl);
	printk("%s <TASK>\n", log_lvl);
	for (nr = 0; nr < count; nr++)
		printk("%s %pS\n", log_lvl, (void *)pcs[nr]);
	printk("%s </TASK>\n", log_lvl);
}

static void dump_stack_at(const char *log_lvl, unsigned long frame)
{
	printk("%sCPU: %u PID: %d Comm: %.20s %s " UTS_RELEASE "\n", log_lvl, km_port_cpu(),
	       current->pid, current->comm, print_tainted());
	km_show_stack_from(log_lvl, frame);
}

void dump_stack_lvl(const char *log_lvl)
{
	dump_stack_at(log_lvl, WATCH_FRAME());
}

void dump_stack(void)
{
	dump_stack_at(KERN_DEFAULT, WATCH_FRAME());
}

void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[32 * 3 + 2 + 32 + 1];
	const u8 *bytes = buf;
	size_t at;

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	for (at = 0; at < len; at += rowsize) {
		size_t part = len - at < (size_t)rowsize ? len - at : (size_t)rowsize;

		hex_dump_to_buffer(bytes + at, part, rowsize, groupsize, line, sizeof(line), ascii);
		if (prefix_type == DUMP_PREFIX_ADDRESS)
			printk("%s%s%p: %s\n", level, prefix_str, bytes + at, line);
		else if (prefix_type == DUMP_PREFIX_OFFSET)
			printk("%s%s%.8zx: %s\n", level, prefix_str, at, line);
		else
			printk("%s%s%s\n", level, prefix_str, line);
	}
}
