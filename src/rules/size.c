/* SPDX-License-Identifier: MIT */
/*
 * size.c - rule size-overflow: the size asked for came out of arithmetic that wrapped
 *
 * Owns nothing: wrap.c keeps what wrapped, an allocation asks which of it is its size.
 * Z1  Equality alone proves little for small numbers, so where the wrap happened counts too: it is
 *     near if the function that computed is on the stack of the allocation, or was called by one
 *     that is.
 * Z2  What is carried on counts: a header added, rounded up, times the size of an element (array
 *     forms), the order of that many pages.
 * Z3  Results narrower than 32 bits, and sums, are common in correct code (bytes of a pattern, ring
 *     positions): only the very number, or so many elements, is their size; below COUNT_MIN only
 *     near.
 * Z4  What the source spells out as a constant was never computed, whatever else left its number.
 * Z5  What was once told of as the very size is not the size of another allocation with something
 *     added to it.
 * Lock: none (wrap.c).  Nothing here sleeps.
 */
#include <linux/err.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "rules/wrap.h"

#define SLACK		8192u	/* a header and rounding to a page */
#define FAR_MIN		65536u	/* smaller results plus something are no sign from afar */
#define COUNT_MIN	256u	/* smaller numbers divide too many others */
#define MAX_ELEMENT	65536u
#define WALK_DEPTH	32
#define CALL_CODE	48	/* bytes of code before a call that may set its arguments */
#define CALL_BYTES	5
#define HEADER		256u
#define PAGE_BYTES	4096u

static int size_boot(void)
{
	wrap_watch(true);
	return 0;
}

static void size_shutdown(void)
{
	wrap_watch(false);
}

static bool text_ends(const char *text, const char *end)
{
	size_t length = 0, tail = 0;

	while (text[length])
		length++;
	while (end[tail])
		tail++;
	if (tail > length)
		return false;
	for (size_t i = 0; i < tail; i++)
		if (text[length - tail + i] != end[i])
			return false;
	return true;
}

static bool is_array_form(const char *what)
{
	return text_ends(what, "_array") || text_ends(what, "calloc") ||
	       text_ends(what, "_array_node") || text_ends(what, "calloc_node");
}

/* Z1: is a function of the wrap's on the stack that starts at @frame? */
static bool is_near(const struct wrap *wrap, uintptr_t frame)
{
	const struct km_port_thread *self = km_port_self();
	uintptr_t low = frame, high = (uintptr_t)self->stack_high;

	if (wrap->thread != self || !frame)
		return false;
	for (unsigned int depth = 0; depth < WALK_DEPTH; depth++) {
		if (frame < low || frame % sizeof(frame) || (high && frame >= high))
			return false;
		for (unsigned int i = 0; depth && i < WRAP_FRAMES; i++)
			if (wrap->frames[i] == frame &&
			    wrap->returns[i] == ((const uintptr_t *)frame)[1])
				return true;
		low = frame;
		frame = *(const uintptr_t *)frame;
		if (frame <= low)
			return false;
	}
	return false;
}

static bool is_narrow(const struct wrap *wrap)
{
	return wrap_bits(wrap->root->site->type) < 32 || wrap_bits(wrap->site->type) < 32;
}

/* @bytes is @value elements.  The name is asked last: most values are none. */
static bool is_multiple(const struct km_event *event, uint64_t value)
{
	return value >= COUNT_MIN / 4 && event->bytes > value && event->bytes % value == 0 &&
	       event->bytes / value <= MAX_ELEMENT &&
	       (value >= COUNT_MIN || is_array_form(event->what));
}

/* @value is what a conversion or arithmetic left; @bytes is it, or @value carried on. */
static bool is_carried(const struct km_event *event, uint64_t value)
{
	uint64_t bytes = event->bytes;

	if (event->family == KM_FAMILY_PAGES)	/* rounded up to a power of two */
		return value <= bytes && (bytes == PAGE_BYTES || value + SLACK > bytes / 2);
	return (bytes >= value && bytes - value <= SLACK) || is_multiple(event, value);
}

static bool can_be(struct wrap *wrap, const struct km_event *event)
{
	uint64_t value = wrap_value(wrap), bytes = event->bytes;
	unsigned int bits = wrap_bits(wrap->site->type);

	if (wrap_is_signed(wrap->site->type) && bits < 64 && value >> (bits - 1))
		value |= ~(uint64_t)0 << bits;
	if (!bytes)	/* rounded down: ALIGN() of what wrapped */
		return value < PAGE_BYTES;
	return bytes == value || (uint32_t)bytes == value || is_carried(event, value);
}

/*
 * Z4: does the code before @pc load @value into the register of an argument, as a constant?  Where
 * that is not known, no.
 */
#if defined(__x86_64__)
static bool is_load_of(const uint8_t *at, unsigned int room, uint64_t value)
{
	const uint8_t edx = 2, esi = 6, edi = 7;
	uint8_t to = at[0] == 0xc7 || at[0] == 0x31 ? at[1] & 7 : at[0] - 0xb8;
	uint32_t low = (uint32_t)value;

	if (to != edx && to != esi && to != edi)
		return false;
	if (at[0] == 0x31)		/* xor %edi, %edi */
		return !value && at[1] == (0xc0 | to << 3 | to);
	if (at[0] == 0xc7)		/* mov $-1, %rdi */
		return room >= 6 && at[-1] == 0x48 && at[1] >> 3 == 0x18 &&
		       value == (uint64_t)(int64_t)(int32_t)low && !memcmp(at + 2, &low, 4);
	if (at[-1] == 0x48)
		return room >= 9 && !memcmp(at + 1, &value, 8);
	return room >= 5 && value == low && !memcmp(at + 1, &low, 4);
}

static bool loads_constant(uintptr_t pc, uint64_t value)
{
	if (!pc_is_program(pc))
		return false;
	for (unsigned int back = CALL_BYTES + 2; back < CALL_CODE; back++)
		if (is_load_of((const uint8_t *)pc - back, back - CALL_BYTES, value))
			return true;
	return false;
}
#else
static bool loads_constant(uintptr_t pc, uint64_t value)
{
	return false;
}
#endif

/*
 * A number that the source spells out.  Where the compiler knew the operands too it may be the
 * constant that it made of the wrap, or of that and a header.
 */
static bool is_spelled_out(const struct wrap *wrap, const struct km_event *event, bool is_exact)
{
	const struct wrap *root = wrap->root;

	if (!loads_constant(event->caller, event->bytes))
		return false;
	if (!loads_constant(root->caller, root->left) ||
	    (root->site->operation < WRAP_NEGATE && !loads_constant(root->caller, root->right)))
		return true;
	return !is_exact && (event->bytes - wrap->value > HEADER || !event->frame ||
			     wrap->frames[0] != *(const uintptr_t *)event->frame);
}

/* A loop that counts down to zero leaves it behind; array_size() has it when it is too much. */
static bool is_all_ones(const struct wrap *wrap, const struct km_event *event)
{
	return wrap->value == ~(uint64_t)0 && wrap->left == 0 && wrap->right == 1 &&
	       (!event->frame || wrap->frames[0] != *(const uintptr_t *)event->frame);
}

/* A signed number that wrapped below zero and became a size: all but SIZE_MAX, which is said. */
static bool is_below_zero(const struct wrap *wrap, uint64_t bytes)
{
	return wrap_is_signed(wrap->site->type) && (int64_t)bytes < 0 && bytes != ~(uint64_t)0;
}

static bool is_size(struct wrap *wrap, const struct km_event *event)
{
	uint64_t value = wrap->value, bytes = event->bytes;
	bool near = is_near(wrap, event->frame);
	enum wrap_operation operation = wrap->root->site->operation;
	bool is_exact = (bytes == value || (value && (uint32_t)bytes == value)) &&
			event->family != KM_FAMILY_PAGES;

	/* What was meant is more than what is asked for, unless it is below zero. */
	if ((wrap->real > 0 && (wrap_real)bytes >= wrap->real && !is_below_zero(wrap, bytes)) ||
	    is_all_ones(wrap, event))
		return false;
	/* What size_mul() and its kin say of a size that is too large, not one near it. */
	if (!is_exact && bytes == ~(uint64_t)0)
		return false;
	/* Each byte of a pattern, each 16 bits of a sum. */
	if (is_narrow(wrap) && value < COUNT_MIN && wrap->site->next > WRAPS_KEPT)
		return false;
	if (is_spelled_out(wrap, event, is_exact) || (!is_exact && wrap->was_exact))	/* Z5 */
		return false;
	if (!bytes)
		return near && !is_narrow(wrap) && value < PAGE_BYTES;
	if (near && is_multiple(event, value))
		return true;
	if (is_exact && value >= COUNT_MIN)
		return near || value != ~(uint64_t)0;
	if (is_narrow(wrap))	/* Z3 */
		return near && is_exact;
	if (is_exact)
		return near || (value != 0 && value != ~(uint64_t)0 && operation != WRAP_ADD);
	if (operation == WRAP_ADD && value < FAR_MIN)
		return false;
	return near || value >= FAR_MIN;
}

static struct wrap *size_origin(const struct km_event *event)
{
	struct wrap *found = NULL;

	for (uint32_t i = 0; i < wrap_site_count(); i++) {
		for (unsigned int k = 0; k < WRAPS_KEPT; k++) {
			struct wrap *wrap = &wrap_site_at(i)->wraps[k];

			if (wrap->number && (!found || wrap->number > found->number) &&
			    can_be(wrap, event) && wrap_settle(wrap) && is_size(wrap, event))
				found = wrap;
		}
	}
	return found;
}

/* -- words ------------------------------------------------------------------------------------- */

/* "'u32' (aka 'unsigned int')": what stands between the first two quotes. */
static void type_word(char *text, size_t room, const struct wrap_type *type)
{
	const char *name = type->name;
	size_t length = 0;

	if (*name == '\'')
		name++;
	while (name[length] && name[length] != '\'' && length + 1 < room) {
		text[length] = name[length];
		length++;
	}
	text[length] = 0;
}

static void number_word(char *text, size_t room, uint64_t word, const struct wrap_type *type)
{
	unsigned int bits = wrap_bits(type);
	uint64_t value = bits < 64 ? word & (((uint64_t)1 << bits) - 1) : word;

	if (wrap_is_signed(type) && value >> (bits - 1))
		scnprintf(text, room, "%lld",
			  (long long)(bits < 64 ? value | ~0ull << bits : value));
	else
		scnprintf(text, room, "%llu", (unsigned long long)value);
}

static void sum_word(char *text, size_t room, const struct wrap *wrap)
{
	static const char *const signs[] = { "+", "-", "*", "-", "<<", "" };
	const struct wrap_site *site = wrap->site;
	char left[24], right[24], type[48], from[48];

	type_word(type, sizeof(type), site->type);
	number_word(left, sizeof(left), wrap->left,
		    site->operation == WRAP_SHIFT ? site->type : site->from);
	number_word(right, sizeof(right), wrap->right,
		    site->operation == WRAP_SHIFT ? site->from : site->type);
	type_word(from, sizeof(from), site->from);
	if (site->operation == WRAP_CONVERT)
		scnprintf(text, room, "%s (%s) does not fit %s", left, from, type);
	else if (site->operation == WRAP_NEGATE)
		scnprintf(text, room, "-%s does not fit %s", left, type);
	else
		scnprintf(text, room, "%s %s %s does not fit %s", left, signs[site->operation],
			  right, type);
}

static const char *kind_word(const struct wrap *wrap)
{
	switch (wrap->site->operation) {
	case WRAP_CONVERT:
		return "implicit-conversion";
	case WRAP_SHIFT:
		return "shift-out-of-bounds";
	default:
		return wrap_is_signed(wrap->site->type) ? "signed-integer-overflow"
							: "unsigned-integer-overflow";
	}
}

static const char *advice(const struct wrap *wrap)
{
	switch (wrap->site->operation) {
	case WRAP_MUL:
	case WRAP_SHIFT:
		return "Use kmalloc_array(), struct_size() or array_size(), which fail instead of "
		       "wrapping, or check_mul_overflow().";
	case WRAP_ADD:
		return "Use struct_size() or size_add(), which fail instead of wrapping, or "
		       "check_add_overflow().";
	case WRAP_CONVERT:
		return "Keep sizes in size_t from where they come in, and refuse what is below "
		       "zero or too large before it is converted.";
	default:
		return "Compare before you subtract, or use size_sub() or check_sub_overflow().";
	}
}

static void report(const struct wrap *wrap, const struct km_event *event)
{
	const struct wrap *root = wrap->root;
	const char *what = event->what ? event->what : "the allocator";
	char text[RULES_TEXT], sum[160];
	struct km_finding finding;

	record_start(&finding, "size-overflow");
	stack_take(event->frame, event->caller, &finding.stack);
	if (!finding.stack.count)
		return;
	sum_word(sum, sizeof(sum), root);
	scnprintf(text, sizeof(text),
		  "UBSAN: %s in %s:%u:%u: %s, and what was left became the %zu bytes "
		  "asked of %s()",
		  kind_word(root), root->site->place->file, root->site->place->line,
		  root->site->place->column & 0xffff, sum, event->bytes, what);
	finding.message = text;
	finding.help = advice(root);
	record_finding(&finding);
}

static enum km_verdict size_see(const struct km_event *event)
{
	struct wrap *wrap;

	if (event->point == KM_POINT_THREAD_END) {
		wrap_thread_end(km_port_self());
		return KM_GO;
	}
	/* An object of a cache has the size of the cache. */
	if (!wrap_site_count() || event->family == KM_FAMILY_CACHE ||
	    event->family == KM_FAMILY_OTHER || !event->what)
		return KM_GO;
	wrap = size_origin(event);
	if (wrap) {
		report(wrap, event);
		wrap->was_exact |= event->bytes == wrap->value;
	}
	return KM_GO;
}

const struct km_rule size_rule = {
	.id = "size-overflow",
	.points = POINT_BIT(ALLOC_ASK) | POINT_BIT(ALLOC_ZERO) | POINT_BIT(RESIZE) |
		  POINT_BIT(THREAD_END),
	.boot = size_boot,
	.shutdown = size_shutdown,
	.see = size_see,
};
