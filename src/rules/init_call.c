/* SPDX-License-Identifier: MIT */
/*
 * init_call.c - what instrumented code hands to the library, which is not instrumented
 *
 * The checked program's calls into the library come by here first (tools/check_init.c).
 * K1  An argument that nobody wrote is told of: the function acts on it.
 * K2  init_call.def says what the functions do with memory they get: read it, copy it out, fill it.
 * Nothing here sleeps.
 */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/rwsem.h>
#include <linux/scatterlist.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "rules/init_context.h"
#include "rules/init_shadow.h"
#include "rules/uninit.h"

#define REGISTERS	6u	/* arguments that are at hand */

/* What a function does with the memory at one of its arguments. */
struct call_act {
	const char *name;
	enum call_kind {
		ACT_OBJECT,	/* something that must have been set up; more: its bytes */
		ACT_READ,	/* looked at; more: the argument with the bytes */
		ACT_FILL,	/* filled; more: the argument with the bytes */
		ACT_DUP,	/* copied to memory that it allocates, with what is known of it */
		ACT_USER,	/* copied to user space; more: the argument with the bytes */
		ACT_DMA,	/* pointer, bytes, direction in a row */
		ACT_DMA_PAGE,	/* page, offset, bytes, direction in a row */
		ACT_DMA_LIST,	/* scatterlist, entries, direction in a row */
		ACT_DMA_TABLE,	/* sg_table, direction in a row */
		ACT_DMA_SYNC,	/* bus address, bytes, direction in a row: to the device */
		ACT_DMA_DONE,	/* the same: from the device */
		ACT_FORMAT,	/* a format, and the arguments behind it */
		ACT_FORMAT_LIST, /* a format; more: the argument that is its va_list */
	} kind;
	unsigned int argument;
	size_t more;
};

static const struct call_act acts[] = {
#include "rules/init_call.def"
};

/* As tools/check_init.c writes it. */
struct init_call {
	const char *name, *sizes;
	int64_t is_variadic;
	const struct call_act *act;	/* the first of its acts, once it was looked for */
};

static const struct call_act no_act = { .name = "" };

static bool is_equal(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

static const struct call_act *act_find(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(acts); i++)
		if (is_equal(acts[i].name, name))
			return &acts[i];
	return &no_act;
}

/* "_raw_spin_lock" is what spin_lock() calls, "dma_map_single_attrs" what dma_map_single() does. */
static const char *name_for_people(const char *name)
{
	static const struct { const char *own, *known; } names[] = {
		{ "_raw_spin_lock", "spin_lock" },
		{ "_raw_spin_lock_bh", "spin_lock_bh" },
		{ "_raw_spin_lock_irq", "spin_lock_irq" },
		{ "_raw_spin_lock_irqsave", "spin_lock_irqsave" },
		{ "_raw_spin_trylock", "spin_trylock" },
		{ "dma_map_single_attrs", "dma_map_single" },
		{ "dma_map_page_attrs", "dma_map_page" },
		{ "dma_map_sg_attrs", "dma_map_sg" },
		{ "__wake_up", "wake_up" },
		{ "checked__printk", "printk" },
		{ "_dev_printk", "dev_printk" },
		{ "queue_work_on", "queue_work" },
		{ "queue_delayed_work_on", "queue_delayed_work" },
		{ "hrtimer_start_range_ns", "hrtimer_start" },
	};
	const char *plain = "checked_";
	unsigned int same = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		if (is_equal(names[i].own, name))
			return names[i].known;
	while (plain[same] && name[same] == plain[same])
		same++;
	return plain[same] ? name : name + same;
}

/* -- K1 -- */

static bool is_poisoned(const uint8_t *shadow, unsigned int bytes)
{
	for (unsigned int i = 0; i < bytes; i++)
		if (shadow[i])
			return true;
	return false;
}

static void check_arguments(const struct init_call *call, struct init_state *state, uintptr_t frame)
{
	for (unsigned int i = 0; call->sizes[i] && i * 8 < INIT_ARG_BYTES; i++) {
		unsigned int bytes = (unsigned int)(call->sizes[i] - '0');

		/* What a caller leaves of a wide one that is a narrow one in truth is not known. */
		if (!is_poisoned(state->param + i * 8, bytes > 4 ? 4 : bytes))
			continue;
		uninit_value(state->param_origin[i * 2], UNINIT_HANDED,
			     name_for_people(call->name), frame);
		__builtin_memset(state->param + i * 8, 0, 8);
	}
}

/* -- what a format takes -- */

/* clang, x86_64 */
struct variable_list {
	uint32_t general, floating;	/* of the registers, how far they are used up */
	uintptr_t stack, registers;
};

struct format_walk {
	struct init_state *state;
	struct variable_list *list;	/* the arguments are here; NULL: handed on by the caller */
	const uint64_t *handed;		/* then: those in registers */
	unsigned int slot;	/* of the next argument, fixed ones counted */
	const char *name;
	uintptr_t frame;
};

static uintptr_t list_next(struct variable_list *list)
{
	uintptr_t *at = list->general < REGISTERS * 8 ? &list->registers : &list->stack;
	uintptr_t argument = at == &list->registers ? *at + list->general : *at;

	if (at == &list->registers)
		list->general += 8;
	else
		*at += 8;
	return argument;
}

static uintptr_t handed_next(const struct format_walk *walk)
{
	if (walk->slot < REGISTERS)
		return (uintptr_t)(walk->handed + walk->slot);
	/* Behind the frame pointer and the return address. */
	return walk->frame + 16 + (walk->slot - REGISTERS) * 8u;
}

/* The next argument, of which the format takes so many bytes: where it lies. */
static uintptr_t check_variadic(struct format_walk *walk, unsigned int bytes)
{
	uintptr_t argument = walk->list ? list_next(walk->list) : handed_next(walk);
	/* clang, x86_64: 6 registers, room for the others' registers, then the stack. */
	size_t at = walk->slot < REGISTERS ? walk->slot * 8u : 176 + (walk->slot - REGISTERS) * 8u;
	uint32_t origin;

	walk->slot++;
	if (walk->list) {
		uninit_check(argument, bytes, UNINIT_HANDED, name_for_people(walk->name),
			     walk->frame);
		return argument;
	}
	if (at + 8 > INIT_ARG_BYTES || !is_poisoned(walk->state->va_arg + at, bytes))
		return argument;
	__builtin_memcpy(&origin, walk->state->va_arg_origin + at, sizeof(origin));
	uninit_value(origin, UNINIT_HANDED, name_for_people(walk->name), walk->frame);
	__builtin_memset(walk->state->va_arg + at, 0, 8);
	return argument;
}

static void check_format_list(const char *format, const struct variable_list *list,
			      const char *name, uintptr_t frame);

/* %pV: a format and its arguments in one. */
static void check_nested(const struct format_walk *walk, uintptr_t argument)
{
	const struct va_format *nested = *(const struct va_format *const *)argument;

	if (nested && !crash_is_hopeless((uintptr_t)nested) &&
	    !crash_is_hopeless((uintptr_t)nested->va))
		check_format_list(nested->fmt, (const void *)nested->va, walk->name, walk->frame);
}

/* One conversion, @at behind its %; where it ends. */
static const char *walk_conversion(struct format_walk *walk, const char *at)
{
	unsigned int bytes = 4;

	while (*at == '-' || *at == '+' || *at == ' ' || *at == '#' || *at == '.' ||
	       (*at >= '0' && *at <= '9') || *at == '*') {
		if (*at == '*')
			check_variadic(walk, 4);
		at++;
	}
	for (; *at == 'l' || *at == 'h' || *at == 'z' || *at == 't' || *at == 'j' || *at == 'L';
	     at++)
		if (*at != 'h')
			bytes = 8;
	if (!*at)
		return at;
	if (*at == 'p' || *at == 's')
		bytes = 8;
	if (at[0] == 'p' && at[1] == 'V')
		check_nested(walk, check_variadic(walk, bytes));
	else if (*at != '%')
		check_variadic(walk, bytes);
	return at + 1;
}

static void check_format(const struct init_call *call, const uint64_t *arguments,
			 struct init_state *state, unsigned int argument, uintptr_t frame)
{
	struct format_walk walk = {
		.state = state, .handed = arguments, .slot = argument + 1, .name = call->name,
		.frame = frame,
	};
	const char *format = (const char *)arguments[argument];

	if (!call->is_variadic || !format || crash_is_hopeless((uintptr_t)format))
		return;
	while (*format)
		if (*format++ == '%')
			format = walk_conversion(&walk, format);
}

/* -- K2 -- */

/*
 * A buffer that nobody has written at all may be mapped ahead of its use: it is for the device when
 * dma_sync_single_for_device() says so.
 */
static void check_device(uintptr_t start, size_t bytes, uint64_t direction, const char *name,
			 bool is_ahead, uintptr_t frame)
{
	bool is_read = direction == DMA_TO_DEVICE || direction == DMA_BIDIRECTIONAL;

	if (!start)
		return;
	if (is_read && !(is_ahead && init_is_untouched(start, bytes)))
		uninit_check(start, bytes, UNINIT_DEVICE, name_for_people(name), frame);
	if (direction == DMA_FROM_DEVICE || direction == DMA_BIDIRECTIONAL)
		init_unpoison(start, bytes);
}

static void check_list(const uint64_t *arguments, const char *name, uintptr_t frame)
{
	struct scatterlist *list = (struct scatterlist *)arguments[0], *entry;
	int i;

	for_each_sg(list, entry, (int)arguments[1], i)
		check_device((uintptr_t)sg_virt(entry), entry->length, (uint32_t)arguments[2], name,
			     true, frame);
}

static uintptr_t bus_to_linear(uint64_t address)
{
	return pfn_valid(address >> PAGE_SHIFT) ? (uintptr_t)phys_to_virt(address) : 0;
}

static void check_object(uintptr_t start, size_t bytes, const char *name, uintptr_t frame)
{
	if (!init_is_untouched(start, bytes))
		return;
	uninit_check(start, bytes, UNINIT_OBJECT, name_for_people(name), frame);
	/* So that the machine goes on: most of these are unlocked, empty, idle when zero. */
	__builtin_memset((void *)start, 0, bytes);
}

static void check_format_list(const char *format, const struct variable_list *list,
			      const char *name, uintptr_t frame)
{
	struct variable_list copy = *list;
	struct format_walk walk = { .list = &copy, .name = name, .frame = frame };

	if (!format || crash_is_hopeless((uintptr_t)format))
		return;
	while (*format)
		if (*format++ == '%')
			format = walk_conversion(&walk, format);
}

static void carry_out(const struct call_act *act, const struct init_call *call,
		      const uint64_t *all, struct init_state *state, uintptr_t frame)
{
	const uint64_t *from = all + act->argument;
	const char *name = call->name;

	switch (act->kind) {
	case ACT_OBJECT:
		check_object(from[0], act->more, name, frame);
		break;
	case ACT_READ:
		uninit_check(from[0], all[act->more], UNINIT_READ, name_for_people(name), frame);
		break;
	case ACT_FILL:
		init_unpoison(from[0], all[act->more]);
		break;
	case ACT_DUP:
		uninit_will_dup(name, from[0]);
		break;
	case ACT_USER:
		uninit_check(from[0], all[act->more], UNINIT_USER, name_for_people(name), frame);
		break;
	case ACT_DMA:
		check_device(from[0], from[1], (uint32_t)from[2], name, true, frame);
		break;
	case ACT_DMA_PAGE:
		check_device((uintptr_t)page_address((struct page *)from[0]) + from[1], from[2],
			     (uint32_t)from[3], name, true, frame);
		break;
	case ACT_DMA_LIST:
		check_list(from, name, frame);
		break;
	case ACT_DMA_TABLE: {
		struct sg_table *table = (struct sg_table *)from[0];
		const uint64_t list[] = { (uintptr_t)table->sgl, table->orig_nents,
					  (uint32_t)from[1] };

		check_list(list, name, frame);
		break;
	}
	case ACT_DMA_SYNC:
		check_device(bus_to_linear(from[0]), from[1], (uint32_t)from[2], name, false,
			     frame);
		break;
	case ACT_DMA_DONE:
		if ((uint32_t)from[2] != DMA_TO_DEVICE && bus_to_linear(from[0]))
			init_unpoison(bus_to_linear(from[0]), from[1]);
		break;
	case ACT_FORMAT:
		check_format(call, all, state, act->argument, frame);
		break;
	case ACT_FORMAT_LIST:
		check_format_list((const char *)from[0],
				  (const struct variable_list *)all[act->more], name, frame);
		break;
	}
}

/*
 * @frame: of the few instructions between caller and function; @arguments: the six registers,
 * copied below it.
 */
void km_init_call(struct init_call *call, const uint64_t *arguments, uintptr_t frame);
void km_init_call(struct init_call *call, const uint64_t *arguments, uintptr_t frame)
{
	const uintptr_t *at_frame = (const uintptr_t *)frame;
	struct init_state *state;

	/* The library calls a function of its own whose address the module gave it. */
	if (!init_is_on() || pc_is_library(at_frame[1]))
		return;
	if (!call->act)
		call->act = act_find(call->name);
	state = init_state_of(at_frame[0]);
	check_arguments(call, state, frame);
	for (const struct call_act *act = call->act;
	     act != &no_act && act < acts + ARRAY_SIZE(acts) && is_equal(act->name, call->name);
	     act++)
		carry_out(act, call, arguments, state, frame);
}
