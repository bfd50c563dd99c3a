/* SPDX-License-Identifier: MIT */
/*
 * report.c - findings as text on the console, in the kernel's layout, for machines that nobody else
 * listens to
 *
 * Owns nothing.  Addresses stay addresses: the reader has the program's debug information.  Nothing
 * here sleeps.
 */
#include <linux/sprintf.h>
#include "machine/machine_room.h"

#define LINE_BYTES	640

static void say(const char *format, ...) __printf(1, 2);
static void say(const char *format, ...)
{
	char line[LINE_BYTES];
	va_list args;
	int length;

	va_start(args, format);
	length = vscnprintf(line, sizeof(line), format, args);
	va_end(args);
	km_port_write(line, (size_t)length);
}

static void say_stack(const char *title, const struct km_stack *stack)
{
	if (!stack->count)
		return;
	say("%s\n", title);
	for (uint32_t i = 0; i < stack->count; i++)
		say(" 0x%lx\n", (unsigned long)stack->pc[i]);
}

static void report_finding(const struct km_finding *finding)
{
	const struct km_context *context = &finding->context;

	say("==================================================================\n");
	say("%s\n", finding->message);
	say("rule %s, %s; CPU: %u PID: %d Comm: %s, in %s\n", finding->rule,
	    finding->severity == KM_ERROR ? "error" : "advice", context->cpu, context->pid,
	    context->comm ? context->comm : "?", context->kind);
	for (uint32_t i = 0; i < context->lock_count && i < KM_HELD_LOCKS; i++)
		say(" #%u: %s, taken at 0x%lx\n", i, context->locks[i].name,
		    (unsigned long)context->locks[i].taken_at);
	say_stack("Call Trace:", &finding->stack);
	say_stack("Allocated by:", &finding->alloc_stack);
	say_stack("Freed by:", &finding->free_stack);
	if (finding->object)
		say("object at 0x%lx of %zu bytes%s%s\n", (unsigned long)finding->object,
		    finding->object_bytes, finding->cache ? ", cache " : "",
		    finding->cache ? finding->cache : "");
	say("%s\n", finding->help);
	say("==================================================================\n");
}

const struct km_sink machine_text_sink = { .finding = report_finding };
