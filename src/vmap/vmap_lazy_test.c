/* SPDX-License-Identifier: MIT */
/* vmap_lazy_test.c - addresses of freed areas, windows, bounds, walks, failures of our own */
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "kern/kern_test.h"
#include "vmap/vmap_test.h"

static void freed_addresses_wait_for_a_purge(void)
{
	static void *seen[64];

	if (!has_paging())
		return;
	vm_unmap_aliases();
	CHECK_EQ(lazy_pages(), 0);
	for (unsigned int i = 0; i < 4; i++) {
		void *area = vmalloc(3 * PAGE_SIZE);

		REQUIRE(area);
		for (unsigned int k = 0; k < i; k++)
			CHECK(area != seen[k]);
		seen[i] = area;
		vfree(area);
		CHECK(!find_vm_area(area) && !vmalloc_to_page(area));
		CHECK(!km_test_readable(area));
		CHECK_EQ(lazy_pages(), (i + 1) * 4);
	}
	vm_unmap_aliases();
	CHECK_EQ(lazy_pages(), 0);
}

/* In the end the addresses come back by themselves. */
static void too_many_freed_addresses_are_purged(void)
{
	unsigned long most = 0;

	if (!has_paging())
		return;
	for (unsigned int i = 0; i < 300; i++) {
		void *area = vmalloc(1 << 20);

		REQUIRE(area);
		vfree(area);
		most = max(most, lazy_pages());
		schedule_timeout_uninterruptible(1);
	}
	CHECK(most > 256);
	CHECK(lazy_pages() < totalram_pages() / 4 + 1000);
	CHECK_EQ(vmalloc_nr_pages(), 0);
}

static void *area_between(unsigned long pages, unsigned long start, unsigned long end)
{
	return __vmalloc_node_range(pages * PAGE_SIZE, PAGE_SIZE, start, end,
				    GFP_KERNEL | __GFP_NOWARN, PAGE_KERNEL, 0, NUMA_NO_NODE, NULL);
}

static void bounds_are_kept_and_purged_when_full(void)
{
	unsigned long start, end;
	void *area, *other;

	if (!has_paging())
		return;
	end = VMALLOC_END & PAGE_MASK;
	start = end - 8 * PAGE_SIZE;
	for (unsigned int i = 0; i < 20; i++) {
		area = area_between(5, start, end);
		REQUIRE(area);
		CHECK((unsigned long)area >= start);
		CHECK((unsigned long)area + 6 * PAGE_SIZE <= end);
		other = area_between(5, start, end);
		CHECK(!other);
		vfree(area);
	}
	CHECK(!area_between(8, start, end));
	CHECK(!area_between(1, start, start + PAGE_SIZE));
}

/* As many as no host has mappings for, each its own memory. */
static void windows_have_room_for_any_number_of_areas(void)
{
	unsigned long count = totalram_pages() / 4, made = 0, runs = vmap_runs;
	u32 **areas;

	if (!has_paging())
		return;
	if (!km_port_vmap_windows().count) {
		km_test_skip("no windows on this host");
		return;
	}
	areas = vmalloc_array(count, sizeof(*areas));
	REQUIRE(areas);
	for (; made < count; made++) {
		areas[made] = vmalloc(PAGE_SIZE);
		if (!areas[made])
			break;
		*areas[made] = made;
	}
	CHECK_EQ(made, count);
	CHECK(vmap_runs - runs < 100);
	for (unsigned long i = 0; i < made; i++) {
		CHECK_EQ(*areas[i], i);
		CHECK(page_address(vmalloc_to_page(areas[i])) != areas[i]);
		vfree(areas[i]);
	}
	vfree(areas);
	vm_unmap_aliases();
	CHECK_EQ(vmalloc_nr_pages(), 0);
	CHECK(page_validate());
}

static void a_frame_can_be_seen_at_many_places(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	u32 *views[40];

	if (!has_paging())
		return;
	REQUIRE(page);
	for (unsigned int i = 0; i < 40; i++) {
		views[i] = i & 1 ? vmap(&page, 1, VM_MAP, PAGE_KERNEL)
				 : vm_map_ram(&page, 1, NUMA_NO_NODE);
		REQUIRE(views[i]);
		*views[i] = i;
		for (unsigned int k = 0; k < i; k++)
			CHECK(views[k] != views[i] && *views[k] == i);
	}
	for (unsigned int i = 0; i < 40; i++) {
		if (i & 1)
			vunmap(views[i]);
		else
			vm_unmap_ram(views[i], 1);
	}
	__free_page(page);
}

static void a_wrong_count_is_told(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	void *view;

	if (!has_paging())
		return;
	view = vm_map_ram(&page, 1, NUMA_NO_NODE);
	REQUIRE(view);
	CHECK(!find_vm_area(view));
	km_test_console_clear();
	vm_unmap_ram(view, 2);
	CHECK(strstr(km_test_console(), "vm_unmap_ram() of 2 pages, but 1 are mapped"));
	km_test_console_clear();
	CHECK(!vm_map_ram(&page, 0, NUMA_NO_NODE) && !vmap(&page, 0, VM_MAP, PAGE_KERNEL));
	__free_page(page);
}

/* What a device's registers are here: memory of their own. */
static void registers_can_be_had(void)
{
	char *at = (char __force *)ioremap(0xfee00010, 8);

	REQUIRE(at);
	CHECK_EQ(offset_in_page(at), 0x10);
	CHECK(!at[0] && find_vm_area(at)->flags & VM_IOREMAP);
	at[0] = 1;
	iounmap((void __iomem __force *)at);
	CHECK(!find_vm_area(at) && !km_test_readable(at));
	CHECK(!ioremap(0xfee00000, 0) && !ioremap(~0ul, 2));
}

static void addresses_alone_can_be_had(void)
{
	struct vm_struct *vm;
	void *at;

	if (!has_paging())
		return;
	CHECK(!get_vm_area(0, VM_IOREMAP));
	vm = get_vm_area(3 * PAGE_SIZE - 5, VM_IOREMAP);
	REQUIRE(vm);
	at = vm->addr;
	CHECK_EQ(get_vm_area_size(vm), 3 * PAGE_SIZE);
	CHECK(find_vm_area(at + 100) == vm);
	CHECK(!km_test_readable(at) && !vmalloc_to_page(at));
	free_vm_area(vm);
	CHECK(!find_vm_area(at));
	registers_can_be_had();
	CHECK(memremap(virt_to_phys(&vm->addr), 8, MEMREMAP_WC) == NULL);
	km_test_console_clear();
}

struct search { const void *area; unsigned int count; unsigned long last; struct vmap_seen seen; };

static void find_area(const struct vmap_seen *seen, void *arg)
{
	struct search *search = arg;

	CHECK(seen->start >= search->last);
	search->last = seen->start + seen->bytes;
	if (seen->start == (unsigned long)search->area) {
		search->count++;
		search->seen = *seen;
	}
}

static bool walk_has(const void *area, struct vmap_seen *ret_seen)
{
	struct search search = { .area = area };

	vmap_each(find_area, &search);
	CHECK(search.count <= 1);
	*ret_seen = search.seen;
	return search.count;
}

static void a_walk_sees_every_area(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct vmap_seen seen;
	void *user, *view;

	if (!has_paging())
		return;
	user = vmalloc_user(2 * PAGE_SIZE);
	view = vm_map_ram(&page, 1, NUMA_NO_NODE);
	REQUIRE(user && view);
	REQUIRE(walk_has(user, &seen));
	CHECK_EQ(seen.bytes, 3 * PAGE_SIZE);
	CHECK(seen.vm && seen.vm->flags == (VM_ALLOC | VM_USERMAP) && seen.vm->nr_pages == 2);
	CHECK(seen.vm && seen.vm->caller);
	REQUIRE(walk_has(view, &seen));
	CHECK(!seen.vm && !strcmp(seen.what, "vm_map_ram"));
	vm_unmap_ram(view, 1);
	vfree(user);
	REQUIRE(walk_has(user, &seen));
	CHECK(!seen.vm && !strcmp(seen.what, "unpurged vm_area"));
	vm_unmap_aliases();
	CHECK(!walk_has(user, &seen) && !walk_has(view, &seen));
	__free_page(page);
}

/* Each request of the room's own, for records, arrays, pages, fails once. */
static void each_internal_failure_leaves_nothing_behind(void)
{
	unsigned long before = 0, failed = 1, rounds = 0;

	if (!has_paging())
		return;
	for (unsigned long pass = 0; failed; pass++) {
		void *area;

		vm_unmap_aliases();
		/* Slabs for records come and go with the first rounds. */
		if (pass == 4)
			before = page_free_total();
		page_fail_after(pass, 1000000);
		area = __vmalloc(600 * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY);
		failed = page_fail_stop();
		if (!failed)
			CHECK(area);
		vfree(area);
		CHECK_EQ(vmalloc_nr_pages(), 0);
		rounds++;
		if (rounds == 40)
			break;
	}
	vm_unmap_aliases();
	CHECK(rounds >= 3);
	CHECK(!before || before - page_free_total() <= 8);
	CHECK(page_validate());
}

static int churn(void *data)
{
	static u32 *slots[4][100];
	u32 **mine = slots[(uintptr_t)data];
	unsigned int seed = (uintptr_t)data + 5;

	for (unsigned int step = 0; step < 2000; step++) {
		unsigned int i = (seed = seed * 1103515245 + 12345) >> 16 & 63;
		unsigned int pages = 1 + (seed >> 8 & 31);

		if (mine[i]) {
			CHECK_EQ(*mine[i], (uintptr_t)data * 1000 + i);
			vfree(mine[i]);
			mine[i] = NULL;
			continue;
		}
		mine[i] = vmalloc(pages * PAGE_SIZE);
		if (mine[i])
			*mine[i] = (uintptr_t)data * 1000 + i;
	}
	for (unsigned int i = 0; i < 64; i++) {
		vfree(mine[i]);
		mine[i] = NULL;
	}
	return 0;
}

static void threads_do_not_get_in_each_others_way(void)
{
	struct task_struct *tasks[4];

	if (!has_paging())
		return;
	for (uintptr_t i = 0; i < 4; i++)
		tasks[i] = test_thread(churn, (void *)i, "churn");
	for (unsigned int i = 0; i < 4; i++)
		test_join(tasks[i]);
	areas_flush();
	vm_unmap_aliases();
	CHECK_EQ(lazy_pages(), 0);
	CHECK_EQ(vmalloc_nr_pages(), 0);
	CHECK(page_validate());
}

KM_TESTS(boot_vmap_room,
	 T(freed_addresses_wait_for_a_purge),
	 T(too_many_freed_addresses_are_purged),
	 T(bounds_are_kept_and_purged_when_full),
	 T(windows_have_room_for_any_number_of_areas),
	 T(a_frame_can_be_seen_at_many_places),
	 T(a_wrong_count_is_told),
	 T(addresses_alone_can_be_had),
	 T(a_walk_sees_every_area),
	 T(each_internal_failure_leaves_nothing_behind),
	 T(threads_do_not_get_in_each_others_way));
