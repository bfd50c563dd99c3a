/* SPDX-License-Identifier: MIT */
/*
 * stack.c - call stacks as the user sees them, each kept once
 *
 * Owns: the depot of kept stacks.  A stack holds only frames of the checked code: frames of the
 * library are left out, and in an interrupt or a bottom half it ends where the library called the
 * handler, because what was interrupted is chance.
 * S1  Equal stacks have equal numbers; a number's stack never changes.
 * S2  Number 0 is the empty stack.
 * S3  A call from the same place of the same thread mostly has the stack it had before: it is held
 *     against that frame by frame, and is only read anew where they differ (struct recent).
 * S4  What an allocation was asked for with is what it is done with: between the two its frame
 *     stays, so the number is looked for once (struct asked).
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

#define RECENT		64u
#define RECENT_DEPTH	24u

/* A stack as it was read: its frames, each with the one that follows and its return address. */
struct recent {
	uintptr_t frame, caller;
	uint32_t count;			/* frames; 0: unused */
	bool in_interrupt;
	uint32_t number;		/* 0: not kept yet */
	struct { uintptr_t next, pc; } frames[RECENT_DEPTH];
	struct km_stack stack;
};

/* S4: the call whose ALLOC_ASK was the last. */
struct asked {
	const struct km_port_thread *thread;
	uintptr_t frame, caller;
	uint32_t number;		/* 0: none */
};

static struct recent recents[RECENT];
static struct asked asked;
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

static struct recent *recent_of(uintptr_t frame, uintptr_t caller)
{
	return &recents[(frame >> 4 ^ frame >> 12 ^ caller ^ caller >> 6) % RECENT];
}

/* S3.  Each frame is read only after the one before it was found to lead there. */
static bool recent_fits(const struct recent *recent, uintptr_t frame, uintptr_t caller,
			bool in_interrupt)
{
	if (recent->frame != frame || recent->caller != caller ||
	    recent->in_interrupt != in_interrupt)
		return false;
	for (uint32_t i = 0; i < recent->count; i++) {
		const uintptr_t *words = (const uintptr_t *)frame;

		if (words[0] != recent->frames[i].next || words[1] != recent->frames[i].pc)
			return false;
		frame = words[0];
	}
	return recent->count != 0;
}

static void recent_keep(struct recent *recent, uintptr_t frame, uintptr_t caller,
			bool in_interrupt, unsigned int count)
{
	recent->count = 0;
	if (count > RECENT_DEPTH)
		return;
	recent->frame = frame;
	recent->caller = caller;
	recent->in_interrupt = in_interrupt;
	recent->number = 0;
	for (unsigned int i = 0; i < count; i++) {
		const uintptr_t *words = (const uintptr_t *)frame;

		recent->frames[i].next = words[0];
		recent->frames[i].pc = words[1];
		frame = words[0];
	}
	recent->count = count;
}

/* Return: how many frames were read. */
static unsigned int stack_walk(uintptr_t frame, uintptr_t caller, bool in_interrupt,
			       struct km_stack *ret_stack)
{
	uintptr_t raw[RAW_DEPTH];
	unsigned int count = km_port_backtrace(frame, raw, RAW_DEPTH);
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
	return count;
}

/* Out of the way of those that have it already: they need hardly a register. */
static noinline __cold void recent_read_locked(struct recent *recent, uintptr_t frame,
					       uintptr_t caller, bool in_interrupt)
{
	recent_keep(recent, frame, caller, in_interrupt,
		    stack_walk(frame, caller, in_interrupt, &recent->stack));
}

static inline struct recent *recent_take_locked(uintptr_t frame, uintptr_t caller)
{
	bool in_interrupt = km_port_self()->preempt_count & IN_INTERRUPT;
	struct recent *recent = recent_of(frame, caller);

	if (!recent_fits(recent, frame, caller, in_interrupt))
		recent_read_locked(recent, frame, caller, in_interrupt);
	return recent;
}

static void stack_copy(struct km_stack *ret_stack, const struct km_stack *stack)
{
	ret_stack->count = stack->count;
	for (uint32_t i = 0; i < stack->count; i++)
		ret_stack->pc[i] = stack->pc[i];
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
	unsigned long irq;

	if (!frame)
		frame = (uintptr_t)__builtin_frame_address(0);
	irq = km_spin_lock(&depot_lock);
	stack_copy(ret_stack, &recent_take_locked(frame, caller)->stack);
	km_spin_unlock(&depot_lock, irq);
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

static noinline uint32_t stack_keep_locked(const struct km_stack *stack)
{
	uint64_t hash = stack_hash(stack);
	struct kept_stack *kept;

	if (!stack->count || (depot_used >= depot_slots && !depot_grow_locked()))
		return 0;
	kept = depot[hash & (depot_slots - 1)];
	while (kept && !stack_equals(kept, hash, stack))
		kept = kept->next;
	if (!kept)
		kept = depot_add_locked(hash, stack);
	return kept ? kept->number : 0;
}

uint32_t stack_keep(const struct km_stack *stack)
{
	unsigned long irq = km_spin_lock(&depot_lock);
	uint32_t number = stack_keep_locked(stack);

	km_spin_unlock(&depot_lock, irq);
	return number;
}

static inline uint32_t number_locked(uintptr_t frame, uintptr_t caller)
{
	struct recent *recent = recent_take_locked(frame, caller);

	if (!recent->number)
		recent->number = stack_keep_locked(&recent->stack);
	return recent->number;
}

uint32_t stack_number(uintptr_t frame, uintptr_t caller)
{
	unsigned long irq = km_spin_lock(&depot_lock);
	uint32_t number;

	if (!frame)
		frame = (uintptr_t)__builtin_frame_address(0);
	number = number_locked(frame, caller);
	km_spin_unlock(&depot_lock, irq);
	return number;
}

uint32_t stack_ask(uintptr_t frame, uintptr_t caller)
{
	unsigned long irq = km_spin_lock(&depot_lock);
	uintptr_t from = frame ? frame : (uintptr_t)__builtin_frame_address(0);
	uint32_t number = number_locked(from, caller);

	asked = (struct asked){ km_port_self(), frame, caller, frame ? number : 0 };
	km_spin_unlock(&depot_lock, irq);
	return number;
}

uint32_t stack_asked(uintptr_t frame, uintptr_t caller)
{
	unsigned long irq = km_spin_lock(&depot_lock);
	uint32_t number = 0;

	if (asked.frame == frame && asked.caller == caller && asked.thread == km_port_self())
		number = asked.number;
	asked.number = 0;
	if (!number)
		number = number_locked(frame ? frame : (uintptr_t)__builtin_frame_address(0),
				       caller);
	km_spin_unlock(&depot_lock, irq);
	return number;
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
	asked.number = 0;
	for (unsigned int i = 0; i < RECENT; i++)
		recents[i].count = 0;
	for (unsigned int i = 0; i < NUMBER_BLOCKS; i++)
		depot_blocks[i] = NULL;
}
