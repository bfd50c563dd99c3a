/* SPDX-License-Identifier: MIT */
/*
 * variable.c - rules out-of-bounds and use-after-free for static and local variables
 *
 * The compilers lay red zones around variables of checked code.  Those of static variables are told
 * to us in constructors of the program, before the machine boots; those on stacks are written by
 * the code itself, straight into the shadow, and so is the end of a variable's block.
 * Owns: the list of what was registered.  Not: the shadow (shadow.c).
 * V1  A frame on a stack begins with FRAME_MAGIC, the text that describes its variables, and the
 *     address of its function; its shadow begins with SHADOW_STACK_LEFT.
 * V2  A stack is clean below the frames in use: who leaves without a return cleans up first
 *     (__asan_handle_no_return), and a new thread's stack is clean (km_port_shadow_map()).
 * Lock: none; constructors run alone, and a stack is its thread's.  Nothing here sleeps.
 */
#include <linux/sprintf.h>
#include <linux/types.h>
#include "rules/depth.h"
#include "rules/shadow.h"
#include "rules/variable.h"
#include "watch/watch.h"

#define GRAIN		8u
#define MAX_FILES	1024		/* object files of one program */
#define FRAME_MAGIC	0x41b58ab3u
#define MAX_FRAME	(128u << 10)	/* how far a frame's start is looked for */
#define ALLOCA_ZONE	32u		/* red zone on either side of a variable-length array */
#define NAME_BYTES	64

/* As the compilers lay it out; gcc and clang alike. */
struct static_place {
	const char *file;
	int line, column;
};
struct static_variable {
	uintptr_t start;
	size_t bytes, bytes_with_zone;
	const char *name, *file;
	size_t is_initialised_late;
	const struct static_place *place;
	uintptr_t indicator;
};

static struct {
	const struct static_variable *first;
	size_t count;
} files[MAX_FILES];
static unsigned int file_count;

/* -- red zones -- */

static void close_zones(const struct static_variable *first, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		shadow_open(first[i].start, first[i].bytes);
		shadow_close(first[i].start + first[i].bytes,
			     first[i].bytes_with_zone - first[i].bytes, SHADOW_GLOBAL);
	}
}

void variables_boot(void)
{
	for (unsigned int i = 0; i < file_count; i++)
		close_zones(files[i].first, files[i].count);
}

void __asan_register_globals(const struct static_variable *first, size_t count);
void __asan_register_globals(const struct static_variable *first, size_t count)
{
	if (file_count == MAX_FILES)
		return;
	files[file_count].first = first;
	files[file_count++].count = count;
	if (shadow_is_on())
		close_zones(first, count);
}

void __asan_unregister_globals(const struct static_variable *first, size_t count);
void __asan_unregister_globals(const struct static_variable *first, size_t count)
{
	for (size_t i = 0; shadow_is_on() && i < count; i++)
		shadow_open(first[i].start, first[i].bytes_with_zone);
	for (unsigned int i = 0; i < file_count; i++)
		if (files[i].first == first)
			files[i] = files[--file_count];
}

void __asan_poison_stack_memory(uintptr_t start, size_t bytes);
void __asan_poison_stack_memory(uintptr_t start, size_t bytes)
{
	if (shadow_is_on())
		shadow_close(start, bytes, SHADOW_STACK_SCOPE);
}

void __asan_unpoison_stack_memory(uintptr_t start, size_t bytes);
void __asan_unpoison_stack_memory(uintptr_t start, size_t bytes)
{
	if (shadow_is_on())
		shadow_open(start, bytes);
}

void __asan_alloca_poison(uintptr_t start, size_t bytes);
void __asan_alloca_poison(uintptr_t start, size_t bytes)
{
	uintptr_t end = start + bytes;
	uintptr_t zone_end = (end + 2 * ALLOCA_ZONE - 1) & ~(uintptr_t)(ALLOCA_ZONE - 1);
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);

	if (depth_is_passed(frame))
		depth_passed(frame);
	if (!shadow_is_on())
		return;
	shadow_close(start - ALLOCA_ZONE, ALLOCA_ZONE, SHADOW_ALLOCA_LEFT);
	shadow_open(start, bytes);
	shadow_close(end, zone_end - end, SHADOW_ALLOCA_RIGHT);
}

void __asan_allocas_unpoison(uintptr_t top, uintptr_t bottom);
void __asan_allocas_unpoison(uintptr_t top, uintptr_t bottom)
{
	if (shadow_is_on() && top && top < bottom)
		shadow_open(top, bottom - top);
}

/* V2: before a call that does not return. */
void __asan_handle_no_return(void);
void __asan_handle_no_return(void)
{
	const struct km_port_thread *self = km_port_self();
	uintptr_t here = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)(GRAIN - 1);

	if (shadow_is_on() && here - (uintptr_t)self->stack_low <
		(uintptr_t)self->stack_high - (uintptr_t)self->stack_low)
		shadow_open(here, (uintptr_t)self->stack_high - here);
}

/* What code with large frames calls instead of writing the bytes itself. */
#define SET_SHADOW(value)							\
	void __asan_set_shadow_##value(uint8_t *shadow, size_t bytes);		\
	void __asan_set_shadow_##value(uint8_t *shadow, size_t bytes)		\
	{									\
		__builtin_memset(shadow, 0x##value, bytes);			\
	}
SET_SHADOW(00)
SET_SHADOW(f1)
SET_SHADOW(f2)
SET_SHADOW(f3)
SET_SHADOW(f5)
SET_SHADOW(f8)

/* -- which variable it is -- */

struct variable {
	uintptr_t start;
	size_t bytes;
	char name[NAME_BYTES];
	unsigned long line;	/* where it is declared; 0: unknown */
};

bool variable_is_meant(uint8_t code)
{
	switch (code) {
	case SHADOW_STACK_LEFT:
	case SHADOW_STACK_MIDDLE:
	case SHADOW_STACK_RIGHT:
	case SHADOW_STACK_SCOPE:
	case SHADOW_ALLOCA_LEFT:
	case SHADOW_ALLOCA_RIGHT:
	case SHADOW_GLOBAL:
		return true;
	default:
		return false;
	}
}

static size_t distance(uintptr_t start, size_t bytes, uintptr_t address)
{
	if (address < start)
		return start - address;
	return address < start + bytes ? 0 : address - (start + bytes) + 1;
}

static void name_static(struct variable *variable, const struct static_variable *found)
{
	variable->start = found->start;
	variable->bytes = found->bytes;
	variable->line = found->place ? (unsigned long)found->place->line : 0;
	scnprintf(variable->name, NAME_BYTES, "%s", found->name);
}

static bool find_static(uintptr_t bad, struct variable *ret_variable)
{
	const struct static_variable *best = NULL;

	for (unsigned int i = 0; i < file_count; i++) {
		for (size_t j = 0; j < files[i].count; j++) {
			const struct static_variable *one = &files[i].first[j];

			if (bad - one->start < one->bytes_with_zone)
				best = one;
		}
	}
	if (best)
		name_static(ret_variable, best);
	return best != NULL;
}

/* The start of the frame that @bad lies in (V1); 0: not found. */
static uintptr_t find_frame(uintptr_t bad)
{
	uintptr_t at = bad & ~(uintptr_t)(GRAIN - 1), lowest = at - MAX_FRAME;
	const uintptr_t *words;

	while (at > lowest && shadow_at(at) != SHADOW_STACK_LEFT)
		at -= GRAIN;
	while (at > lowest && shadow_at(at - GRAIN) == SHADOW_STACK_LEFT)
		at -= GRAIN;
	words = (const uintptr_t *)at;
	return at > lowest && words[0] == FRAME_MAGIC ? at : 0;
}

static unsigned long take_number(const char **text)
{
	unsigned long number = 0;

	while (**text == ' ')
		++*text;
	for (; **text >= '0' && **text <= '9'; ++*text)
		number = number * 10 + (unsigned long)(**text - '0');
	return number;
}

/* "NAME" or "NAME:LINE", @bytes long. */
static void take_name(const char *text, size_t bytes, struct variable *variable)
{
	size_t colon = 0;

	while (colon < bytes && text[colon] != ':')
		colon++;
	scnprintf(variable->name, NAME_BYTES, "%.*s", (int)colon, text);
	text += colon + 1;
	variable->line = colon < bytes ? take_number(&text) : 0;
}

/* In "COUNT OFFSET BYTES LENGTH NAME ...": the variable nearest to @bad. */
static bool find_local(uintptr_t bad, struct variable *ret_variable)
{
	uintptr_t frame = find_frame(bad);
	const char *text = frame ? ((const char *const *)frame)[1] : "0";
	size_t best = SIZE_MAX;

	for (unsigned long count = take_number(&text); count; count--) {
		uintptr_t start = frame + take_number(&text);
		size_t bytes = take_number(&text), length = take_number(&text);
		size_t away = distance(start, bytes, bad);

		if (*text == ' ')
			text++;
		if (away < best) {
			best = away;
			ret_variable->start = start;
			ret_variable->bytes = bytes;
			take_name(text, length, ret_variable);
		}
		text += length;
	}
	return best != SIZE_MAX;
}

/* -- the words -- */

static void word_variable(char *text, uintptr_t bad, const struct variable *variable)
{
	uintptr_t end = variable->start + variable->bytes;
	char line[32] = "";

	if (variable->line)
		scnprintf(line, sizeof(line), " (line %lu)", variable->line);
	if (bad < variable->start)
		scnprintf(text, RULES_TEXT, "%zu bytes to the left of %zu-byte variable '%s'%s",
			  (size_t)(variable->start - bad), variable->bytes, variable->name, line);
	else
		scnprintf(text, RULES_TEXT, "%zu bytes %s of %zu-byte variable '%s'%s",
			  (size_t)(bad >= end ? bad - end : bad - variable->start),
			  bad >= end ? "to the right" : "inside", variable->bytes,
			  variable->name, line);
}

static const char *kind_of(uint8_t code)
{
	switch (code) {
	case SHADOW_GLOBAL:
		return "global-out-of-bounds";
	case SHADOW_STACK_SCOPE:
		return "stack-use-after-scope";
	case SHADOW_ALLOCA_LEFT:
	case SHADOW_ALLOCA_RIGHT:
		return "alloca-out-of-bounds";
	default:
		return "stack-out-of-bounds";
	}
}

void variable_report(uintptr_t bad, size_t bytes, bool is_write, uint8_t code,
		     const struct km_stack *stack)
{
	bool is_late = code == SHADOW_STACK_SCOPE;
	bool is_alloca = code == SHADOW_ALLOCA_LEFT || code == SHADOW_ALLOCA_RIGHT;
	char text[RULES_TEXT], place[RULES_TEXT] = "the edge of a variable-length array";
	struct variable variable = { 0 };
	struct km_finding finding;

	record_start(&finding, is_late ? "use-after-free" : "out-of-bounds");
	finding.stack = *stack;
	if (!is_alloca && (code == SHADOW_GLOBAL ? find_static(bad, &variable)
						 : find_local(bad, &variable))) {
		word_variable(place, bad, &variable);
		finding.object = (const void *)variable.start;
		finding.object_bytes = variable.bytes;
	} else if (!is_alloca) {
		scnprintf(place, sizeof(place), "the edge of a variable");
	}
	scnprintf(text, sizeof(text), "BUG: KASAN: %s: %s of size %zu at %s%s", kind_of(code),
		  is_write ? "Write" : "Read", bytes, place,
		  is_late ? ", whose block has ended" : "");
	finding.message = text;
	finding.help = is_late ? "Declare the variable outside of the block, so that it lives as "
				 "long as its address is used."
			       : "Bound the index or the length by the size of the variable "
				 "(ARRAY_SIZE(), sizeof).";
	record_finding(&finding);
}
