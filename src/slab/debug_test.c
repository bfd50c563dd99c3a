/* SPDX-License-Identifier: MIT */
/* debug_test.c - each damage is told in Linux's words, mended, and told once */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/panic.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "slab/debug.h"
#include "test.h"

#define FZPU	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER)
#define ZP	(SLAB_RED_ZONE | SLAB_POISON)

static char wanted[1024];

static struct kmem_cache *open_cache(slab_flags_t flags, u32 size)
{
	return kmem_cache_create("demo", size, NULL, flags | SLAB_NO_MERGE);
}

static bool console_has(const char *text)
{
	bool is_there = strstr(km_test_console(), text);

	if (!is_there)
		km_test_note("missing: %s", text);
	return is_there;
}

/* Compilers see a use after free here, and are right. */
static u8 *hidden(void *object)
{
	OPTIMIZER_HIDE_VAR(object);
	return object;
}

enum life { OUT, FREE };

/* One damaged byte, at an offset of an object of 60 bytes, and what is said of it. */
static const struct damage {
	slab_flags_t flags;
	enum life life;
	int offset;
	const char *what;
	u8 should_be;
} damages[] = {
	{ SLAB_RED_ZONE, OUT, -1, "Left Redzone", 0xcc },
	{ SLAB_RED_ZONE, OUT, -8, "Left Redzone", 0xcc },
	{ SLAB_RED_ZONE, OUT, 60, "Right Redzone", 0xcc },
	{ SLAB_RED_ZONE, OUT, 63, "Right Redzone", 0xcc },
	{ SLAB_RED_ZONE, FREE, -3, "Left Redzone", 0xbb },
	{ SLAB_RED_ZONE, FREE, 61, "Right Redzone", 0xbb },
	{ SLAB_POISON, FREE, 0, "Poison", 0x6b },
	{ SLAB_POISON, FREE, 58, "Poison", 0x6b },
	{ SLAB_POISON, FREE, 59, "End Poison", 0xa5 },
	{ SLAB_POISON, OUT, 60, "Alignment padding", 0x5a },
	{ SLAB_POISON, FREE, 63, "Alignment padding", 0x5a },
	{ ZP, OUT, 62, "Right Redzone", 0xcc },
	{ ZP, OUT, 72, "Object padding", 0x5a },
	{ ZP, FREE, 79, "Object padding", 0x5a },
	{ ZP, FREE, 30, "Poison", 0x6b },
	{ FZPU, OUT, 60, "Right Redzone", 0xcc },
	{ FZPU, OUT, 136, "Object padding", 0x5a },
	{ FZPU, FREE, 17, "Poison", 0x6b },
};

static void check_damage(const struct damage *damage)
{
	struct kmem_cache *cache = open_cache(damage->flags, 60);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL), *page;

	REQUIRE(object);
	page = frame_address(frame_head(frame_of(object)));
	if (damage->life == FREE)
		kmem_cache_free(cache, object);
	km_test_console_clear();
	CHECK_EQ(validate_slab_cache(cache), 1);
	CHECK(!*km_test_console());
	hidden(object)[damage->offset] = 0x12;
	CHECK_EQ(validate_slab_cache(cache), 1);
	scnprintf(wanted, sizeof(wanted),
		  "[%s overwritten] 0x%px-0x%px @offset=%d. First byte 0x12 instead of 0x%x\n",
		  damage->what, object + damage->offset, object + damage->offset,
		  (int)(object + damage->offset - page), damage->should_be);
	CHECK(!strncmp(km_test_console(), wanted, strlen(wanted)));
	CHECK(console_has("\nBUG demo (") && console_has("): Object corrupt\n"));
	scnprintf(wanted, sizeof(wanted), "FIX demo: Restoring %s 0x%px-0x%px=0x%x\n",
		  damage->what, object + damage->offset, object + damage->offset,
		  damage->should_be);
	CHECK(console_has(wanted));
	CHECK_EQ(hidden(object)[damage->offset], damage->should_be);
	km_test_console_clear();
	CHECK_EQ(validate_slab_cache(cache), 1);
	CHECK(!*km_test_console());
	if (damage->life == OUT)
		kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	CHECK(!*km_test_console());
}

static void each_damage_is_told_and_mended_once(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(damages); i++) {
		km_test_note("damage %u", i);
		check_damage(&damages[i]);
	}
}

static void a_write_far_past_is_told_with_its_length(void)
{
	struct kmem_cache *cache = open_cache(SLAB_RED_ZONE, 64);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL);

	REQUIRE(object);
	memset(hidden(object) + 65, 0, 4);
	km_test_console_clear();
	validate_slab_cache(cache);
	scnprintf(wanted, sizeof(wanted), "[Right Redzone overwritten] 0x%px-0x%px @offset=",
		  object + 65, object + 68);
	CHECK(console_has(wanted));
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

/* Everything but the call traces, byte for byte. */
static void a_report_has_the_kernels_lines(void)
{
	char tainted[64];
	struct kmem_cache *cache = open_cache(ZP, 24);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL), *base;
	struct page *slab;
	const char *text, *end;

	REQUIRE(object);
	slab = frame_head(frame_of(object));
	base = frame_address(slab);
	CHECK_EQ(cache->layout.slot, 8 + 24 + 8 + 8 + 8);
	memcpy(object, "an object of its own wor", 24);
	hidden(object)[24] = 0;
	scnprintf(tainted, sizeof(tainted), "%s", print_tainted());
	km_test_console_clear();
	validate_slab_cache(cache);
	text = km_test_console();
	scnprintf(wanted, sizeof(wanted),
		  "[Right Redzone overwritten] 0x%px-0x%px @offset=32. First byte 0x0 instead of "
		  "0xcc\n"
		  "==========================================================================="
		  "==\n"
		  "BUG demo (%s): Object corrupt\n"
		  "---------------------------------------------------------------------------"
		  "--\n\n"
		  "Slab 0x%px objects=%u used=1 fp=0x%px flags=",
		  object + 24, object + 24, tainted, slab, slab->objects,
		  base + 8 + cache->layout.slot);
	CHECK(!strncmp(text, wanted, strlen(wanted)));
	scnprintf(wanted, sizeof(wanted),
		  "Object 0x%px @offset=8 fp=0x%px\n\n"
		  "Redzone  %px: cc cc cc cc cc cc cc cc                          ........\n"
		  "Object   %px: 61 6e 20 6f 62 6a 65 63 74 20 6f 66 20 69 74 73  "
		  "an object of its\n"
		  "Object   %px: 20 6f 77 6e 20 77 6f 72                           own wor\n"
		  "Redzone  %px: 00 cc cc cc cc cc cc cc                          ........\n"
		  "Padding  %px: 5a 5a 5a 5a 5a 5a 5a 5a                          ZZZZZZZZ\n"
		  "CPU: ", object, base + 8 + cache->layout.slot, object - 8, object, object + 16,
		  object + 24, object + 40);
	CHECK(console_has(wanted));
	end = strstr(text, "FIX demo: ");
	REQUIRE(end);
	scnprintf(wanted, sizeof(wanted), "FIX demo: Restoring Right Redzone 0x%px-0x%px=0xcc\n",
		  object + 24, object + 24);
	CHECK(!strcmp(end, wanted));
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static void the_size_asked_for_has_a_red_zone(void)
{
	struct kmem_cache *cache = open_cache(SLAB_KMALLOC | SLAB_STORE_USER | SLAB_RED_ZONE, 32);
	u8 *object = __kmalloc_cache_noprof(cache, GFP_KERNEL | __GFP_ZERO, 18);

	REQUIRE(object);
	CHECK(object[17] == 0 && hidden(object)[18] == 0xcc && hidden(object)[31] == 0xcc);
	hidden(object)[18] = 1;
	km_test_console_clear();
	validate_slab_cache(cache);
	CHECK(console_has("[kmalloc Redzone overwritten] "));
	CHECK(console_has("\nAllocated in "));
	CHECK(console_has("FIX demo: Restoring kmalloc Redzone "));
	/* ksize() makes the whole slot the user's. */
	CHECK_EQ(ksize(object), 32);
	hidden(object)[31] = 1;
	km_test_console_clear();
	validate_slab_cache(cache);
	CHECK(!*km_test_console());
	kfree(object);
	kmem_cache_destroy(cache);
}

static void krealloc_moves_the_red_zone(void)
{
	struct kmem_cache *cache = open_cache(SLAB_KMALLOC | SLAB_STORE_USER | SLAB_RED_ZONE, 64);
	u8 *object = __kmalloc_cache_noprof(cache, GFP_KERNEL, 20);

	REQUIRE(object);
	memset(object, 7, 20);
	CHECK(krealloc(object, 40, GFP_KERNEL) == object);
	CHECK(object[19] == 7 && hidden(object)[40] == 0xcc && hidden(object)[63] == 0xcc);
	memset(hidden(object), 8, 40);
	CHECK(krealloc(object, 10, GFP_KERNEL) == object);
	CHECK(object[9] == 8 && hidden(object)[10] == 0xcc && hidden(object)[39] == 0xcc);
	CHECK(krealloc(object, 50, GFP_KERNEL | __GFP_ZERO) == object);
	CHECK(object[9] == 8 && hidden(object)[10] == 0 && hidden(object)[49] == 0 &&
	      hidden(object)[50] == 0xcc);
	km_test_console_clear();
	validate_slab_cache(cache);
	CHECK(!*km_test_console());
	kfree(object);
	kmem_cache_destroy(cache);
}

static void double_frees_are_refused(void)
{
	static const slab_flags_t flags[] = { SLAB_CONSISTENCY_CHECKS, SLAB_POISON, FZPU };

	for (unsigned int i = 0; i < ARRAY_SIZE(flags); i++) {
		struct kmem_cache *cache = open_cache(flags[i], 48);
		u8 *a = kmem_cache_alloc(cache, GFP_KERNEL), *b;
		unsigned long out;

		b = kmem_cache_alloc(cache, GFP_KERNEL);
		REQUIRE(a && b);
		kmem_cache_free(cache, a);
		out = slab_cache_objects_out(cache);
		km_test_console_clear();
		kmem_cache_free(cache, hidden(a));
		CHECK(console_has("): Object already free\n"));
		scnprintf(wanted, sizeof(wanted), "FIX demo: Object at 0x%px not freed\n", a);
		CHECK(console_has(wanted));
		CHECK_EQ(slab_cache_objects_out(cache), out);
		CHECK(slab_validate());
		kmem_cache_free(cache, b);
		kmem_cache_destroy(cache);
	}
}

static void wrong_pointers_are_refused(void)
{
	struct kmem_cache *cache = open_cache(SLAB_CONSISTENCY_CHECKS, 48);
	struct kmem_cache *other = kmem_cache_create("other", 48, NULL, SLAB_NO_MERGE);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL);
	void *stray = kmem_cache_alloc(other, GFP_KERNEL);

	REQUIRE(object && other && stray);
	km_test_console_clear();
	kmem_cache_free(cache, object + 8);
	scnprintf(wanted, sizeof(wanted), "): Invalid object pointer 0x%px\n", object + 8);
	CHECK(console_has(wanted));
	scnprintf(wanted, sizeof(wanted), "FIX demo: Object at 0x%px not freed\n", object + 8);
	CHECK(console_has(wanted));
	km_test_console_clear();
	kmem_cache_free(cache, stray);
	CHECK(console_has("Wrong slab cache. demo but object is from other\n"));
	CHECK_EQ(slab_cache_objects_out(other), 0);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(other);
	kmem_cache_destroy(cache);
}

/* With F the damage is seen where the object comes or goes, and the object stays out of use. */
static void damage_is_seen_on_the_way(void)
{
	struct kmem_cache *cache = open_cache(FZPU, 40);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL), *again;

	REQUIRE(object);
	hidden(object)[40] = 0;
	km_test_console_clear();
	kmem_cache_free(cache, object);
	CHECK(console_has("[Right Redzone overwritten] "));
	scnprintf(wanted, sizeof(wanted), "FIX demo: Object at 0x%px not freed\n", object);
	CHECK(console_has(wanted));
	km_test_console_clear();
	kmem_cache_free(cache, object);
	CHECK(!*km_test_console());
	hidden(object)[3] = 0;
	again = kmem_cache_alloc(cache, GFP_KERNEL);
	REQUIRE(again);
	CHECK(console_has("[Poison overwritten] "));
	CHECK(console_has("\nFreed in "));
	CHECK(console_has("FIX demo: Marking all objects used\n"));
	CHECK(frame_head(frame_of(again)) != frame_head(frame_of(object)));
	CHECK(slab_validate());
	kmem_cache_free(cache, again);
	/* What was given up is lost to the cache: it says so, and stays. */
	km_test_console_clear();
	kmem_cache_destroy(cache);
	CHECK(console_has("Objects remaining in demo on __kmem_cache_shutdown()\n"));
}

static void broken_free_lists_are_cut(void)
{
	struct kmem_cache *cache = open_cache(SLAB_POISON, 64);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL);

	REQUIRE(object);
	kmem_cache_free(cache, object);
	km_test_console_clear();
	*(uintptr_t *)(hidden(object) + cache->link) ^= 0xff;
	/* The object itself can still be had; what was behind it cannot. */
	CHECK(kmem_cache_alloc(cache, GFP_KERNEL) == object);
	CHECK(console_has("): Freechain corrupt\n"));
	CHECK(console_has("FIX demo: Isolate corrupted freechain\n"));
	CHECK(kmem_cache_alloc(cache, GFP_KERNEL));
	CHECK(slab_validate());
}

static void slab_padding_is_watched(void)
{
	struct kmem_cache *cache = open_cache(SLAB_POISON, 1000);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL), *base, *last;
	struct page *slab;

	REQUIRE(object);
	slab = frame_head(frame_of(object));
	base = frame_address(slab);
	last = base + (PAGE_SIZE << slab->order) - 1;
	REQUIRE(slab->objects * cache->layout.slot < PAGE_SIZE << slab->order);
	*hidden(last) = 3;
	km_test_console_clear();
	validate_slab_cache(cache);
	scnprintf(wanted, sizeof(wanted), "): Padding overwritten. 0x%px-0x%px @offset=%lu\n", last,
		  last, (unsigned long)(last - base));
	CHECK(console_has(wanted));
	scnprintf(wanted, sizeof(wanted), "FIX demo: Restoring slab padding 0x%px-0x%px=0x5a\n",
		  last, last);
	CHECK(console_has(wanted));
	CHECK_EQ(*last, 0x5a);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static void traced_caches_tell_each_step(void)
{
	struct kmem_cache *cache = open_cache(SLAB_TRACE, 16);
	void *object;

	km_test_console_clear();
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	scnprintf(wanted, sizeof(wanted), "TRACE demo alloc 0x%px inuse=1 fp=0x", object);
	CHECK(console_has(wanted));
	kmem_cache_free(cache, object);
	scnprintf(wanted, sizeof(wanted), "TRACE demo free 0x%px inuse=1 fp=0x", object);
	CHECK(console_has(wanted));
	CHECK(console_has("\nObject "));
	kmem_cache_destroy(cache);
}

static void ctor(void *object)
{
	memset(object, 0x41, 40);
}

static void constructed_and_typesafe_objects_are_not_poisoned(void)
{
	struct kmem_cache *made = kmem_cache_create("made", 40, 0, FZPU, ctor);
	struct kmem_cache *safe = open_cache(FZPU | SLAB_TYPESAFE_BY_RCU, 40);
	u8 *a = kmem_cache_alloc(made, GFP_KERNEL), *b = kmem_cache_alloc(safe, GFP_KERNEL);

	REQUIRE(a && b);
	CHECK(a[0] == 0x41 && a[39] == 0x41);
	memset(b, 9, 40);
	kmem_cache_free(made, a);
	kmem_cache_free(safe, b);
	CHECK(hidden(a)[39] == 0x41 && hidden(b)[0] == 9);
	km_test_console_clear();
	hidden(b)[40] = 1;
	validate_slab_cache(safe);
	CHECK(console_has("[Right Redzone overwritten] "));
	kmem_cache_destroy(made);
	kmem_cache_destroy(safe);
}

static void *take_here(struct kmem_cache *cache)
{
	return __kmalloc_cache_noprof(cache, GFP_KERNEL, 20);
}

static void traces_sum_up_who_holds_objects(void)
{
	static char text[8192];
	struct kmem_cache *cache = open_cache(SLAB_KMALLOC | SLAB_STORE_USER, 32);
	void *many[300], *one;
	unsigned int i;

	REQUIRE(cache);
	CHECK(slab_traces(cache, TRACK_ALLOC, text, sizeof(text)) && !strcmp(text, "No data\n"));
	for (i = 0; i < 300; i++) {
		many[i] = take_here(cache);
		REQUIRE(many[i]);
	}
	one = kmem_cache_alloc(cache, GFP_KERNEL);
	slab_traces(cache, TRACK_ALLOC, text, sizeof(text));
	CHECK(!strncmp(text, "    300 ", 8));
	CHECK(strstr(text, " waste=3600/12 age="));
	CHECK(strstr(text, "\n\n      1 "));
	slab_traces(cache, TRACK_FREE, text, sizeof(text));
	CHECK(!strncmp(text, "    301 <not-available> age=", 28));
	CHECK_EQ(slab_traces(cache, TRACK_ALLOC, text, 20), 19);
	kfree(one);
	for (i = 0; i < 300; i++)
		kfree(many[i]);
	one = take_here(cache);
	slab_traces(cache, TRACK_FREE, text, sizeof(text));
	CHECK(!strncmp(text, "      1 ", 8) && !strstr(text, "not-available"));
	km_test_console_clear();
	CHECK(kmem_dump_obj((char *)one + 3));
	CHECK(console_has(" pointer offset 3 size 32 allocated at "));
	CHECK(console_has(" Free path:\n"));
	kfree(one);
	kmem_cache_destroy(cache);
}

/* The layouts of Linux: offset of the link, size of a slot. */
static void slots_are_as_large_as_in_linux(void)
{
	static const struct { slab_flags_t flags; u32 size, align, link, slot; } rows[] = {
		{ SLAB_CONSISTENCY_CHECKS, 64, 8, 32, 64 },
		{ SLAB_RED_ZONE, 64, 8, 32, 88 },
		{ SLAB_RED_ZONE, 60, 8, 24, 80 },
		{ SLAB_RED_ZONE, 4, 8, 8, 32 },
		{ SLAB_POISON, 64, 8, 64, 72 },
		{ SLAB_POISON | SLAB_RED_ZONE, 64, 64, 72, 192 },
		{ SLAB_STORE_USER, 64, 8, 32, 128 },
		{ FZPU, 64, 8, 72, 160 },
		{ FZPU | SLAB_KMALLOC, 64, 64, 72, 256 },
		{ FZPU | SLAB_TYPESAFE_BY_RCU, 20, 8, 24, 112 },
	};
	const struct kmem_cache_args none = {};

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		struct kmem_cache_args args = none;
		struct slab_layout layout;

		args.align = rows[i].align;
		km_test_note("row %u", i);
		REQUIRE(!slab_layout_make(&layout, rows[i].size, &args, rows[i].flags, false));
		CHECK_EQ(layout.link, rows[i].link);
		CHECK_EQ(layout.slot, rows[i].slot);
	}
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(a_report_has_the_kernels_lines), T(each_damage_is_told_and_mended_once),
	 T(a_write_far_past_is_told_with_its_length), T(the_size_asked_for_has_a_red_zone),
	 T(krealloc_moves_the_red_zone), T(double_frees_are_refused),
	 T(wrong_pointers_are_refused), T(damage_is_seen_on_the_way),
	 T(broken_free_lists_are_cut), T(slab_padding_is_watched), T(traced_caches_tell_each_step),
	 T(constructed_and_typesafe_objects_are_not_poisoned), T(traces_sum_up_who_holds_objects),
	 T(slots_are_as_large_as_in_linux));
