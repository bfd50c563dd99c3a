/* SPDX-License-Identifier: MIT */
/*
 * misaligned.c - rule out-of-bounds: an access at an address that its type is not aligned to
 *
 * Code looks at one byte of the shadow for an access of up to 8 bytes, which is enough where the
 * address is a multiple of its size.  With -fsanitize=alignment the compiler calls here where it is
 * not: legal on the machines we know, but its end may lie in the next 8 bytes.
 * U1  What get_unaligned() and packed structs do is looked at whole by the code itself.
 * Owns nothing.  Nothing here sleeps.
 */
#include "rules/access.h"
#include "rules/wrap.h"

struct alignment_note {
	struct wrap_place place;
	const struct wrap_type *type;
	uint8_t align_shift;
	uint8_t kind;		/* enum access_kind */
};
enum access_kind { ACCESS_LOAD, ACCESS_STORE };

/* Of numbers and pointers; 0: of anything else, which is copied by a function that looks itself. */
static size_t bytes_of(const struct wrap_type *type)
{
	const char *name = type->name;

	if (type->kind == 0)
		return wrap_bits(type) / 8;
	for (name++; *name && *name != '\''; name++)
		;
	return *name && name[-1] == '*' ? sizeof(void *) : 0;
}

void __ubsan_handle_type_mismatch_v1(struct alignment_note *told, uintptr_t address);
void __ubsan_handle_type_mismatch_v1(struct alignment_note *told, uintptr_t address)
{
	size_t bytes = told->kind <= ACCESS_STORE ? bytes_of(told->type) : 0;

	if (address % 8 + bytes > 8)
		access_judge(address, bytes, told->kind == ACCESS_STORE,
			     (uintptr_t)__builtin_frame_address(0));
}

/* What an allocator returned is aligned as it says. */
void __ubsan_handle_alignment_assumption(void *told, uintptr_t address, uintptr_t align,
					 uintptr_t offset);
void __ubsan_handle_alignment_assumption(void *told, uintptr_t address, uintptr_t align,
					 uintptr_t offset)
{
}
