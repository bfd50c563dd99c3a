/* SPDX-License-Identifier: MIT */
/*
 * area.c - take an area from the chunks and give it back; a worker keeps some room ready
 *
 * Owns: percpu_lock, the room in reserve.
 * R1  Whoever may not sleep takes from the chunks that exist; the worker makes a new one when no
 *     run of RESERVE_BYTES is left, or when such a request has failed.
 * R2  A chunk that became empty is given back when another has a run of RESERVE_BYTES.
 * R3  A pointer handed out is the address in CPU 0's unit less __per_cpu_offset[0].
 * Lock: percpu_lock.  area_take() sleeps as its gfp says; all else runs in any context but NMI.
 */
#include "percpu/chunk.h"

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include "kern/kern.h"
#include "percpu/percpu_room.h"
#include "watch/watch.h"

#define RESERVE_BYTES	8192u		/* Linux: PCPU_EMPTY_POP_PAGES_LOW, two pages */
#define RESERVE		(RESERVE_BYTES / PERCPU_GRANULE)
#define TAKE_NS		3000		/* km_port_effort() of a look for room */
#define WARN_LIMIT	10		/* failures told, as in Linux */

struct km_spin percpu_lock = KM_SPIN_INIT;
static bool wants_chunk;		/* a request that could not wait has failed */
static unsigned int warnings;

static void balance(struct work_struct *work);
static DECLARE_ENGINE_WORK(balance_work, balance);

/* -- the worker ------------------------------------------------------------------------------- */

/* An empty chunk that nobody needs, out of the set; NULL if there is none. */
static struct percpu_chunk *take_spare(void)
{
	unsigned long irq = km_spin_lock(&percpu_lock);
	struct percpu_chunk *chunk = set_first_locked();

	while (chunk && (chunk->areas || chunk->is_fixed || !set_has_run_locked(RESERVE, chunk)))
		chunk = set_next_locked(chunk);
	if (chunk)
		set_remove_locked(chunk);
	km_spin_unlock(&percpu_lock, irq);
	return chunk;
}

static bool reserve_is_low(void)
{
	unsigned long irq = km_spin_lock(&percpu_lock);
	bool is_low = wants_chunk || !set_has_run_locked(RESERVE, NULL);

	wants_chunk = false;
	km_spin_unlock(&percpu_lock, irq);
	return is_low;
}

static void chunk_show(struct percpu_chunk *chunk)
{
	unsigned long irq = km_spin_lock(&percpu_lock);

	set_add_locked(chunk);
	km_spin_unlock(&percpu_lock, irq);
}

static void balance(struct work_struct *work)
{
	struct percpu_chunk *chunk;

	watch_enter();
	if (reserve_is_low()) {
		chunk = chunk_make(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN);
		if (chunk)
			chunk_show(chunk);
	}
	while ((chunk = take_spare()))
		chunk_unmake(chunk);
	watch_leave();
}

static void balance_soon(void)
{
	watch_enter();
	schedule_work(&balance_work);
	watch_leave();
}

void percpu_flush(void)
{
	flush_work(&balance_work);
}

/* -- taking ----------------------------------------------------------------------------------- */

static void tell_failure(const struct percpu_ask *ask, bool is_atomic, const char *reason)
{
	unsigned int told;

	if (ask->gfp & __GFP_NOWARN || is_atomic)
		return;
	told = __atomic_load_n(&warnings, __ATOMIC_RELAXED);
	if (told >= WARN_LIMIT)
		return;
	__atomic_store_n(&warnings, told + 1, __ATOMIC_RELAXED);
	pr_warn("percpu: allocation failed, size=%zu align=%zu atomic=%d, %s\n", ask->bytes,
		ask->align, is_atomic, reason);
	dump_stack();
	if (told + 1 == WARN_LIMIT)
		pr_info("percpu: limit reached, disable warning\n");
}

static bool ask_is_served(const struct percpu_ask *ask)
{
	if (ask->bytes && ask->bytes <= PCPU_MIN_UNIT_SIZE && ask->align <= PAGE_SIZE &&
	    ask->align && !(ask->align & (ask->align - 1)))
		return true;
	WARN(!(ask->gfp & __GFP_NOWARN),
	     "illegal size (%zu) or align (%zu) for percpu allocation\n",
	     ask->bytes, ask->align);
	return false;
}

/* Address of the area in CPU 0's unit; 0 if no chunk has room. */
static uintptr_t take_now(uint32_t want, uint32_t align, bool *ret_is_low)
{
	unsigned long irq = km_spin_lock(&percpu_lock);
	uint32_t at;
	struct percpu_chunk *chunk = set_take_locked(want, align, &at);
	uintptr_t address = chunk ? chunk->base + (uintptr_t)at * PERCPU_GRANULE : 0;

	km_port_effort(TAKE_NS);
	*ret_is_low = !set_has_run_locked(RESERVE, NULL);
	km_spin_unlock(&percpu_lock, irq);
	return address;
}

static bool grow(gfp_t gfp)
{
	struct percpu_chunk *chunk = chunk_make(gfp);

	if (chunk)
		chunk_show(chunk);
	return chunk != NULL;
}

static void wipe(void *pointer, size_t bytes)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr((char *)pointer, cpu), 0, bytes);
}

static void *area_try(const struct percpu_ask *ask)
{
	uint32_t want = DIV_ROUND_UP(ask->bytes, PERCPU_GRANULE);
	uint32_t align = max_t(size_t, ask->align, PERCPU_GRANULE) / PERCPU_GRANULE;
	gfp_t gfp = current_gfp_context(ask->gfp);
	bool is_atomic = !gfpflags_allow_blocking(gfp), is_low;
	uintptr_t address;
	void *pointer;

	gfp &= GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN;
	while (!(address = take_now(want, align, &is_low))) {
		if (is_atomic) {
			wants_chunk = true;
			balance_soon();
			tell_failure(ask, is_atomic, "atomic alloc failed, no space left");
			return NULL;
		}
		if (!grow(gfp)) {
			tell_failure(ask, is_atomic, "failed to allocate new chunk");
			return NULL;
		}
	}
	if (is_low)
		balance_soon();
	pointer = (void *)(address - __per_cpu_offset[0]);
	wipe(pointer, want * PERCPU_GRANULE);
	return pointer;
}

/* The pointer, or NULL. */
void *area_take(const struct percpu_ask *ask)
{
	void *pointer;

	if (!ask_is_served(ask))
		return NULL;
	watch_enter();
	pointer = area_try(ask);
	watch_leave();
	return pointer;
}

/* -- giving back ------------------------------------------------------------------------------ */

static uintptr_t address_of(const void *pointer)
{
	return (uintptr_t)pointer + __per_cpu_offset[0];
}

bool area_give(void *pointer)
{
	uintptr_t address = address_of(pointer);
	unsigned long irq = km_spin_lock(&percpu_lock);
	struct percpu_chunk *chunk = set_find_locked(address);
	bool is_spare, is_area = false;

	if (chunk && (address - chunk->base) % PERCPU_GRANULE == 0)
		is_area = set_give_locked(chunk, (address - chunk->base) / PERCPU_GRANULE);
	is_spare = is_area && !chunk->areas && !chunk->is_fixed &&
		   set_has_run_locked(RESERVE, chunk);
	km_spin_unlock(&percpu_lock, irq);
	if (is_spare)
		balance_soon();
	return is_area;
}

void percpu_release(void *pointer)
{
	area_give(pointer);
}

size_t area_bytes(const void *pointer)
{
	uintptr_t address = address_of(pointer);
	unsigned long irq = km_spin_lock(&percpu_lock);
	struct percpu_chunk *chunk = set_find_locked(address);
	uint32_t length = 0;

	if (chunk && (address - chunk->base) % PERCPU_GRANULE == 0)
		length = chunk_length(chunk, (address - chunk->base) / PERCPU_GRANULE);
	km_spin_unlock(&percpu_lock, irq);
	return (size_t)length * PERCPU_GRANULE;
}

/* -- life of the room ------------------------------------------------------------------------- */

int area_boot(bool watched)
{
	struct percpu_chunk *first;
	unsigned long irq;

	warnings = 0;
	wants_chunk = false;
	units_boot();
	first = chunk_make_first(watched);
	if (!first)
		return -ENOMEM;
	irq = km_spin_lock(&percpu_lock);
	set_boot_locked();
	set_add_locked(first);
	km_spin_unlock(&percpu_lock, irq);
	/* Who may not sleep finds room from the start, as without rules. */
	if (watched && !grow(GFP_KERNEL))
		return -ENOMEM;
	return 0;
}

/* Areas still out; all frames go back. */
unsigned long area_shutdown(void)
{
	struct percpu_chunk *chunk;
	unsigned long left = 0;

	percpu_flush();
	while ((chunk = set_first_locked())) {
		left += chunk->areas;
		set_remove_locked(chunk);
		chunk_unmake(chunk);
	}
	return left;
}
