/* SPDX-License-Identifier: MIT */
/* failure_test.c - what the log says when memory is out, line by line as Linux says it */
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/oom.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "machine/machine_room.h"
#include "page/page_room.h"
#include "test.h"

static LIST_HEAD(hoard);

static void memory_take(void)
{
	struct page *page;

	while ((page = page_take(__GFP_MEMALLOC | __GFP_NOWARN, 0, PAGE_OWNER_PAGES)))
		list_add(&page->lru, &hoard);
}

static void memory_give(void)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &hoard, lru) {
		list_del(&page->lru);
		page_give(page, 0);
	}
}

/* The @lines must stand in the log in this order, each from the start of a line. */
static bool said_in_order(const char *const *lines)
{
	const char *at = km_test_console();

	for (; *lines; lines++) {
		const char *found = strstr(at, *lines);

		while (found && found != km_test_console() && found[-1] != '\n')
			found = strstr(found + 1, *lines);
		if (!found) {
			km_test_note("missing, or out of order: %s", *lines);
			return false;
		}
		at = found + strlen(*lines);
	}
	return true;
}

static const char *const memory_lines[] = {
	"Mem-Info:\n",
	"active_anon:0 inactive_anon:0 isolated_anon:0\n active_file:0 inactive_file:0 "
	"isolated_file:0\n unevictable:0 dirty:0 writeback:0\n slab_reclaimable:",
	" mapped:0 shmem:0 pagetables:0\n sec_pagetables:0 bounce:0\n kernel_misc_reclaimable:0\n"
	" free:",
	"Node 0 active_anon:0kB inactive_anon:0kB ",
	"Node 0 DMA free:",
	"lowmem_reserve[]: 0 ",
	"Node 0 DMA32 free:",
	"lowmem_reserve[]: 0 0 ",
	"Node 0 DMA: ",
	"Node 0 DMA32: ",
	"0 total pagecache pages\n",
	NULL,
};

static void a_failure_is_told_as_linux_tells_it(void)
{
	static const char *const first[] = {
		"init: page allocation failure: order:4, mode:0x40820(GFP_ATOMIC|__GFP_COMP), "
		"nodemask=(null),cpuset=/,mems_allowed=0\n",
		"CPU: 0 PID: 1 Comm: init ",
		"Call Trace:\n", NULL,
	};
	struct page *page;

	memory_take();
	page = alloc_pages(GFP_ATOMIC | __GFP_COMP, 4);
	memory_give();
	REQUIRE(!page);
	CHECK(said_in_order(first));
	CHECK(said_in_order(memory_lines));
	CHECK(strstr(km_test_console(), "all_unreclaimable? no\n"));
}

static void one_report_in_ten_seconds(void)
{
	memory_take();
	CHECK(!alloc_pages(GFP_ATOMIC, 4));
	memory_give();
	CHECK(!strstr(km_test_console(), "page allocation failure"));
}

static void nobody_is_told_who_asked_for_silence(void)
{
	km_machine_shutdown();
	REQUIRE(!km_machine_boot(NULL));
	memory_take();
	CHECK(!alloc_pages(GFP_ATOMIC | __GFP_NOWARN, 4));
	CHECK(!alloc_pages(GFP_NOWAIT, 4));
	CHECK(!strstr(km_test_console(), "page allocation failure"));
	CHECK(!alloc_pages(GFP_ATOMIC, 4));
	CHECK(strstr(km_test_console(), "page allocation failure"));
	memory_give();
}

static void slabs_are_counted(void)
{
	struct kmem_cache *cache;
	static void *objects[200];
	char want[64];

	km_machine_shutdown();
	REQUIRE(!km_machine_boot(NULL));
	cache = kmem_cache_create("failure", 4096, 0, SLAB_RECLAIM_ACCOUNT | SLAB_NO_MERGE, NULL);
	REQUIRE(cache);
	for (unsigned int i = 0; i < 200; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	warn_alloc(GFP_KERNEL, NULL, "a test");
	CHECK(strstr(km_test_console(), "init: a test, mode:0xcc0(GFP_KERNEL), nodemask=(null),"));
	scnprintf(want, sizeof(want), "slab_reclaimable:0 ");
	CHECK(!strstr(km_test_console(), want));
	kmem_cache_free_bulk(cache, 200, objects);
	kmem_cache_destroy(cache);
}

static void a_mask_of_nodes_is_named(void)
{
	static const struct km_config config = { .command_line = "numa=fake=2" };
	nodemask_t nodes = nodemask_of_node(1);

	km_machine_shutdown();
	REQUIRE(!km_machine_boot(&config));
	warn_alloc(GFP_KERNEL, &nodes, "a test");
	CHECK(strstr(km_test_console(), "nodemask=1,cpuset=/,mems_allowed=0-1\n"));
	CHECK(strstr(km_test_console(), "Node 1 active_anon:0kB"));
}

static void the_last_resort_is_told_as_linux_tells_it(void)
{
	static const char *const lines[] = {
		"init invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n",
		"Mem-Info:\n",
		"Tasks state (memory values in pages):\n"
		"[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem "
		"pgtables_bytes swapents oom_score_adj name\n"
		"[      1]     0     1        0        0        0        0         0        0"
		"        0             0 init\n", NULL,
	};
	struct oom_control oc = { .gfp_mask = GFP_KERNEL };

	km_machine_shutdown();
	REQUIRE(!km_machine_boot(NULL));
	out_of_memory(&oc);
	CHECK(said_in_order(lines));
}

static void a_bad_page_is_told_as_linux_tells_it(void)
{
	static const char *const lines[] = {
		"BUG: Bad page state in process init  pfn:",
		"page: refcount:0 mapcount:", "flags: 0x", "raw: ",
		"page dumped because: non-NULL mapping\n", "CPU: 0 PID: 1 Comm: init ", NULL,
	};
	struct page *page = alloc_page(GFP_KERNEL);

	REQUIRE(page);
	page->mapping = (void *)0x1000;
	__free_page(page);
	CHECK(said_in_order(lines));
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup,
	T(a_failure_is_told_as_linux_tells_it),
	T(one_report_in_ten_seconds),
	T(nobody_is_told_who_asked_for_silence),
	T(slabs_are_counted),
	T(a_mask_of_nodes_is_named),
	T(the_last_resort_is_told_as_linux_tells_it),
	T(a_bad_page_is_told_as_linux_tells_it));
