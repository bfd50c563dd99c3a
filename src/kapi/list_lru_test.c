/* SPDX-License-Identifier: MIT */
/* list_lru_test.c - order, counts and walks of list_lru, on four nodes */
#include <kmalloc/machine.h>
#include <linux/list_lru.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "page/page_room.h"
#include "test.h"

struct item {
	struct list_head lru;
	int number, seen;
	bool is_hot;
};

static struct list_lru lru;
static struct item items[100];

static void start(int count)
{
	REQUIRE(!list_lru_init(&lru));
	for (int i = 0; i < count; i++) {
		items[i] = (struct item) { .number = i };
		INIT_LIST_HEAD(&items[i].lru);
	}
}

static void items_are_added_and_taken_once(void)
{
	start(8);
	for (int i = 0; i < 8; i++)
		CHECK(list_lru_add(&lru, &items[i].lru, i % 4, NULL));
	CHECK(!list_lru_add(&lru, &items[3].lru, 3, NULL));
	CHECK_EQ(list_lru_count(&lru), 8);
	CHECK_EQ(list_lru_count_node(&lru, 3), 2);
	CHECK(list_lru_del(&lru, &items[3].lru, 3, NULL));
	CHECK(!list_lru_del(&lru, &items[3].lru, 3, NULL));
	CHECK_EQ(list_lru_count_one(&lru, 3, NULL), 1);
	CHECK_EQ(list_lru_count(&lru), 7);
	list_lru_destroy(&lru);
	CHECK(!lru.node);
	list_lru_destroy(&lru);
}

static void objects_go_to_their_node(void)
{
	start(0);
	for (int nid = 0; nid < 4; nid++) {
		gfp_t gfp = GFP_KERNEL | __GFP_THISNODE;
		struct item *object = kmalloc_node(sizeof(*object), gfp, nid);

		REQUIRE(object);
		INIT_LIST_HEAD(&object->lru);
		CHECK(list_lru_add_obj(&lru, &object->lru));
		CHECK_EQ(list_lru_count_node(&lru, nid), 1);
		CHECK(list_lru_del_obj(&lru, &object->lru));
		CHECK_EQ(list_lru_count(&lru), 0);
		kfree(object);
	}
	list_lru_destroy(&lru);
}

/* Odd numbers go, those that are hot get another turn, 5 ends the walk, 6 is not to be had. */
static enum lru_status judge(struct list_head *head, struct list_lru_one *list, spinlock_t *lock,
			     void *arg)
{
	struct item *item = container_of(head, struct item, lru);
	struct list_head *taken = arg;

	CHECK(spin_is_locked(lock));
	item->seen++;
	if (item->number == 5)
		return LRU_STOP;
	if (item->number == 6)
		return LRU_SKIP;
	if (item->is_hot) {
		item->is_hot = false;
		return LRU_ROTATE;
	}
	if (item->number % 2 == 0)
		return LRU_SKIP;
	if (item->number == 3) {
		list_lru_isolate_move(list, head, taken);
		return LRU_REMOVED;
	}
	list_lru_isolate(list, head);
	spin_unlock(lock);
	spin_lock(lock);
	return LRU_REMOVED_RETRY;
}

static void walks_obey_the_callback(void)
{
	LIST_HEAD(taken);

	start(7);
	for (int i = 0; i < 7; i++)
		list_lru_add(&lru, &items[i].lru, 0, NULL);
	items[0].is_hot = true;
	items[2].is_hot = true;
	items[3].is_hot = true;
	/* 0 to the end; 1 goes, start again; 2, 3 to the end; 4 stays; 5 ends it. */
	CHECK_EQ(list_lru_walk(&lru, judge, &taken, 100), 1);
	CHECK_EQ(list_lru_count(&lru), 6);
	list_lru_del(&lru, &items[5].lru, 0, NULL);
	/* 4 6 0 2 3: only 3 goes. */
	CHECK_EQ(list_lru_walk(&lru, judge, &taken, 100), 1);
	CHECK(taken.next == &items[3].lru && list_is_singular(&taken));
	CHECK_EQ(list_lru_count(&lru), 4);
	CHECK_EQ(items[5].seen, 1);
	CHECK_EQ(items[1].seen, 1);
	CHECK_EQ(items[0].seen, 2);
	CHECK(list_lru_del(&lru, &items[2].lru, 0, NULL));
	list_lru_destroy(&lru);
}

static enum lru_status take(struct list_head *head, struct list_lru_one *list, spinlock_t *lock,
			    void *arg)
{
	int *last = arg, number = container_of(head, struct item, lru)->number;

	/* Oldest first, a node at a time. */
	CHECK(number > last[number % 4]);
	last[number % 4] = number;
	list_lru_isolate(list, head);
	return LRU_REMOVED;
}

static void walks_stop_when_enough_was_seen(void)
{
	int last[4] = { -1, -1, -1, -1 };
	struct shrink_control sc = { .nid = 2, .nr_to_scan = 7 };
	unsigned long left;

	start(100);
	for (int i = 0; i < 100; i++)
		list_lru_add(&lru, &items[i].lru, i % 4, NULL);
	CHECK_EQ(list_lru_shrink_count(&lru, &sc), 25);
	CHECK_EQ(list_lru_shrink_walk(&lru, &sc, take, last), 7);
	CHECK_EQ(sc.nr_to_scan, 0);
	CHECK_EQ(list_lru_shrink_count(&lru, &sc), 18);
	sc.nr_to_scan = 100;
	CHECK_EQ(list_lru_shrink_walk_irq(&lru, &sc, take, last), 18);
	CHECK_EQ(sc.nr_to_scan, 82);
	CHECK_EQ(list_lru_walk(&lru, take, last, 30), 30);
	CHECK_EQ(list_lru_count(&lru), 45);
	left = 1;
	CHECK_EQ(list_lru_walk_node(&lru, 3, take, last, &left), 1);
	CHECK_EQ(list_lru_walk(&lru, take, last, 1000), 44);
	CHECK_EQ(list_lru_count(&lru), 0);
	list_lru_destroy(&lru);
}

static enum lru_status again(struct list_head *head, struct list_lru_one *list, spinlock_t *lock,
			     void *arg)
{
	return LRU_RETRY;
}

static void a_walk_that_gets_nowhere_ends(void)
{
	start(3);
	for (int i = 0; i < 3; i++)
		list_lru_add(&lru, &items[i].lru, 1, NULL);
	CHECK_EQ(list_lru_walk(&lru, again, NULL, 50), 0);
	CHECK_EQ(list_lru_count(&lru), 3);
	list_lru_destroy(&lru);
}

static void without_memory_init_fails_cleanly(void)
{
	static void *held[600];
	int count = 0, error;

	/* Nothing that lies ready may serve it. */
	page_fail_after(0, ~0ul);
	while (count < 600 && (held[count] = kmalloc(4 * sizeof(struct list_lru_node), GFP_KERNEL)))
		count++;
	error = list_lru_init(&lru);
	CHECK(page_fail_stop() > 0);
	CHECK_EQ(error, -ENOMEM);
	CHECK(!lru.node);
	list_lru_destroy(&lru);
	while (count)
		kfree(held[--count]);
	CHECK(!list_lru_init_memcg(&lru, NULL));
	list_lru_destroy(&lru);
}

static int setup(void)
{
	return km_machine_boot(&(struct km_config) { .command_line = "numa=fake=4" });
}

KM_TESTS(setup, T(items_are_added_and_taken_once), T(objects_go_to_their_node),
	 T(walks_obey_the_callback), T(walks_stop_when_enough_was_seen),
	 T(a_walk_that_gets_nowhere_ends), T(without_memory_init_fails_cleanly));
