/* SPDX-License-Identifier: MIT */
/*
 * inspect.c - look at the chunks; changes nothing
 *
 * Lock: percpu_lock.  Any context but NMI; the walks take time with the number of chunks.
 */
#include "percpu/chunk.h"

#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include "percpu/percpu_room.h"

static unsigned long chunk_frames(const struct percpu_chunk *chunk)
{
	if (chunk->is_fixed)
		return 0;
	return (percpu_units.unit_bytes * nr_cpu_ids >> PAGE_SHIFT) + (1UL << chunk->record_order);
}

void percpu_read_stats(struct percpu_stats *ret_stats)
{
	unsigned long irq = km_spin_lock(&percpu_lock);

	*ret_stats = (struct percpu_stats) { 0 };
	for (struct percpu_chunk *chunk = set_first_locked(); chunk;
	     chunk = set_next_locked(chunk)) {
		ret_stats->chunks++;
		ret_stats->areas += chunk->areas;
		ret_stats->frames += chunk_frames(chunk);
		ret_stats->taken_bytes += (size_t)(chunk->capacity - chunk->free) * PERCPU_GRANULE;
		ret_stats->free_bytes += (size_t)chunk->free * PERCPU_GRANULE;
	}
	km_spin_unlock(&percpu_lock, irq);
}

/* Frames behind dynamic per-CPU memory and its records; Linux: the "Percpu:" line of meminfo. */
unsigned long pcpu_nr_pages(void)
{
	struct percpu_stats stats;

	percpu_read_stats(&stats);
	return stats.frames;
}

bool percpu_validate(void)
{
	unsigned long irq = km_spin_lock(&percpu_lock);
	struct percpu_chunk *chunk = set_first_locked();
	const char *fault = NULL;

	for (; chunk && !fault; chunk = set_next_locked(chunk)) {
		fault = chunk_fault(chunk);
		if (!fault && chunk->class != (uint32_t)fls(chunk->longest))
			fault = "L1: a chunk is in the wrong class";
	}
	km_spin_unlock(&percpu_lock, irq);
	if (fault)
		pr_err("percpu: %s\n", fault);
	return !fault;
}

/* The chunk one of whose units holds @address. */
static struct percpu_chunk *chunk_around_locked(uintptr_t address)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct percpu_chunk *chunk =
			set_find_locked(address - cpu * percpu_units.unit_bytes);

		if (chunk)
			return chunk;
	}
	return NULL;
}

struct page *chunk_frame(uintptr_t address)
{
	unsigned long irq = km_spin_lock(&percpu_lock);
	struct percpu_chunk *chunk = chunk_around_locked(address);
	struct page *page = NULL, *frame;
	unsigned long index;

	if (chunk && !chunk->is_fixed) {
		index = (address - chunk->base) >> PAGE_SHIFT;
		list_for_each_entry(frame, &chunk->frames, lru) {
			if (!index--) {
				page = frame;
				break;
			}
		}
	}
	km_spin_unlock(&percpu_lock, irq);
	return page;
}
