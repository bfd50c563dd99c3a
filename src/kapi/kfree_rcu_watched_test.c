/* SPDX-License-Identifier: MIT */
/*
 * kfree_rcu_watched_test.c - with rules: the object's bytes stay, the free is told where it was
 * asked for
 */
#include <kmalloc/machine.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "slab/slab.h"
#include "test.h"

struct node {
	struct rcu_head rcu;
	u64 value;
};

static struct km_event seen;

static enum km_verdict see(const struct km_event *event)
{
	seen = *event;
	return KM_GO;
}

static const struct km_rule listener = { .points = 1u << KM_POINT_FREE_ASK, .see = see };
static const struct km_rule *const rules[] = { &listener };

static noinline void drop(struct node *node)
{
	kfree_rcu(node, rcu);
	barrier();
}

static void the_free_is_told_with_the_line_that_asked(void)
{
	struct node *node = kzalloc(sizeof(*node), GFP_KERNEL);

	REQUIRE(node);
	watch_arm(rules, 1);
	rcu_read_lock();
	drop(node);
	CHECK(!node->rcu.next && !node->rcu.func);
	CHECK(!seen.object);
	rcu_read_unlock();
	rcu_barrier();
	watch_arm(NULL, 0);
	CHECK(seen.object == node);
	CHECK(!strcmp(seen.what, "kfree_rcu"));
	CHECK(seen.caller > (uintptr_t)drop && seen.caller < (uintptr_t)drop + 128);
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(the_free_is_told_with_the_line_that_asked));
