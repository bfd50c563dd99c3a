/* SPDX-License-Identifier: MIT */
/*
 * wrap.h - arithmetic of checked code that wrapped, as size.c looks at it
 */
#ifndef RULES_WRAP_H
#define RULES_WRAP_H

#include "rules/rules.h"

__extension__ typedef __int128 wrap_real;	/* a result as mathematics has it */
__extension__ typedef unsigned __int128 wrap_word;

/* As clang writes them before each operation it checks. */
struct wrap_place {
	const char *file;
	uint32_t line, column;
};
struct wrap_type {
	uint16_t kind, info;	/* kind 0: integer; info: bit 0 signed, above log2 of its bits */
	char name[];		/* "'u32' (aka 'unsigned int')" */
};

enum wrap_operation { WRAP_ADD, WRAP_SUB, WRAP_MUL, WRAP_NEGATE, WRAP_SHIFT, WRAP_CONVERT };

#define WRAP_FRAMES	3	/* the function that computed, and those that called it */

/* One result that did not fit. */
struct wrap {
	uint64_t number;	/* ascending; 0: an unused slot */
	uint64_t left, right;	/* operands as the compiler hands them over */
	uintptr_t frames[WRAP_FRAMES];
	uintptr_t returns[WRAP_FRAMES];	/* where to: tells a call from a later one in its place */
	uintptr_t caller;	/* in the code that computed, behind the compiler's check */
	const struct km_port_thread *thread;
	bool is_valued, is_settled, is_harmless;
	bool was_exact;		/* it was, just as it is, a size that was told of */
	/* from here on filled when somebody asks (wrap_value, wrap_settle) */
	const struct wrap_site *site;
	const struct wrap *root;	/* where it began: itself, or the wrap it is made of */
	wrap_real real;
	uint64_t value;			/* what was left */
};

#define WRAPS_KEPT	8	/* of each place, the latest */

/* One operation of the source. */
struct wrap_site {
	const struct wrap_place *place;
	const struct wrap_type *type, *from;	/* of the result; CONVERT: of the operand */
	enum wrap_operation operation;
	uint32_t next;
	struct wrap wraps[WRAPS_KEPT];
};

#define WRAP_SITES	512

/* wrap.c */
void wrap_watch(bool on);		/* at boot: nothing has wrapped so far */
/* @thread has ended; another may have its place. */
void wrap_thread_end(const struct km_port_thread *thread);
uint32_t wrap_site_count(void);
struct wrap_site *wrap_site_at(uint32_t index);
/* What was left of the result, as an unsigned number of its type. */
uint64_t wrap_value(struct wrap *wrap);
/* Computes the rest; false: an unused slot, or a result that is right after all. */
bool wrap_settle(struct wrap *wrap);

static inline unsigned int wrap_bits(const struct wrap_type *type)
{
	return 1u << (type->info >> 1);
}

static inline bool wrap_is_signed(const struct wrap_type *type)
{
	return type->info & 1;
}

#endif
