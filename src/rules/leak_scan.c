/* SPDX-License-Identifier: MIT */
/*
 * leak_scan.c - which objects something still refers to
 *
 * Owns: the marks of a scan.  It is conservative: whatever looks like an address counts, to any
 * byte of an object.  What it misses the ledger tells at exit; what it tells must be true.
 * N1  Roots: the program's variables (the engine's too: timers, work, interrupts and notifiers hang
 *     there), static per-CPU variables, all tasks with their stacks and saved registers, memory of
 *     the engine's own, objects made before the module, what devices hold.
 * N2  The tables of this room are no roots: they know every object.  They lie in memory of the
 *     port's (R1), which is never looked through.
 * N3  A struct page refers to all that lies in its page, a mapping to what is mapped, the address
 *     of one CPU's copy to the per-CPU area.  A bus address counts while a device may use it; a
 *     physical address only if an object begins there, a frame number only for whole pages.  The
 *     upper 16 bits may hold something else.  The parts of a split block keep each other.
 * N4  The engine keeps its slabs by their struct pages, so those count only where users keep them.
 * Context: one thread, machine quiet.  No lock, for nothing changes; nothing here sleeps.
 */
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "kern/core.h"
#include "kern/kern.h"
#include "page/page_room.h"
#include "rules/leak_scan.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

#define ADDRESS_BITS	48
#define LARGEST_NUMBER	((uintptr_t)1 << 40)	/* of a physical address */
#define PAGE_WORDS	(PAGE_SIZE / sizeof(uintptr_t))
/* struct page up to its counters: what a user may keep a pointer in */
#define PAGE_HEAD	offsetof(struct page, _mapcount)

extern const char __data_start[] __attribute__((weak));
extern const char _end[] __attribute__((weak));
/* The library's own variables in a checked program, put together by library.ld. */
extern const char __start_km_data[] __attribute__((weak));
extern const char __stop_km_data[] __attribute__((weak));
extern const char __start_km_bss[] __attribute__((weak));
extern const char __stop_km_bss[] __attribute__((weak));

static struct {
	uint32_t round;
	/*
	 * objects lie in [~not_low, ~not_low + span]; inverted, because this is a variable that the
	 * scan looks through
	 */
	uintptr_t not_low, span;
	bool has_percpu;
	bool is_users;			/* what is looked through is the user's: N4 */
	struct object *work;		/* reached, not looked through: linked by scan_next */
	struct hint_block *blocks;
} scan;

bool scan_reached(const struct object *object)
{
	return object->scan_round == scan.round;
}

/* -- references ------------------------------------------------------------------------------- */

static void reach(struct object *object)
{
	if (!object || object->state != OBJECT_LIVE || scan_reached(object))
		return;
	object->scan_round = scan.round;
	object->scan_next = scan.work;
	scan.work = object;
}

/* Everything that lies in the page. */
static void reach_page(const struct page *page)
{
	uintptr_t address = (uintptr_t)frame_address(page);
	struct object *cover;

	if (page->owner == PAGE_OWNER_SLAB && !scan.is_users)
		return;
	for (struct object *object = objects_of_page(address, &cover); object;
	     object = object->page_next)
		reach(object);
	reach(cover);
}

static void reach_blocks(uintptr_t word)
{
	for (struct hint_block *block = scan.blocks; block; block = block->next)
		if (word - block->start < block->bytes)
			block->seen++;
}

/* The address of one CPU's copy of a per-CPU area. */
static void reach_copy(uintptr_t word)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		struct object *object = object_around(word - __per_cpu_offset[cpu]);

		if (object && object->family == KM_FAMILY_PERCPU)
			reach(object);
	}
}

static bool may_hold(uintptr_t word)
{
	return word - ~scan.not_low <= scan.span;
}

/* Numbers that say where memory is without being its address. */
static void reach_number(uintptr_t word)
{
	struct page *page;
	struct object *object;

	if (!word || word >= LARGEST_NUMBER)
		return;
	page = pfn_frame(word);
	if (may_hold(word + frame_offset))
		reach(object_at(word + frame_offset));
	object = page ? object_at((uintptr_t)frame_address(page)) : NULL;
	if (object && object->family == KM_FAMILY_PAGES)
		reach(object);
}

static void reach_word(uintptr_t word)
{
	size_t frames = frame_flat_count * sizeof(struct page);

	if (!word)
		return;
	if (word >> ADDRESS_BITS) {
		/* Only per-CPU pointers, which are differences, are that large. */
		if (may_hold(word))
			reach(object_around(word));
		word &= ((uintptr_t)1 << ADDRESS_BITS) - 1;
	}
	if (may_hold(word))
		reach(object_around(word));
	if (word - (uintptr_t)frame_flat < frames)
		reach_page(&frame_flat[(word - (uintptr_t)frame_flat) / sizeof(struct page)]);
	if (scan.blocks)
		reach_blocks(word);
	if (scan.has_percpu && word > PAGE_SIZE)
		reach_copy(word);
}

static uintptr_t word_at(uintptr_t address)
{
	uintptr_t word;

	memcpy(&word, (const void *)address, sizeof(word));
	return word;
}

/*
 * Packed structures keep pointers anywhere, so each byte may begin one.  Half of a pointer looks
 * like a number, so those only count where a word is.
 */
static void look_through(uintptr_t start, size_t bytes, size_t step)
{
	if (bytes < sizeof(uintptr_t))
		return;
	for (uintptr_t at = start; at <= start + bytes - sizeof(uintptr_t); at += step) {
		uintptr_t word = word_at(at);

		reach_word(word);
		if (at % sizeof(uintptr_t) == 0)
			reach_number(word);
	}
}

/* -- objects ---------------------------------------------------------------------------------- */

static bool is_readable(uintptr_t start, size_t bytes)
{
	struct vmap_place place;

	if (frame_of((const void *)start))
		return frame_of((const void *)(start + bytes - 1)) != NULL;
	return vmap_find((const void *)start, &place) && !place.in_guard;
}

static void look_through_percpu(uintptr_t start, size_t bytes)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++)
		look_through(start + __per_cpu_offset[cpu], bytes, 1);
}

static bool is_in_frames(const void *address)
{
	return (uintptr_t)address - (uintptr_t)frame_flat <
	       frame_flat_count * sizeof(struct page);
}

/* What a page was linked to when it was free is still there, but its neighbours have gone on. */
static bool is_linked(const struct list_head *entry)
{
	return (!is_in_frames(entry->next) || entry->next->prev == entry) &&
	       (!is_in_frames(entry->prev) || entry->prev->next == entry);
}

/* The words of its struct pages, where users link pages and keep a pointer. */
static void look_through_frames(uintptr_t start, size_t bytes)
{
	for (uintptr_t at = start; at < start + bytes; at += PAGE_SIZE) {
		const struct page *page = frame_of((const void *)at);
		size_t skip = page && is_linked(&page->lru) ? offsetof(struct page, lru) :
							       offsetof(struct page, mapping);

		if (page)
			look_through((uintptr_t)page + skip, PAGE_HEAD - skip, sizeof(uintptr_t));
	}
}

/* vmap() of pages that are known by nothing else. */
static void reach_mapped(uintptr_t start, size_t bytes)
{
	for (uintptr_t at = start; at < start + bytes; at += PAGE_SIZE) {
		const struct page *page = vmalloc_to_page((const void *)at);

		if (page)
			reach_page(page);
	}
}

/* Of a block that was split its user may know the first page only. */
static void reach_parts(const struct object *object)
{
	struct object *next = object_at(object->start + object->usable);
	struct object *before = object_around(object->start - 1);

	if (next && next->family == KM_FAMILY_PAGES && !strcmp(next->what, "split_page"))
		reach(next);
	if (before && before->family == KM_FAMILY_PAGES && !strcmp(object->what, "split_page"))
		reach(before);
}

static void look_through_areas(const struct object *object)
{
	const struct hint_area *area = NULL;
	uintptr_t end = object->start + object->usable;

	while ((area = hint_area_next(object, area))) {
		size_t rest = area->start < end ? end - area->start : 0;

		look_through(area->start, area->bytes < rest ? area->bytes : rest, 1);
	}
}

static void look_into(const struct object *object)
{
	/* What a genpool hands out need not be memory. */
	if (object->family == KM_FAMILY_GENPOOL || object->hints & HINT_BLIND || !object->usable)
		return;
	if (object->family == KM_FAMILY_PERCPU) {
		look_through_percpu(object->start, object->usable);
		return;
	}
	if (!is_readable(object->start, object->usable))
		return;
	if (object->hints & HINT_AREAS)
		look_through_areas(object);
	else
		look_through(object->start, object->usable, 1);
	if (object->family == KM_FAMILY_PAGES) {
		look_through_frames(object->start, object->usable);
		reach_parts(object);
	}
	if (is_vmalloc_addr((const void *)object->start))
		reach_mapped(object->start, object->usable);
}

static void follow(void)
{
	while (scan.work) {
		struct object *object = scan.work;

		scan.work = object->scan_next;
		look_into(object);
	}
}

/* -- roots: N1 -------------------------------------------------------------------------------- */

/* @see of kern_armed(): what lives in users' memory and waits to run. */
static void reach_armed(const char *kind, const void *object, uintptr_t pc, const char *name,
			void *arg)
{
	reach(object_around((uintptr_t)object));
}

/* A bus address is a physical one; of a list it is the array. */
static void reach_mapping(const void *mapping)
{
	uintptr_t address = (uintptr_t)mapping;

	reach(object_around(address));
	reach(object_around(address + frame_offset));
}

static bool look_through_task(struct task_struct *task, void *arg)
{
	uintptr_t high = (uintptr_t)task->thread.stack_high;
	uintptr_t low = km_port_stack_pointer(&task->thread);

	look_through((uintptr_t)task, sizeof(*task), sizeof(uintptr_t));
	if (task == current)
		low = *(const uintptr_t *)arg;
	else if (!low)
		low = (uintptr_t)task->thread.stack_low;
	if (low && low < high)
		look_through(low, high - low, sizeof(uintptr_t));
	return false;
}

static noinline void look_through_tasks(void)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	/* Registers that a caller's pointer may be in are on the stack from here on. */
	__builtin_unwind_init();
	task_any(look_through_task, &here);
}

/* With guard pages: the fence behind an object, or the pages of one that was freed. */
static bool is_closed(uintptr_t page)
{
	const struct object *object = slab_guards ? object_around(page) : NULL;
	void *base;
	size_t inner = slab_guarded((const void *)page, &base);

	if (object && object->state == OBJECT_FREED)
		return true;
	if (!inner)
		return false;
	if (page - (uintptr_t)base >= inner)
		return true;
	object = object_near((uintptr_t)base + inner - 1, inner);
	return object && object->start - (uintptr_t)base < inner &&
	       object->state == OBJECT_FREED;
}

/* The page's words that belong to no record: the engine's own. */
static void look_through_engine_page(uintptr_t page)
{
	uint64_t covered[PAGE_WORDS / 64] = { 0 };

	if (is_closed(page))
		return;
	objects_cover(page, covered);
	for (unsigned int i = 0; i < PAGE_WORDS; i++)
		if (!(covered[i / 64] >> i % 64 & 1))
			reach_word(word_at(page + i * sizeof(uintptr_t)));
}

static void look_through_engine(void)
{
	for (unsigned long pfn = 0; pfn < frame_flat_count; pfn++) {
		const struct page *page = pfn_frame(pfn);

		if (page && (page->owner == PAGE_OWNER_PAGES || page->owner == PAGE_OWNER_SLAB ||
			     page->owner == PAGE_OWNER_LARGE))
			look_through_engine_page((uintptr_t)frame_address(page));
	}
}

static bool is_root(const struct object *object)
{
	return !object->is_module || object->family == KM_FAMILY_DEVRES ||
	       object->family == KM_FAMILY_DMA || object->hints & HINT_EXCUSED;
}

static void reach_kept(void)
{
	struct object_walk walk = { 0 };
	struct object *object;

	while ((object = object_next(&walk)))
		if (object->state == OBJECT_LIVE && is_root(object))
			reach(object);
}

static void look_between(const char *start, const char *end)
{
	if (start && end > start)
		look_through((uintptr_t)start, (size_t)(end - start), 1);
}

static void look_through_variables(void)
{
	/* Where they lie apart the engine's own are known: those before, between and behind. */
	scan.is_users = __start_km_data && __start_km_bss;
	if (scan.is_users) {
		look_between(__data_start, __start_km_data);
		look_between(__stop_km_data, __start_km_bss);
		look_between(__stop_km_bss, _end);
		scan.is_users = false;
		look_between(__start_km_data, __stop_km_data);
		look_between(__start_km_bss, __stop_km_bss);
	} else {
		look_between(__data_start, _end);
	}
	for (unsigned int cpu = 0; percpu_units.base && cpu < nr_cpu_ids; cpu++)
		look_through(percpu_units.base + cpu * percpu_units.unit_bytes,
			     percpu_units.static_bytes, sizeof(uintptr_t));
}

/* -- the scan --------------------------------------------------------------------------------- */

static void begin(void)
{
	uintptr_t low = UINTPTR_MAX, high = 0;
	struct object_walk walk = { 0 };
	struct object *object;

	scan.round++;
	scan.work = NULL;
	scan.has_percpu = false;
	while ((object = object_next(&walk))) {
		if (object->state != OBJECT_LIVE)
			continue;
		low = object->start < low ? object->start : low;
		if (object->start + object->usable > high)
			high = object->start + object->usable;
		scan.has_percpu |= object->family == KM_FAMILY_PERCPU;
	}
	scan.not_low = ~low;
	scan.span = high > low ? high - low : 0;
	scan.blocks = hint_blocks();
	for (struct hint_block *block = scan.blocks; block; block = block->next)
		block->seen = 0;
}

void scan_mark_from(const void *start, size_t bytes)
{
	begin();
	scan.is_users = true;
	look_through((uintptr_t)start, bytes, 1);
	follow();
}

void scan_mark(void)
{
	begin();
	look_through_variables();
	look_through_engine();
	/* The rest is the users': their stacks, and later their objects. */
	scan.is_users = true;
	look_through_tasks();
	kern_armed(reach_armed, NULL);
	leak_each_mapping(reach_mapping);
	reach_kept();
	follow();
}
