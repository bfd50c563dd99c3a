/* SPDX-License-Identifier: MIT */
/* vmap_test.c - areas: contents, guard pages, aliases, exhaustion, deferred free */
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "vmap/vmap_test.h"
#include "watch/watch.h"

static void an_area_holds_what_is_written(void)
{
	static const size_t sizes[] = { 1, 4095, 4096, 4097, 65536, 1000000, 4 << 20 };

	if (!has_paging())
		return;
	for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t usable = PAGE_ALIGN(sizes[i]);
		u32 *words = vmalloc(sizes[i]);

		REQUIRE(words);
		CHECK_EQ((uintptr_t)words & ~PAGE_MASK, 0);
		CHECK(is_vmalloc_addr(words) && !is_vmalloc_addr(&usable));
		for (size_t w = 0; w < usable / 4; w++)
			words[w] = w * 2654435761u;
		for (size_t w = 0; w < usable / 4; w++)
			CHECK_EQ(words[w], (u32)(w * 2654435761u));
		vfree(words);
	}
}

static unsigned int told[KM_POINTS];
static const void *told_object[KM_POINTS];

static enum km_verdict area_see(const struct km_event *event)
{
	told[event->point]++;
	told_object[event->point] = event->object;
	return KM_GO;
}

static void areas_tell_birth_and_death(void)
{
	static const struct km_rule rule = {
		.points = 1u << KM_POINT_VMAP_NEW | 1u << KM_POINT_VMAP_GONE, .see = area_see,
	};
	static const struct km_rule *const rules[] = { &rule };
	void *area;

	if (!has_paging())
		return;
	watch_arm(rules, 1);
	area = vmalloc(5000);
	CHECK(told[KM_POINT_VMAP_NEW] == 1 && told_object[KM_POINT_VMAP_NEW] == area);
	CHECK_EQ(told[KM_POINT_VMAP_GONE], 0);
	vfree(area);
	CHECK(told[KM_POINT_VMAP_GONE] == 1 && told_object[KM_POINT_VMAP_GONE] == area);
	watch_arm(NULL, 0);
}

static void zeroed_areas_are_zero(void)
{
	unsigned char *bytes;

	if (!has_paging())
		return;
	bytes = vmalloc(100000);
	REQUIRE(bytes);
	__builtin_memset(bytes, 0xa5, 100000);
	vfree(bytes);
	bytes = vzalloc(100000);
	REQUIRE(bytes);
	for (unsigned int i = 0; i < PAGE_ALIGN(100000); i++)
		CHECK_EQ(bytes[i], 0);
	vfree(bytes);
}

static void both_views_are_the_same_memory(void)
{
	char *area;

	if (!has_paging())
		return;
	area = vmalloc(40 * PAGE_SIZE);
	REQUIRE(area);
	for (unsigned int i = 0; i < 40; i++) {
		struct page *page = vmalloc_to_page(area + i * PAGE_SIZE + 77);
		char *linear = page ? page_address(page) : NULL;

		REQUIRE(linear);
		CHECK_EQ(page->owner, PAGE_OWNER_VMAP);
		CHECK_EQ(page_count(page), 1);
		area[i * PAGE_SIZE + 5] = i + 1;
		CHECK_EQ(linear[5], i + 1);
		linear[6] = i + 2;
		CHECK_EQ(area[i * PAGE_SIZE + 6], i + 2);
		CHECK_EQ(vmalloc_to_pfn(area + i * PAGE_SIZE), page_to_pfn(page));
	}
	vfree(area);
	CHECK(!vmalloc_to_page(area));
}

static void a_guard_page_follows_each_area(void)
{
	struct vmap_place place;
	struct vm_struct *vm;
	char *a, *b;

	if (!has_paging())
		return;
	a = vmalloc(3 * PAGE_SIZE - 100);
	b = vmalloc(PAGE_SIZE);
	REQUIRE(a && b);
	CHECK(b >= a + 4 * PAGE_SIZE || a >= b + 2 * PAGE_SIZE);
	vm = find_vm_area(a + 5000);
	REQUIRE(vm);
	CHECK(vm->addr == a);
	CHECK_EQ(vm->size, 4 * PAGE_SIZE);
	CHECK_EQ(get_vm_area_size(vm), 3 * PAGE_SIZE);
	CHECK_EQ(vm->nr_pages, 3);
	CHECK(!vmalloc_to_page(a + 3 * PAGE_SIZE));
	CHECK(vmap_find(a + 3 * PAGE_SIZE + 1, &place) && place.in_guard && place.area == a);
	CHECK(vmap_find(a + 17, &place) && !place.in_guard);
	CHECK_EQ(place.offset, 17);
	CHECK_EQ(place.bytes, 3 * PAGE_SIZE - 100);
	vfree(a);
	vfree(b);
	CHECK(!vmap_find(a + 17, &place));
}

static void nothing_is_lost_over_many_areas(void)
{
	unsigned long before = page_free_total(), runs = vmap_runs;
	static char *areas[512];

	if (!has_paging())
		return;
	for (unsigned int step = 0; step < 6000; step++) {
		unsigned int slot = km_test_random_below(512);
		size_t pages = 1 + km_test_random_below(4);

		if (areas[slot]) {
			CHECK_EQ(*(u32 *)areas[slot], slot * 77);
			vfree(areas[slot]);
			areas[slot] = NULL;
			continue;
		}
		areas[slot] = vmalloc(pages * PAGE_SIZE);
		REQUIRE(areas[slot]);
		*(u32 *)areas[slot] = slot * 77;
	}
	for (unsigned int slot = 0; slot < 512; slot++) {
		vfree(areas[slot]);
		areas[slot] = NULL;
	}
	CHECK_EQ(vmap_runs, runs);
	CHECK_EQ(vmalloc_nr_pages(), 0);
	vm_unmap_aliases();
	/* What slab keeps of the records of areas is bounded by the records there were at once. */
	CHECK(before - page_free_total() <= 512 * sizeof(struct vmap_area) / PAGE_SIZE * 2 + 32);
	CHECK(page_validate());
}

/* Areas of 2 MiB until there are no more, and back; how many there were. */
static unsigned int exhaust_once(void)
{
	static char *areas[4096];
	unsigned int count = 0, made;

	while (count < 4096) {
		areas[count] = __vmalloc(2 << 20, GFP_KERNEL | __GFP_NOWARN);
		if (!areas[count])
			break;
		count++;
	}
	for (made = count; count-- > 0;)
		vfree(areas[count]);
	return made;
}

static void exhaustion_gives_everything_back(void)
{
	unsigned long after_first;
	unsigned int made;

	if (!has_paging())
		return;
	/* The first round leaves empty slabs for records behind; the second needs no more. */
	made = exhaust_once();
	CHECK(made > 0 && made < 4096);
	vm_unmap_aliases();
	after_first = page_free_total();
	CHECK_EQ(exhaust_once(), made);
	vm_unmap_aliases();
	CHECK(page_free_total() >= after_first);
	CHECK_EQ(vmalloc_nr_pages(), 0);
	CHECK(page_validate());
}

static void runs_of_frames_save_mappings(void)
{
	unsigned long before = vmap_runs;
	char *area;

	if (!has_paging())
		return;
	page_drain_all();
	area = vmalloc(1 << 20);
	REQUIRE(area);
	CHECK(vmap_runs - before <= 4);
	vfree(area);
	CHECK_EQ(vmap_runs, before);
}

static void sizes_that_cannot_be_are_refused(void)
{
	static struct page *pages[1];
	unsigned long huge = ~0UL;

	if (!has_paging())
		return;
	km_test_console_clear();
	CHECK(!vmalloc(0));
	CHECK_EQ(km_test_console()[0] != 0, 1);
	km_test_console_clear();
	/* The compiler would warn of sizes it can see. */
	OPTIMIZER_HIDE_VAR(huge);
	CHECK(!vmalloc(1UL << 46));
	CHECK(!__vmalloc(huge - 5, GFP_KERNEL | __GFP_NOWARN));
	CHECK(!vmalloc_array(huge, 2) && !vcalloc(huge / 3, huge / 5));
	CHECK(!vmap(pages, ~0u, VM_MAP, PAGE_KERNEL));
	vfree(NULL);
	vunmap(NULL);
	km_test_console_clear();
}

static void alignment_is_kept(void)
{
	if (!has_paging())
		return;
	for (unsigned int shift = PAGE_SHIFT; shift <= 22; shift++) {
		void *area = __vmalloc_node(PAGE_SIZE, 1UL << shift, GFP_KERNEL, NUMA_NO_NODE,
					    NULL);

		CHECK(area);
		CHECK_EQ((uintptr_t)area & ((1UL << shift) - 1), 0);
		vfree(area);
	}
}

static void vmap_shows_pages_in_the_order_given(void)
{
	unsigned long before = page_free_total();
	struct page *pages[3];
	char *area;

	if (!has_paging())
		return;
	for (unsigned int i = 0; i < 3; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		*(char *)page_address(pages[i]) = 'a' + i;
	}
	swap(pages[0], pages[2]);
	area = vmap(pages, 3, VM_MAP, PAGE_KERNEL);
	REQUIRE(area);
	CHECK(area[0] == 'c' && area[PAGE_SIZE] == 'b' && area[2 * PAGE_SIZE] == 'a');
	CHECK(vmalloc_to_page(area + PAGE_SIZE) == pages[1]);
	vunmap(area);
	for (unsigned int i = 0; i < 3; i++) {
		CHECK_EQ(page_count(pages[i]), 1);
		__free_page(pages[i]);
	}
	CHECK(before - page_free_total() <= 8);
}

static void vrealloc_keeps_the_contents(void)
{
	char *area, *larger;

	if (!has_paging())
		return;
	area = vmalloc(PAGE_SIZE);
	REQUIRE(area);
	__builtin_memset(area, 7, PAGE_SIZE);
	larger = vrealloc(area, 5 * PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);
	REQUIRE(larger);
	CHECK(larger[0] == 7 && larger[PAGE_SIZE - 1] == 7 && larger[PAGE_SIZE] == 0);
	CHECK(vrealloc(larger, 100, GFP_KERNEL) == larger);
	CHECK(!vrealloc(larger, 0, GFP_KERNEL));
}

static void *to_free_in_interrupt;

static void free_in_interrupt(struct irq_work *work)
{
	vfree(to_free_in_interrupt);
}

static void an_interrupt_leaves_the_work_to_others(void)
{
	struct irq_work work = IRQ_WORK_INIT(free_in_interrupt);
	void *area;

	if (!has_paging())
		return;
	area = to_free_in_interrupt = vmalloc(PAGE_SIZE);
	REQUIRE(area);
	irq_work_queue(&work);
	irq_work_sync(&work);
	CHECK(!find_vm_area(area));
	areas_flush();
	CHECK_EQ(vmalloc_nr_pages(), 0);
	area = vmalloc(PAGE_SIZE);
	preempt_disable();
	vfree_atomic(area);
	preempt_enable();
	CHECK(!find_vm_area(area));
	areas_flush();
	CHECK_EQ(vmalloc_nr_pages(), 0);
}

static bool text_has(const char *text, const char *part)
{
	size_t length = __builtin_strlen(part);

	for (; *text; text++) {
		if (!strncmp(text, part, length))
			return true;
	}
	return false;
}

static void wrong_frees_are_warned_about_and_harmless(void)
{
	char *area;

	if (!has_paging())
		return;
	area = vmalloc(2 * PAGE_SIZE);
	REQUIRE(area);
	km_test_console_clear();
	vfree(area + 8);
	CHECK(text_has(km_test_console(), "Trying to vfree() bad address"));
	vfree(area + PAGE_SIZE);
	CHECK(text_has(km_test_console(), "Trying to vfree() nonexistent vm area"));
	CHECK(find_vm_area(area));
	vfree(area);
	km_test_console_clear();
	vfree(area);
	CHECK(text_has(km_test_console(), "Trying to vfree() nonexistent vm area"));
	km_test_console_clear();
}

static void of_two_frees_one_finds_nothing(void)
{
	struct vmap_area *going;
	void *area;

	if (!has_paging())
		return;
	area = vmalloc(PAGE_SIZE);
	REQUIRE(area);
	km_test_console_clear();
	going = area_retire(area);
	REQUIRE(going);
	CHECK(!area_retire(area));
	vfree(area);
	CHECK(text_has(km_test_console(), "Trying to vfree() nonexistent vm area"));
	area_free_later(going);
	areas_flush();
	CHECK_EQ(vmalloc_nr_pages(), 0);
	CHECK(page_validate());
	km_test_console_clear();
}

static void *after_fault[5];
static uintptr_t fault_address;

static void jump_out(const struct km_port_fault *fault)
{
	fault_address = fault->kind == KM_FAULT_MEMORY ? fault->address : 0;
	__builtin_longjmp(after_fault, 1);
}

/* The last test: the port does not come back from a fault, so there can be only one. */
static void a_freed_area_is_out_of_reach(void)
{
	volatile char *area;

	if (!has_paging())
		return;
	area = vmalloc(3 * PAGE_SIZE);
	REQUIRE(area);
	area[PAGE_SIZE] = 1;
	vfree((void *)area);
	kern_fault_handler = jump_out;
	if (!__builtin_setjmp(after_fault)) {
		area[PAGE_SIZE] = 2;
		km_test_fail(__FILE__, __LINE__, "a freed area could be written");
	}
	kern_fault_handler = NULL;
	CHECK_EQ(fault_address, (uintptr_t)area + PAGE_SIZE);
}

KM_TESTS(boot_vmap_room,
	 T(an_area_holds_what_is_written),
	 T(areas_tell_birth_and_death),
	 T(zeroed_areas_are_zero),
	 T(both_views_are_the_same_memory),
	 T(a_guard_page_follows_each_area),
	 T(nothing_is_lost_over_many_areas),
	 T(exhaustion_gives_everything_back),
	 T(runs_of_frames_save_mappings),
	 T(sizes_that_cannot_be_are_refused),
	 T(alignment_is_kept),
	 T(vmap_shows_pages_in_the_order_given),
	 T(vrealloc_keeps_the_contents),
	 T(an_interrupt_leaves_the_work_to_others),
	 T(wrong_frees_are_warned_about_and_harmless),
	 T(of_two_frees_one_finds_nothing),
	 T(a_freed_area_is_out_of_reach));
