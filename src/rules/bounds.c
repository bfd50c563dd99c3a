/* SPDX-License-Identifier: MIT */
/*
 * bounds.c - rule out-of-bounds: an index that the type of its array does not have
 *
 * The compiler calls __ubsan_handle_out_of_bounds() before such an access, with
 * -fsanitize=array-bounds.  It knows the type only, so an index is seen that stays inside the
 * object, between two members of a struct say, and one whose access the optimiser would have taken
 * away.
 * B1  Told once for each place; what the shadow says of the same access is the same finding.
 * B2  The access goes on.
 * Owns nothing.  Nothing here sleeps.
 */
#include <linux/sched.h>
#include <linux/sprintf.h>
#include "rules/wrap.h"
#include "watch/watch.h"

struct bounds_note {
	struct wrap_place place;
	const struct wrap_type *array, *index;
};

/* What the handler gets: the number itself, or its address when it is wider than a word. */
static long index_value(const struct wrap_type *type, uintptr_t raw)
{
	unsigned int bits = wrap_bits(type);

	if (bits > 64)
		return *(const long *)raw;
	if (bits == 64 || !wrap_is_signed(type))
		return (long)raw;
	return (long)(raw << (64 - bits)) >> (64 - bits);
}

void __ubsan_handle_out_of_bounds(struct bounds_note *told, uintptr_t index);
void __ubsan_handle_out_of_bounds(struct bounds_note *told, uintptr_t index)
{
	struct km_finding finding;
	char text[RULES_TEXT];

	if (!rules_enforced("out-of-bounds") || !watch_is_outer() || current->kasan_depth)
		return;
	watch_enter();
	record_start(&finding, "out-of-bounds");
	stack_take((uintptr_t)__builtin_frame_address(0), 0, &finding.stack);
	scnprintf(text, sizeof(text),
		  "UBSAN: array-index-out-of-bounds: index %ld is out of range for type %s",
		  index_value(told->index, index), told->array->name);
	finding.message = text;
	record_finding(&finding);
	watch_leave();
}
