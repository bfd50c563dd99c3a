/* SPDX-License-Identifier: MIT */
/*
 * wrap.c - arithmetic of checked code that wrapped: what the compiler tells, kept for size.c
 *
 * Owns: __ubsan_handle_*(), which code built with clang's integer checks calls after an operation
 * whose result does not fit, and per operation of the source the latest such results.
 * V1  Wrapping is legal: nothing is told here.  A handler only notes operands and frames, for a
 *     hash may wrap millions of times; what they mean is worked out when an allocation asks.
 * V2  An operand that is itself a wrapped result stands for the number it should have been: where
 *     the errors cancel (n - 8 + 16 with n = 4) the result is right, and no wrap.
 * V3  The difference of free running counters (head - tail) is right though it wraps: a
 *     subtraction counts only if its result, taken as signed, is below zero.
 * Lock: none.  A handler has no place to switch; on real CPUs a torn note can only miss.
 */
#include "rules/wrap.h"
#include "watch/watch.h"

#define CHAIN_MIN	4096u	/* smaller operands are no sign of an earlier wrap by themselves */
#define CHAIN_DEPTH	16u
#define REAL_LIMIT	((wrap_real)1 << 100)

struct overflow_note { struct wrap_place place; const struct wrap_type *type; };
struct shift_note { struct wrap_place place; const struct wrap_type *type, *by; };
struct convert_note {
	struct wrap_place place;
	const struct wrap_type *from, *to;
	uint8_t kind;
};

static struct wrap_site *sites;
static uint32_t site_count;
static uint64_t wrap_number;
static bool is_watching;
static struct wrap_site *noted;		/* sites while results are noted, else NULL */
static unsigned int chain_depth;

void wrap_watch(bool on)
{
	sites = noted = NULL;
	site_count = 0;
	wrap_number = 0;
	is_watching = on;
}

uint32_t wrap_site_count(void)
{
	return site_count;
}

struct wrap_site *wrap_site_at(uint32_t index)
{
	return &sites[index];
}

/*
 * The compiler's note is ours to write to (its own runtime marks it as told): the upper half of
 * the column holds the number of the site, so that finding it costs one load.
 */
static struct wrap_site *site_make(struct wrap_place *place, enum wrap_operation operation,
				   const struct wrap_type *type, const struct wrap_type *from)
{
	struct wrap_site *site;

	if (!sites)
		sites = noted = memory_carve(WRAP_SITES * sizeof(*sites));
	if (!sites || site_count == WRAP_SITES)
		return NULL;
	site = &sites[site_count++];
	site->place = place;
	site->operation = operation;
	site->type = type;
	site->from = from;
	place->column = (place->column & 0xffff) | site_count << 16;
	return site;
}

/*
 * @own: the handler's frame: that of the function that computed, and where in it.  A frame that is
 * the last of its stack leads to 0.
 */
static inline void note_at(struct wrap_site *site, const uintptr_t *own, uint64_t left,
			   uint64_t right)
{
	static const uintptr_t none[2];
	struct wrap *wrap = &site->wraps[site->next++ % WRAPS_KEPT];
	const uintptr_t *frame = (const uintptr_t *)own[0], *caller, *last;

	wrap->number = ++wrap_number;
	wrap->left = left;
	wrap->right = right;
	wrap->thread = km_port_self();
	wrap->caller = own[1];
	wrap->is_settled = wrap->is_valued = wrap->is_harmless = wrap->was_exact = false;
	wrap->frames[0] = (uintptr_t)frame;
	frame = frame ? frame : none;
	wrap->returns[0] = frame[1];
	wrap->frames[1] = frame[0];
	caller = frame[0] ? (const uintptr_t *)frame[0] : none;
	wrap->returns[1] = caller[1];
	wrap->frames[2] = caller[0];
	last = caller[0] ? (const uintptr_t *)caller[0] : none;
	wrap->returns[2] = last[1];
}

/* The first result of an operation, or none that is kept. */
static noinline __cold void note_first(struct wrap_place *place, enum wrap_operation operation,
				       const struct wrap_type *type, const struct wrap_type *from,
				       const uintptr_t *own, uint64_t left, uint64_t right)
{
	struct wrap_site *site = NULL;

	if (is_watching && !(place->column >> 16))
		site = site_make(place, operation, type, from);
	if (site)
		note_at(site, own, left, right);
}

/* Many wrap millions of times: nothing here but stores. */
static inline void note(struct wrap_place *place, enum wrap_operation operation,
			const struct wrap_type *type, const struct wrap_type *from,
			uint64_t left, uint64_t right)
{
	const uintptr_t *own = __builtin_frame_address(0);
	uint32_t number = place->column >> 16;

	if (__builtin_expect(number && noted, 1))
		note_at(&noted[number - 1], own, left, right);
	else
		note_first(place, operation, type, from, own, left, right);
}

void wrap_thread_end(const struct km_port_thread *thread)
{
	for (uint32_t i = 0; i < site_count; i++)
		for (unsigned int k = 0; k < WRAPS_KEPT; k++)
			if (sites[i].wraps[k].thread == thread)
				sites[i].wraps[k].thread = NULL;
}

#define ARITHMETIC(name, operation)							\
	void __ubsan_handle_##name##_overflow(struct overflow_note *told, uintptr_t left,	\
					      uintptr_t right);				\
	void __ubsan_handle_##name##_overflow(struct overflow_note *told, uintptr_t left,	\
					      uintptr_t right)				\
	{										\
		note(&told->place, operation, told->type, told->type, left, right);	\
	}
ARITHMETIC(add, WRAP_ADD)
ARITHMETIC(sub, WRAP_SUB)
ARITHMETIC(mul, WRAP_MUL)

void __ubsan_handle_negate_overflow(struct overflow_note *told, uintptr_t operand);
void __ubsan_handle_negate_overflow(struct overflow_note *told, uintptr_t operand)
{
	note(&told->place, WRAP_NEGATE, told->type, told->type, operand, 0);
}

/* The smallest number by -1: the division itself traps right after, which is told as a crash. */
void __ubsan_handle_divrem_overflow(struct overflow_note *told, uintptr_t left, uintptr_t right);
void __ubsan_handle_divrem_overflow(struct overflow_note *told, uintptr_t left, uintptr_t right)
{
	(void)told;
	(void)left;
	(void)right;
}

void __ubsan_handle_shift_out_of_bounds(struct shift_note *told, uintptr_t left, uintptr_t right);
void __ubsan_handle_shift_out_of_bounds(struct shift_note *told, uintptr_t left, uintptr_t right)
{
	note(&told->place, WRAP_SHIFT, told->type, told->by, left, right);
}

void __ubsan_handle_implicit_conversion(struct convert_note *told, uintptr_t from, uintptr_t to);
void __ubsan_handle_implicit_conversion(struct convert_note *told, uintptr_t from, uintptr_t to)
{
	note(&told->place, WRAP_CONVERT, told->to, told->from, from, to);
}

/* -- what a note means ------------------------------------------------------------------------- */

static uint64_t low_bits(uint64_t value, unsigned int bits)
{
	return bits >= 64 ? value : value & (((uint64_t)1 << bits) - 1);
}

static wrap_real number_of(uint64_t word, const struct wrap_type *type)
{
	unsigned int bits = wrap_bits(type);

	word = low_bits(word, bits);
	if (wrap_is_signed(type) && bits <= 64 && word >> (bits - 1))
		return (wrap_real)word - ((wrap_real)1 << bits);
	return word;
}

static bool fits(wrap_real real, const struct wrap_type *type)
{
	unsigned int bits = wrap_bits(type);
	wrap_real half = (wrap_real)1 << (bits - 1);

	return wrap_is_signed(type) ? real >= -half && real < half : real >= 0 && real < 2 * half;
}

/* What the processor was left with; from the operands as they were. */
static uint64_t left_over(const struct wrap *wrap, const struct wrap_site *site)
{
	uint64_t left = (uint64_t)number_of(wrap->left, site->from);
	uint64_t right = (uint64_t)number_of(wrap->right, site->type);
	unsigned int bits = wrap_bits(site->type);

	switch (site->operation) {
	case WRAP_ADD:
		return low_bits(left + right, bits);
	case WRAP_SUB:
		return low_bits(left - right, bits);
	case WRAP_MUL:
		return low_bits(left * right, bits);
	case WRAP_NEGATE:
		return low_bits(-left, bits);
	case WRAP_SHIFT:
		return low_bits(wrap->left << (wrap->right & (bits - 1)), bits);
	default:
		return low_bits(left, bits);
	}
}

uint64_t wrap_value(struct wrap *wrap)
{
	if (!wrap->is_valued) {
		wrap->is_valued = true;
		wrap->site = &sites[((uintptr_t)wrap - (uintptr_t)sites) / sizeof(*sites)];
		wrap->value = left_over(wrap, wrap->site);
	}
	return wrap->value;
}

/* The latest earlier wrap that left @word, in the same thread; NULL: none. */
static struct wrap *wrap_that_left(const struct wrap *wrap, uint64_t word)
{
	struct wrap *found = NULL;

	for (uint32_t i = 0; i < site_count; i++) {
		for (unsigned int k = 0; k < WRAPS_KEPT; k++) {
			struct wrap *other = &sites[i].wraps[k];

			if (other->number && other->number < wrap->number &&
			    (!found || other->number > found->number) &&
			    (word >= CHAIN_MIN || other->frames[0] == wrap->frames[0]) &&
			    wrap_value(other) == word)
				found = other;
		}
	}
	return found;
}

static wrap_real operand(struct wrap *wrap, uint64_t word, const struct wrap_type *type)
{
	wrap_real plain = number_of(word, type);
	struct wrap *origin = wrap_that_left(wrap, low_bits(word, wrap_bits(type)));

	if (!origin || chain_depth == CHAIN_DEPTH)
		return plain;
	chain_depth++;
	if (wrap_settle(origin) && origin->real < REAL_LIMIT && origin->real > -REAL_LIMIT) {
		wrap->root = origin->root;
		plain = origin->real;
	}
	chain_depth--;
	return plain;
}

static wrap_real shifted(wrap_real left, uint64_t by)
{
	return by < 64 && left < ((wrap_real)1 << 63) && left >= 0 ? left << by : REAL_LIMIT;
}

/* By words: a machine without a wide multiplication would call its compiler's library. */
static wrap_real product(wrap_real left, wrap_real right)
{
	bool is_negative = (left < 0) != (right < 0);
	wrap_real whole;

	left = left < 0 ? -left : left;
	right = right < 0 ? -right : right;
	if (left > INT64_MAX || right > INT64_MAX)
		return is_negative ? -REAL_LIMIT : REAL_LIMIT;
	whole = (wrap_real)((wrap_word)(uint64_t)left * (uint64_t)right);
	return is_negative ? -whole : whole;
}

static void compute(struct wrap *wrap, const struct wrap_site *site)
{
	wrap_real left = operand(wrap, wrap->left, site->operation == WRAP_SHIFT ? site->type
										   : site->from);
	wrap_real right = 0;

	if (site->operation < WRAP_NEGATE)
		right = operand(wrap, wrap->right, site->type);
	switch (site->operation) {
	case WRAP_ADD:
		wrap->real = left + right;
		break;
	case WRAP_SUB:
		wrap->real = left - right;
		break;
	case WRAP_MUL:
		wrap->real = product(left, right);
		break;
	case WRAP_NEGATE:
		wrap->real = -left;
		break;
	case WRAP_SHIFT:
		wrap->real = shifted(left, wrap->right);
		break;
	case WRAP_CONVERT:
		wrap->real = left;
		break;
	}
}

static bool has_top_bit(uint64_t value, unsigned int bits)
{
	return value >> (bits - 1) & 1;
}

bool wrap_settle(struct wrap *wrap)
{
	const struct wrap_site *site;

	if (!wrap->number)
		return false;
	if (wrap->is_settled)
		return !wrap->is_harmless;
	wrap->is_settled = true;
	wrap->is_harmless = true;
	wrap->root = wrap;
	wrap_value(wrap);
	site = wrap->site;
	if (site->type->kind || site->from->kind || wrap_bits(site->type) > 64 ||
	    wrap_bits(site->from) > 64)
		return false;
	compute(wrap, site);
	wrap->is_harmless = fits(wrap->real, site->type) ||
			    (site->operation == WRAP_SUB && !wrap_is_signed(site->type) &&
			     !has_top_bit(wrap->value, wrap_bits(site->type)));
	return !wrap->is_harmless;
}
