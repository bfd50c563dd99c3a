/* SPDX-License-Identifier: MIT */
/* page_threads_test.c - several CPUs and threads at once; waiting for others to free */
#include <linux/delay.h>
#include <linux/kthread.h>
#include "page/page_test.h"
#include "watch/watch.h"

#define THREADS	4
#define HELD	24
#define STEPS	3000

struct job {
	u64 random;
	unsigned int damaged;
	bool is_done;
};

static u64 next_random(struct job *job)
{
	job->random ^= job->random << 13;
	job->random ^= job->random >> 7;
	return job->random ^= job->random << 17;
}

static void stamp(struct page *page, unsigned int order, u64 value)
{
	for (unsigned long i = 0; i < 1UL << order; i++)
		*(u64 *)page_address(page + i) = value + i;
}

static bool is_stamped(const struct page *page, unsigned int order, u64 value)
{
	for (unsigned long i = 0; i < 1UL << order; i++) {
		if (*(u64 *)page_address(page + i) != value + i)
			return false;
	}
	return true;
}

static int churn(void *data)
{
	struct job *job = data;
	struct page *pages[HELD] = { NULL };
	u64 values[HELD];

	for (unsigned int step = 0; step < STEPS + HELD; step++) {
		unsigned int slot = step < STEPS ? next_random(job) % HELD : step - STEPS;
		unsigned int order = slot % 5;

		if (pages[slot]) {
			job->damaged += !is_stamped(pages[slot], order, values[slot]);
			__free_pages(pages[slot], order);
			pages[slot] = NULL;
		} else if (step < STEPS) {
			pages[slot] = alloc_pages(GFP_KERNEL | __GFP_NOWARN, order);
			values[slot] = next_random(job);
			if (pages[slot])
				stamp(pages[slot], order, values[slot]);
		}
		if (step % 512 == 0)
			msleep(1);
	}
	WRITE_ONCE(job->is_done, true);
	return 0;
}

static void threads_never_share_a_page(void)
{
	unsigned long before = page_free_total();
	static struct job jobs[THREADS];

	for (unsigned int i = 0; i < THREADS; i++) {
		jobs[i] = (struct job) { .random = km_test_random() | 1 };
		CHECK(!IS_ERR(kthread_run(churn, &jobs[i], "churn/%u", i)));
	}
	for (unsigned int i = 0; i < THREADS; i++) {
		while (!READ_ONCE(jobs[i].is_done))
			msleep(2);
		CHECK_EQ(jobs[i].damaged, 0);
	}
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

static int free_later(void *data)
{
	msleep(50);
	hoard_free(data);
	return 0;
}

static void must_succeed_waits_for_others(void)
{
	static struct hoard all;
	struct page *page;

	page_drain_all();	/* who cannot wait does not get at other CPUs' lists */
	hoard_fill(&all, GFP_ATOMIC | __GFP_MEMALLOC, ~0UL);
	CHECK_EQ(page_free_total(), 0);
	CHECK(!alloc_pages(GFP_ATOMIC | __GFP_NOWARN, 0));
	CHECK(!IS_ERR(kthread_run(free_later, &all, "freer")));
	page = alloc_pages(GFP_KERNEL | __GFP_NOFAIL, 0);
	REQUIRE(page);
	while (READ_ONCE(all.count))
		msleep(1);
	__free_pages(page, 0);
	CHECK(page_validate());
}

static struct hoard kept;

static enum km_verdict give_back(const struct km_event *event)
{
	hoard_free(&kept);
	return KM_GO;
}

static void pressure_lets_rules_give_back(void)
{
	static const struct km_rule rule = {
		.id = "test", .points = 1u << KM_POINT_PRESSURE, .see = give_back,
	};
	static const struct km_rule *const rules[] = { &rule };
	struct hoard all;
	struct page *page;

	hoard_fill(&kept, GFP_KERNEL, 500);
	hoard_fill(&all, GFP_KERNEL, ~0UL);
	watch_arm(rules, 1);
	page = alloc_pages(GFP_KERNEL, 0);
	CHECK(page);
	CHECK_EQ(kept.count, 0);
	watch_arm(NULL, 0);
	if (page)
		__free_pages(page, 0);
	hoard_free(&all);
	CHECK(page_validate());
}

KM_TESTS(boot_page_room,
	 T(threads_never_share_a_page),
	 T(must_succeed_waits_for_others),
	 T(pressure_lets_rules_give_back));
