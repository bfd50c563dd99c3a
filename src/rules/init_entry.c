/* SPDX-License-Identifier: MIT */
/*
 * init_entry.c - the functions that code built with -fsanitize=kernel-memory calls
 *
 * The compiler puts loads and stores of the shadow next to those of the code, asks here where the
 * shadow lies, and calls when a value that nobody wrote decides a branch or is used as an address.
 * E1  While the machine is not up, everything counts as written.
 * Nothing here sleeps.
 */
#include "rules/init_context.h"
#include "rules/init_origin.h"
#include "rules/init_shadow.h"
#include "rules/uninit.h"
#include "watch/watch.h"

#define FRAME_LIMIT	65536u	/* no function hands on more by value */
#define ENTRY_FRAME()	((uintptr_t)__builtin_frame_address(0))

/* A frame is the caller's frame pointer and the address it returns to. */
static inline uintptr_t frame_above(uintptr_t frame)
{
	return ((const uintptr_t *)frame)[0];
}

static inline uintptr_t frame_returns_to(uintptr_t frame)
{
	return ((const uintptr_t *)frame)[1];
}

void *__msan_get_context_state(void);
void *__msan_get_context_state(void)
{
	uintptr_t function = frame_above(ENTRY_FRAME());

	return init_state_enter(function, frame_returns_to(function));
}

#define METADATA(bytes)									\
	struct init_meta __msan_metadata_ptr_for_load_##bytes(uintptr_t address);	\
	struct init_meta __msan_metadata_ptr_for_load_##bytes(uintptr_t address)	\
	{										\
		return init_load(address, bytes);					\
	}										\
	struct init_meta __msan_metadata_ptr_for_store_##bytes(uintptr_t address);	\
	struct init_meta __msan_metadata_ptr_for_store_##bytes(uintptr_t address)	\
	{										\
		return init_store(address, bytes);					\
	}
METADATA(2)
METADATA(4)
METADATA(8)

/* One byte is also what the compiler asks for before it copies the shadow of a whole structure. */
struct init_meta __msan_metadata_ptr_for_load_1(uintptr_t address);
struct init_meta __msan_metadata_ptr_for_load_1(uintptr_t address)
{
	init_note_source(address);
	return init_load(address, 1);
}

/*
 * va_start() asks for its list, for where the registers were saved, and for the arguments on the
 * stack, one after the other; by then the list holds both addresses.  It knows the origins.
 */
static struct { uintptr_t list, registers; } variable;

static bool is_va_start(uintptr_t address)
{
	const uintptr_t *list = (const uintptr_t *)variable.list;

	return list && list[1] == address && list[2] == variable.registers;
}

struct init_meta __msan_metadata_ptr_for_store_1(uintptr_t address);
struct init_meta __msan_metadata_ptr_for_store_1(uintptr_t address)
{
	uintptr_t function = frame_above(ENTRY_FRAME());
	size_t bytes = 0;

	if (address - function < FRAME_LIMIT && !pc_is_library(frame_returns_to(function)) &&
	    !is_va_start(address))
		bytes = init_context_by_value(function, address);
	variable.list = function - variable.registers < FRAME_LIMIT ? variable.registers : 0;
	variable.registers = address;
	if (bytes)
		init_by_value(address, bytes);
	return init_store(address, 1);
}

struct init_meta __msan_metadata_ptr_for_load_n(uintptr_t address, size_t bytes);
struct init_meta __msan_metadata_ptr_for_load_n(uintptr_t address, size_t bytes)
{
	return init_load(address, bytes);
}

struct init_meta __msan_metadata_ptr_for_store_n(uintptr_t address, size_t bytes);
struct init_meta __msan_metadata_ptr_for_store_n(uintptr_t address, size_t bytes)
{
	init_store_whole(address, bytes);
	return init_store(address, bytes);
}

void __msan_poison_alloca(uintptr_t address, size_t bytes, const char *description);
void __msan_poison_alloca(uintptr_t address, size_t bytes, const char *description)
{
	if (!init_is_on())
		return;
	init_context_local(frame_above(ENTRY_FRAME()), address);
	init_poison(address, bytes,
		    origin_of_local(description, bytes, (uintptr_t)__builtin_return_address(0)));
}

void __msan_unpoison_alloca(uintptr_t address, size_t bytes);
void __msan_unpoison_alloca(uintptr_t address, size_t bytes)
{
	init_unpoison(address, bytes);
}

uint32_t __msan_chain_origin(uint32_t origin);
uint32_t __msan_chain_origin(uint32_t origin)
{
	return init_is_on() ? origin_of_store(origin, ENTRY_FRAME()) : 0;
}

void __msan_warning(uint32_t origin);
void __msan_warning(uint32_t origin)
{
	if (init_is_on())
		uninit_value(origin, UNINIT_VALUE, NULL, ENTRY_FRAME());
}

/* What assembler code writes. */
void __msan_instrument_asm_store(uintptr_t address, size_t bytes);
void __msan_instrument_asm_store(uintptr_t address, size_t bytes)
{
	init_unpoison(address, bytes);
}

void *__msan_memcpy(void *dest, const void *source, size_t bytes);
void *__msan_memcpy(void *dest, const void *source, size_t bytes)
{
	init_copy(dest, source, bytes);
	return dest;
}

void *__msan_memmove(void *dest, const void *source, size_t bytes);
void *__msan_memmove(void *dest, const void *source, size_t bytes)
{
	init_copy(dest, source, bytes);
	return dest;
}

void *__msan_memset(void *dest, int value, size_t bytes);
void *__msan_memset(void *dest, int value, size_t bytes)
{
	init_unpoison((uintptr_t)dest, bytes);
	return __builtin_memset(dest, value, bytes);
}
