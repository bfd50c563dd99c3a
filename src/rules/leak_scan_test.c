/* SPDX-License-Identifier: MIT */
/* leak_scan_test.c - random graphs of objects against a plain search, and what hides objects */
#include <linux/kmemleak.h>
#include <linux/percpu.h>
#include <linux/timer.h>
#include "rules/rules_test.h"
#include "rules/leak_scan.h"

#define NODES	48u
#define EDGES	3u
#define ROOTS	4u

enum node_kind { NODE_SMALL, NODE_PAGE, NODE_AREA, NODE_PERCPU, NODE_KINDS };

static struct node {
	enum node_kind kind;
	void *memory;
	size_t bytes;
	unsigned int edge[EDGES];	/* NODES: none */
	bool is_reached;
} node[NODES];
static void *root[ROOTS];
static unsigned int root_edge[ROOTS];

static void node_make(struct node *made)
{
	made->kind = km_test_random_below(4) ? NODE_SMALL : km_test_random_below(NODE_KINDS);
	made->bytes = 64 + 8 * km_test_random_below(24);
	if (made->kind == NODE_SMALL) {
		made->memory = kzalloc(made->bytes, GFP_KERNEL);
	} else if (made->kind == NODE_PAGE) {
		made->bytes = PAGE_SIZE;
		made->memory = (void *)get_zeroed_page(GFP_KERNEL);
	} else if (made->kind == NODE_AREA) {
		made->bytes = 2 * PAGE_SIZE;
		made->memory = vzalloc(made->bytes);
	} else {
		made->memory = (void __force *)__alloc_percpu(made->bytes, 8);
	}
	CHECK(made->memory != NULL);
}

static void node_free(struct node *made)
{
	if (made->kind == NODE_SMALL)
		kfree(made->memory);
	else if (made->kind == NODE_PAGE)
		free_page((unsigned long)made->memory);
	else if (made->kind == NODE_AREA)
		vfree(made->memory);
	else
		free_percpu((void __percpu *)made->memory);
}

/* Where an edge may be kept: its own 16 bytes of the node, at any byte of them. */
static void *edge_place(const struct node *from, unsigned int edge)
{
	char *memory = from->memory;

	if (from->kind == NODE_PERCPU)
		memory = (char *)per_cpu_ptr((void __percpu *)memory,
					     km_test_random_below(nr_cpu_ids));
	return memory + 16 * edge + km_test_random_below(9);
}

/* One of the ways to refer to @to. */
static void *reference_to(const struct node *to)
{
	char *inside = (char *)to->memory + km_test_random_below((unsigned int)to->bytes);

	if (to->kind == NODE_PAGE && km_test_random_below(2))
		return (char *)virt_to_page(to->memory) + km_test_random_below(64);
	if (to->kind == NODE_PERCPU && km_test_random_below(2))
		return per_cpu_ptr((void __percpu *)inside, km_test_random_below(nr_cpu_ids));
	return inside;
}

static void graph_make(void)
{
	for (unsigned int i = 0; i < NODES; i++)
		node_make(&node[i]);
	for (unsigned int i = 0; i < NODES; i++) {
		node[i].is_reached = false;
		for (unsigned int k = 0; k < EDGES; k++) {
			void *to;

			node[i].edge[k] = km_test_random_below(3 * NODES);
			if (node[i].edge[k] >= NODES)
				continue;
			to = reference_to(&node[node[i].edge[k]]);
			memcpy(edge_place(&node[i], k), &to, sizeof(to));
		}
	}
	for (unsigned int i = 0; i < ROOTS; i++) {
		root_edge[i] = km_test_random_below(2 * NODES);
		root[i] = root_edge[i] < NODES ? reference_to(&node[root_edge[i]]) : NULL;
	}
}

static void model_reach(unsigned int at)
{
	if (at >= NODES || node[at].is_reached)
		return;
	node[at].is_reached = true;
	for (unsigned int k = 0; k < EDGES; k++)
		model_reach(node[at].edge[k]);
}

static void random_graphs_are_marked_as_a_plain_search_does(void)
{
	unsigned int reached = 0, lost = 0;

	for (unsigned int round = 0; round < 60; round++) {
		graph_make();
		for (unsigned int i = 0; i < ROOTS; i++)
			model_reach(root_edge[i]);
		scan_mark_from(root, sizeof(root));
		for (unsigned int i = 0; i < NODES; i++) {
			struct object *object = object_at((uintptr_t)node[i].memory);

			CHECK(object && scan_reached(object) == node[i].is_reached);
			reached += node[i].is_reached;
			lost += !node[i].is_reached;
		}
		for (unsigned int i = 0; i < NODES; i++)
			node_free(&node[i]);
	}
	km_test_note("%u reached, %u not", reached, lost);
	CHECK(reached > 300 && lost > 300);
}

/* -- the whole scan --------------------------------------------------------------------------- */

static uintptr_t inverted;	/* an address that is none */
static void *shown;

static noinline void hide(void *object)
{
	inverted = ~(uintptr_t)object;
	shown = NULL;
}

static void *unhide(void)
{
	return (void *)~inverted;
}

/* What registers and the dead part of the stack still hold is overwritten. */
static noinline void forget(void)
{
	volatile char noise[2048];

	for (unsigned int i = 0; i < sizeof(noise); i++)
		noise[i] = (char)i;
}

static noinline void begin(void)
{
	/* Per-CPU pointers may look like addresses of variables. */
	memset(node, 0, sizeof(node));
	memset(root, 0, sizeof(root));
	leak_begin();
	told_clear();
	told_last.object = NULL;
}

static noinline void scan_now(void)
{
	forget();
	leak_scan();
	leak_check_lost();
}

static noinline void make_hidden(void)
{
	hide(kmalloc(72, GFP_KERNEL));
}

static void what_nothing_refers_to_is_told_once(void)
{
	begin();
	make_hidden();
	scan_now();
	CHECK_TOLD("leak", "nothing refers to it any more");
	CHECK(strstr(told_message, "(size 72)") != NULL);
	told_clear();
	told_last.object = NULL;
	scan_now();
	CHECK_EQ(told_count, 0);
	leak_check();
	CHECK_EQ(told_count, 0);
	kfree(unhide());
}

/* Nobody knows all the forms a pointer may be kept in. */
static void what_is_freed_after_all_was_no_leak(void)
{
	begin();
	make_hidden();
	forget();
	leak_scan();
	kfree(unhide());
	leak_check();
	leak_check_lost();
	CHECK_EQ(told_count, 0);
}

static noinline void make_shown(void)
{
	make_hidden();
	shown = (char *)unhide() + 71;
}

static void a_variable_that_points_inside_is_enough(void)
{
	begin();
	make_shown();
	scan_now();
	CHECK_EQ(told_count, 0);
	kfree(unhide());
	shown = NULL;
}

static noinline void make_with(void (*hint)(const void *))
{
	make_hidden();
	hint(unhide());
}

static void excused_objects_are_silent_at_exit_too(void)
{
	static void (*const hints[])(const void *) = { kmemleak_not_leak, kmemleak_ignore };

	for (unsigned int i = 0; i < 2; i++) {
		begin();
		make_with(hints[i]);
		scan_now();
		leak_check();
		CHECK_EQ(told_count, 0);
		kfree(unhide());
	}
	begin();
	make_with(kmemleak_transient_leak);
	scan_now();
	CHECK_EQ(told_count, 0);
	scan_now();
	CHECK_TOLD("leak", "nothing refers to it");
	kfree(unhide());
}

static noinline void make_chain(void)
{
	void **parent = kzalloc(128, GFP_KERNEL);

	make_hidden();
	parent[10] = unhide();
	shown = parent;
}

/* A parent that is not looked through, or only elsewhere, keeps nothing. */
static void hints_say_where_pointers_are(void)
{
	for (unsigned int round = 0; round < 4; round++) {
		begin();
		make_chain();
		if (round == 1)
			kmemleak_no_scan(shown);
		else if (round == 2)
			kmemleak_scan_area(shown, 80, GFP_KERNEL);
		else if (round == 3)
			kmemleak_scan_area((char *)shown + 80, 8, GFP_KERNEL);
		scan_now();
		CHECK_EQ(told_count, round == 1 || round == 2);
		kfree(unhide());
		kfree(shown);
		shown = NULL;
	}
}

static char own_pool[512];
static void *volatile own_user;

static noinline void own_alloc(unsigned int at)
{
	kmemleak_alloc(own_pool + at, 32, 1, GFP_KERNEL);
}

static noinline void own_free(unsigned int at, size_t bytes)
{
	if (bytes)
		kmemleak_free_part(own_pool + at, bytes);
	else
		kmemleak_free(own_pool + at);
}

static noinline void own_use(unsigned int at)
{
	own_user = at ? own_pool + at : NULL;
}

static void blocks_of_the_modules_own_allocator_count(void)
{
	begin();
	own_alloc(64);
	own_alloc(128);
	own_use(70);
	scan_now();
	CHECK_TOLD("leak", "kmemleak_alloc() told of it, and 0 of 1 references");
	own_free(128, 0);
	own_free(64, 16);
	told_clear();
	own_use(85);
	scan_now();
	CHECK_EQ(told_count, 0);
	own_use(0);
	told_last.object = NULL;
	scan_now();
	CHECK_TOLD("leak", "(size 16)");
	own_free(80, 0);
	told_clear();
	scan_now();
	CHECK_EQ(told_count, 0);
}

struct armed { int value; struct timer_list timer; };

static void on_timer(struct timer_list *timer)
{
}

static noinline void make_armed(void)
{
	struct armed *armed = kzalloc(sizeof(*armed), GFP_KERNEL);

	timer_setup(&armed->timer, on_timer, 0);
	mod_timer(&armed->timer, jiffies + 1000000);
	hide(armed);
}

static void an_armed_timer_keeps_its_object(void)
{
	begin();
	make_armed();
	scan_now();
	CHECK_EQ(told_count, 0);
	timer_delete_sync(&((struct armed *)unhide())->timer);
	forget();
	scan_now();
	CHECK_TOLD("leak", "nothing refers to it");
	kfree(unhide());
}

KM_TESTS(rules_setup,
	T(random_graphs_are_marked_as_a_plain_search_does),
	T(what_nothing_refers_to_is_told_once),
	T(what_is_freed_after_all_was_no_leak),
	T(a_variable_that_points_inside_is_enough),
	T(excused_objects_are_silent_at_exit_too),
	T(hints_say_where_pointers_are),
	T(blocks_of_the_modules_own_allocator_count),
	T(an_armed_timer_keeps_its_object));
