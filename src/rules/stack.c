/* SPDX-License-Identifier: MIT */
/*
 * stack.c - call stacks as the user sees them, each kept once
 *
 * Owns: the depot of kept stacks.  A stack holds only frames of the checked code: frames of the
 * library are left out, and in an interrupt or a bottom half it ends where the library called the
 * handler, because what was interrupted is chance.
 * S1  Equal stacks have equal numbers; a number's stack never changes.
 * S2  Number 0 is the empty stack.
 * Lock: depot_lock.  Nothing here sleeps or prints.
 */
#include "rules/rules.h"

#define RAW_DEPTH	96
#define NUMBER_BLOCK	4096	/* numbers per block of the directory */
#define NUMBER_BLOCKS	1024

/* preempt_count above the preempt byte: softirq, hardirq or NMI (kmalloc/port.h) */
#define IN_INTERRUPT	0x00ffff00u

struct kept_stack {
	struct kept_stack *next;
	uint64_t hash;
	uint32_t number, count;
	uintptr_t pc[];
};

struct kept_block { struct kept_stack *stacks[NUMBER_BLOCK]; };

/*
 * Set by the linker: the library's own code in a checked program (absent elsewhere), and the whole
 * program's.
 */
extern const char __start_km_text[] __attribute__((weak));
extern const char __stop_km_text[] __attribute__((weak));
extern const char __executable_start[] __attribute__((weak));
extern const char etext[] __attribute__((weak));

static struct km_spin depot_lock = KM_SPIN_INIT;
static struct kept_stack **depot;
static uint32_t depot_slots, depot_used;
static struct kept_block *depot_blocks[NUMBER_BLOCKS];

bool pc_is_library(uintptr_t pc)
{
	return __start_km_text && pc > (uintptr_t)__start_km_text &&
	       pc <= (uintptr_t)__stop_km_text;
}

bool pc_is_checked(uintptr_t pc)
{
	return __start_km_text && !pc_is_library(pc);
}

bool pc_is_program(uintptr_t pc)
{
	if (!__executable_start || !etext)
		return true;
	if (pc > (uintptr_t)__executable_start && pc <= (uintptr_t)etext)
		return true;
	return pc_is_library(pc);
}

/* Where in @raw the user's call is: at @caller if it is near the top, else the top. */
static unsigned int find_caller(const uintptr_t *raw, unsigned int count, uintptr_t caller)
{
	for (unsigned int i = 0; i < count && i < 12; i++)
		if (raw[i] == caller)
			return i;
	return 0;
}

/**
 * stack_take() - the call stack of the checked code
 * @frame:  frame pointer of the library function that was called; 0: of the caller of this function
 * @caller: return address into the checked code, 0 if unknown; frames above it are dropped
 *
 * Context: any.  Cost: one walk of frame pointers.  ret_stack->count is 0 when no checked code is
 * on the stack.
 */
void stack_take(uintptr_t frame, uintptr_t caller, struct km_stack *ret_stack)
{
	bool in_interrupt = km_port_self()->preempt_count & IN_INTERRUPT;
	uintptr_t raw[RAW_DEPTH];
	unsigned int count = km_port_backtrace(
		frame ? frame : (uintptr_t)__builtin_frame_address(0), raw, RAW_DEPTH);
	unsigned int at = find_caller(raw, count, caller);

	ret_stack->count = 0;
	if (caller && (!count || raw[at] != caller) && !pc_is_library(caller))
		ret_stack->pc[ret_stack->count++] = caller;
	for (; at < count && ret_stack->count < KM_STACK_DEPTH; at++) {
		if (!pc_is_program(raw[at]))
			break;
		if (!pc_is_library(raw[at]))
			ret_stack->pc[ret_stack->count++] = raw[at];
		else if (in_interrupt && ret_stack->count)
			break;
	}
}

/*
 * The same in every run of one program: it is what --fail takes. Never 0 for a stack that is not
 * empty.
 */
uint64_t stack_hash(const struct km_stack *stack)
{
	uint64_t hash = 0xcbf29ce484222325ull;

	if (!stack->count)
		return 0;
	for (uint32_t i = 0; i < stack->count; i++) {
		hash ^= stack->pc[i];
		hash *= 0x100000001b3ull;
		hash ^= hash >> 29;
	}
	return hash ? hash : 1;
}

static bool stack_equals(const struct kept_stack *kept, uint64_t hash, const struct km_stack *stack)
{
	if (kept->hash != hash || kept->count != stack->count)
		return false;
	for (uint32_t i = 0; i < stack->count; i++)
		if (kept->pc[i] != stack->pc[i])
			return false;
	return true;
}

static bool depot_grow_locked(void)
{
	uint32_t slots = depot_slots ? depot_slots * 2 : 4096;
	struct kept_stack **bigger = memory_carve(slots * sizeof(*bigger));

	if (!bigger)
		return false;
	for (uint32_t i = 0; i < depot_slots; i++) {
		for (struct kept_stack *kept = depot[i], *next; kept; kept = next) {
			next = kept->next;
			kept->next = bigger[kept->hash & (slots - 1)];
			bigger[kept->hash & (slots - 1)] = kept;
		}
	}
	depot = bigger;
	depot_slots = slots;
	return true;
}

static struct kept_stack *depot_add_locked(uint64_t hash, const struct km_stack *stack)
{
	uint32_t number = depot_used + 1, block = number / NUMBER_BLOCK;
	struct kept_stack *kept;

	if (block >= NUMBER_BLOCKS)
		return NULL;
	if (!depot_blocks[block])
		depot_blocks[block] = memory_carve(sizeof(struct kept_block));
	kept = memory_carve(sizeof(*kept) + stack->count * sizeof(kept->pc[0]));
	if (!kept || !depot_blocks[block])
		return NULL;
	kept->hash = hash;
	kept->number = number;
	kept->count = stack->count;
	for (uint32_t i = 0; i < stack->count; i++)
		kept->pc[i] = stack->pc[i];
	kept->next = depot[hash & (depot_slots - 1)];
	depot[hash & (depot_slots - 1)] = kept;
	depot_blocks[block]->stacks[number % NUMBER_BLOCK] = kept;
	depot_used = number;
	return kept;
}

uint32_t stack_keep(const struct km_stack *stack)
{
	uint64_t hash = stack_hash(stack);
	struct kept_stack *kept = NULL;
	unsigned long irq;

	if (!stack->count)
		return 0;
	irq = km_spin_lock(&depot_lock);
	if (depot_used < depot_slots || depot_grow_locked()) {
		kept = depot[hash & (depot_slots - 1)];
		while (kept && !stack_equals(kept, hash, stack))
			kept = kept->next;
		if (!kept)
			kept = depot_add_locked(hash, stack);
	}
	km_spin_unlock(&depot_lock, irq);
	return kept ? kept->number : 0;
}

void stack_read(uint32_t number, struct km_stack *ret_stack)
{
	const struct kept_stack *kept;

	ret_stack->count = 0;
	if (!number || number > depot_used)
		return;
	kept = depot_blocks[number / NUMBER_BLOCK]->stacks[number % NUMBER_BLOCK];
	ret_stack->count = kept->count;
	for (uint32_t i = 0; i < kept->count; i++)
		ret_stack->pc[i] = kept->pc[i];
}

uint32_t stack_count(void)
{
	return depot_used;
}

void stack_break_lock(void)
{
	depot_lock.word = 0;
}

void stack_forget(void)
{
	depot = NULL;
	depot_slots = depot_used = 0;
	for (unsigned int i = 0; i < NUMBER_BLOCKS; i++)
		depot_blocks[i] = NULL;
}
