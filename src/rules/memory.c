/* SPDX-License-Identifier: MIT */
/*
 * memory.c - the rules' own memory, out of reach of the allocators they watch
 *
 * Owns: the chunk being carved.  What is carved is never given back; users of this file keep free
 * lists of their own.
 * M1  Every block is zeroed and starts at a multiple of 16; one of whole lines of the processor's
 *     cache is just these lines.
 * M2  All blocks of one machine take MEMORY_LIMIT bytes at most; then there are no more, and those
 *     who ask go on without.
 * Lock: memory_lock.  Nothing here sleeps or prints.
 */
#include "rules/rules.h"

#define CHUNK_BYTES	((size_t)1 << 20)
#define LINE_BYTES	((size_t)64)	/* of the processor's cache */
#define MEMORY_LIMIT	((size_t)1 << 30)

static struct km_spin memory_lock = KM_SPIN_INIT;
static char *chunk;
static size_t chunk_left, memory_left = MEMORY_LIMIT;

/* M2 */
static void *grab(size_t bytes)
{
	void *block = NULL;

	if (__atomic_load_n(&memory_left, __ATOMIC_RELAXED) >= bytes)
		block = km_port_grab(bytes);
	if (block)
		__atomic_fetch_sub(&memory_left, bytes, __ATOMIC_RELAXED);
	return block;
}

void memory_limit(size_t bytes)
{
	chunk_left = 0;
	memory_left = bytes;
}

static void *carve_locked(size_t bytes)
{
	size_t gap = bytes % LINE_BYTES ? 0 : -(uintptr_t)chunk % LINE_BYTES;
	char *block;

	if (bytes + gap > chunk_left) {
		chunk = grab(CHUNK_BYTES);
		chunk_left = chunk ? CHUNK_BYTES : 0;
		gap = 0;
		if (!chunk)
			return NULL;
	}
	chunk += gap;
	chunk_left -= gap;
	block = chunk;
	chunk += bytes;
	chunk_left -= bytes;
	return block;
}

/**
 * memory_carve() - a zeroed block for a rule's own records
 * @bytes: any; large blocks come straight from the port
 *
 * Context: any.  Return: the block, or NULL when the port has no more.
 */
void *memory_carve(size_t bytes)
{
	unsigned long irq;
	void *block;

	bytes = (bytes + 15) & ~(size_t)15;
	if (bytes > CHUNK_BYTES / 4)
		return grab(bytes);
	irq = km_spin_lock(&memory_lock);
	block = carve_locked(bytes);
	km_spin_unlock(&memory_lock, irq);
	return block;
}

void memory_break_lock(void)
{
	memory_lock.word = 0;
}

void memory_forget(void)
{
	chunk = NULL;
	memory_limit(MEMORY_LIMIT);
}
