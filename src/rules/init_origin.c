/* SPDX-License-Identifier: MIT */
/*
 * init_origin.c - where values that nobody wrote come from, each kept once
 *
 * Owns: the table of origins.
 * G1  Equal origins have equal numbers; a number's origin never changes.
 * G2  After CHAIN_LIMIT copies the origin stays as it is: what is new is not kept.
 * Lock: origins_lock.  Nothing here sleeps or prints.
 */
#include "rules/init_origin.h"

#define BLOCK_BITS	12
#define BLOCK_ORIGINS	(1u << BLOCK_BITS)
#define BLOCKS		256u
#define SLOTS		16384u		/* power of two */
#define CHAIN_LIMIT	7u
#define LOCALS_KNOWN	1021u

struct origin_block { struct origin at[BLOCK_ORIGINS]; };

static struct km_spin origins_lock = KM_SPIN_INIT;
static struct origin_block *blocks[BLOCKS];
static uint32_t slots[SLOTS];
static uint32_t origin_count;		/* number 0 is nobody's */

static struct local_known {
	const char *description;
	uintptr_t pc;
	size_t bytes;
	uint32_t id;
} locals_known[LOCALS_KNOWN];

static struct {
	uintptr_t address;
	size_t bytes;
	uint32_t origin;
} last_load;

void origin_forget(void)
{
	for (unsigned int i = 0; i < BLOCKS; i++)
		blocks[i] = NULL;
	for (unsigned int i = 0; i < SLOTS; i++)
		slots[i] = 0;
	for (unsigned int i = 0; i < LOCALS_KNOWN; i++)
		locals_known[i].pc = 0;
	origin_count = 0;
	last_load.bytes = 0;
}

static struct origin *origin_slot(uint32_t number)
{
	return &blocks[number >> BLOCK_BITS]->at[number & (BLOCK_ORIGINS - 1)];
}

const struct origin *origin_read(uint32_t id)
{
	uint32_t number = id & ~INIT_STORED;

	return number && number <= origin_count ? origin_slot(number) : NULL;
}

uint32_t origin_root(uint32_t id)
{
	const struct origin *origin = origin_read(id);

	while (origin && origin->kind == ORIGIN_STORED) {
		id = origin->before;
		origin = origin_read(id);
	}
	return id & ~INIT_STORED;
}

static bool is_same(const struct origin *a, const struct origin *b)
{
	return a->what == b->what && a->bytes == b->bytes && a->stack == b->stack &&
	       a->before == b->before && a->kind == b->kind;
}

static uint32_t origin_hash(const struct origin *origin)
{
	uint64_t hash = (uintptr_t)origin->what * 0x9e3779b97f4a7c15ull;

	hash = (hash ^ origin->bytes) * 0x100000001b3ull;
	hash = (hash ^ origin->stack) * 0x100000001b3ull;
	hash = (hash ^ origin->before) * 0x100000001b3ull;
	return (uint32_t)(hash ^ hash >> 32) & (SLOTS - 1);
}

static uint32_t add_locked(const struct origin *wanted, uint32_t slot)
{
	uint32_t number = origin_count + 1;
	struct origin_block **block = &blocks[number >> BLOCK_BITS];

	if (number >> BLOCK_BITS >= BLOCKS)
		return 0;
	if (!*block)
		*block = memory_carve(sizeof(**block));
	if (!*block)
		return 0;
	origin_count = number;
	*origin_slot(number) = *wanted;
	origin_slot(number)->next = slots[slot];
	slots[slot] = number;
	return number;
}

static uint32_t origin_keep(const struct origin *wanted)
{
	uint32_t slot = origin_hash(wanted), number;
	unsigned long irq = km_spin_lock(&origins_lock);

	number = slots[slot];
	while (number && !is_same(origin_slot(number), wanted))
		number = origin_slot(number)->next;
	if (!number)
		number = add_locked(wanted, slot);
	km_spin_unlock(&origins_lock, irq);
	return number;
}

uint32_t origin_of_allocation(const char *what, size_t bytes, uint32_t stack)
{
	const struct origin wanted = {
		.what = what, .bytes = bytes, .stack = stack, .kind = ORIGIN_ALLOCATED,
	};

	return origin_keep(&wanted);
}

/*
 * Functions poison their variables at each entry: no stack is walked, the place is enough, and the
 * last answers are at hand.
 */
uint32_t origin_of_local(const char *description, size_t bytes, uintptr_t pc)
{
	struct local_known *known = &locals_known[((uintptr_t)description ^ pc) % LOCALS_KNOWN];
	struct origin wanted = { .what = description, .bytes = bytes, .kind = ORIGIN_LOCAL };
	struct km_stack place;

	if (known->pc == pc && known->description == description && known->bytes == bytes)
		return known->id;
	place.count = 1;
	place.pc[0] = pc;
	wanted.stack = stack_keep(&place);
	known->pc = pc;
	known->description = description;
	known->bytes = bytes;
	known->id = origin_keep(&wanted);
	return known->id;
}

uint32_t origin_of_store(uint32_t before, uintptr_t frame)
{
	const struct origin *origin = origin_read(before);
	struct origin wanted = { .before = before & ~INIT_STORED, .kind = ORIGIN_STORED };
	struct km_stack stack;
	uint32_t number;

	if (!origin || origin->depth >= CHAIN_LIMIT)
		return before | INIT_STORED;
	wanted.depth = origin->depth + 1;
	stack_take(frame, 0, &stack);
	wanted.stack = stack_keep(&stack);
	number = origin_keep(&wanted);
	return (number ? number : before) | INIT_STORED;
}

void origin_note_load(uintptr_t address, size_t bytes, uint32_t origin)
{
	last_load.address = address;
	last_load.bytes = bytes;
	last_load.origin = origin;
}

size_t origin_take_load(uint32_t root, uintptr_t *ret_address)
{
	size_t bytes = last_load.bytes;

	if (!bytes || origin_root(last_load.origin) != root)
		return 0;
	*ret_address = last_load.address;
	last_load.bytes = 0;
	return bytes;
}

bool origin_last_load(uint32_t *ret_origin, uintptr_t *ret_address)
{
	if (last_load.bytes != sizeof(uintptr_t))
		return false;
	*ret_origin = last_load.origin;
	*ret_address = last_load.address;
	return true;
}
