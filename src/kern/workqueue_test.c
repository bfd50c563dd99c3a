// SPDX-License-Identifier: MIT
/* workqueue_test.c - work items, delayed work, queues */
#include <linux/completion.h>
#include <linux/workqueue.h>
#include <kern/upper_test.h>

static struct probe {
	struct work_struct work;
	struct delayed_work delayed;
	unsigned int runs, again, sleep_ms;
	int preempt_count;
	bool is_inside, overlapped;
} probe;

static void probe_note(void)
{
	if (__atomic_exchange_n(&probe.is_inside, true, __ATOMIC_SEQ_CST))
		probe.overlapped = true;
	probe.preempt_count = preempt_count();
	if (probe.sleep_ms)
		msleep(probe.sleep_ms);
	SET(probe.is_inside, false);
	ADD(probe.runs, 1);
}

static void probe_run(struct work_struct *work)
{
	CHECK(current_work() == work);
	CHECK(!work_pending(work));
	if (probe.again) {
		probe.again--;
		schedule_work(work);
	}
	probe_note();
}

static void probe_run_delayed(struct work_struct *work)
{
	CHECK(to_delayed_work(work) == &probe.delayed);
	probe_note();
}

static void probe_reset(void)
{
	memset(&probe, 0, sizeof(probe));
	INIT_WORK(&probe.work, probe_run);
	INIT_DELAYED_WORK(&probe.delayed, probe_run_delayed);
}

static void work_runs_once_in_task_context(void)
{
	probe_reset();
	CHECK(!flush_work(&probe.work));
	CHECK(schedule_work(&probe.work));
	flush_work(&probe.work);
	CHECK_EQ(probe.runs, 1);
	CHECK_EQ(probe.preempt_count, 0);
	CHECK_EQ(work_busy(&probe.work), 0);
}

static void pending_work_is_not_queued_again(void)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("ordered", 0);
	DECLARE_DELAYED_WORK(dwork, probe_run_delayed);

	REQUIRE(wq);
	probe_reset();
	CHECK(queue_delayed_work(wq, &probe.delayed, 1000));
	CHECK(delayed_work_pending(&probe.delayed));
	CHECK(!queue_delayed_work(wq, &probe.delayed, 1));
	CHECK(!queue_work(wq, &probe.delayed.work));
	CHECK(cancel_delayed_work(&probe.delayed));
	CHECK(!cancel_delayed_work(&probe.delayed));
	CHECK(!cancel_delayed_work_sync(&dwork));
	CHECK_EQ(probe.runs, 0);
	destroy_workqueue(wq);
}

static void work_that_queues_itself_never_overlaps(void)
{
	probe_reset();
	probe.again = 5;
	probe.sleep_ms = 1;
	schedule_work(&probe.work);
	WAIT_FOR(GET(probe.runs) == 6);
	flush_work(&probe.work);
	CHECK(!probe.overlapped);
}

#define ITEMS	20
static struct work_struct items[ITEMS];
static unsigned int order[ITEMS], order_count, inside, inside_most;

static void item_run(struct work_struct *work)
{
	unsigned int now = ADD(inside, 1);

	if (now > inside_most)
		inside_most = now;
	msleep(km_test_seed % 2);
	order[ADD(order_count, 1) - 1] = work - items;
	ADD(inside, -1);
}

static void items_queue(struct workqueue_struct *wq)
{
	unsigned int nr;

	order_count = inside = inside_most = 0;
	for (nr = 0; nr < ITEMS; nr++) {
		INIT_WORK(&items[nr], item_run);
		CHECK(queue_work(wq, &items[nr]));
	}
}

static void an_ordered_queue_runs_one_after_another(void)
{
	struct workqueue_struct *wq = create_singlethread_workqueue("single");
	unsigned int nr;

	REQUIRE(wq);
	items_queue(wq);
	flush_workqueue(wq);
	CHECK_EQ(order_count, ITEMS);
	CHECK_EQ(inside_most, 1);
	for (nr = 0; nr < ITEMS; nr++)
		CHECK_EQ(order[nr], nr);
	destroy_workqueue(wq);
}

static void max_active_bounds_what_runs_at_once(void)
{
	struct workqueue_struct *wq = alloc_workqueue("bounded-%d", WQ_UNBOUND, 3, 7);

	REQUIRE(wq);
	items_queue(wq);
	drain_workqueue(wq);
	CHECK_EQ(order_count, ITEMS);
	CHECK(inside_most <= 3);
	destroy_workqueue(wq);
}

static DECLARE_COMPLETION(gate);
static unsigned int passed;

static void gate_wait(struct work_struct *work)
{
	wait_for_completion(&gate);
	ADD(passed, 1);
}

static void a_sleeping_item_does_not_hold_up_others(void)
{
	DECLARE_WORK(waiter_a, gate_wait);
	DECLARE_WORK(waiter_b, gate_wait);

	probe_reset();
	passed = 0;
	reinit_completion(&gate);
	schedule_work(&waiter_a);
	schedule_work(&waiter_b);
	schedule_work(&probe.work);
	flush_work(&probe.work);
	CHECK_EQ(probe.runs, 1);
	CHECK_EQ(GET(passed), 0);
	complete_all(&gate);
	flush_work(&waiter_a);
	flush_work(&waiter_b);
	CHECK_EQ(GET(passed), 2);
}

static void cancel_sync_waits_for_a_running_item(void)
{
	probe_reset();
	probe.sleep_ms = 3;
	schedule_work(&probe.work);
	WAIT_FOR(GET(probe.is_inside));
	CHECK(!cancel_work_sync(&probe.work));
	CHECK_EQ(probe.runs, 1);
	CHECK(!GET(probe.is_inside));
}

static void disabled_work_cannot_be_queued(void)
{
	probe_reset();
	CHECK(!disable_work_sync(&probe.work));
	CHECK(!schedule_work(&probe.work));
	CHECK(enable_work(&probe.work));
	CHECK(schedule_work(&probe.work));
	flush_work(&probe.work);
	CHECK_EQ(probe.runs, 1);
}

static void delayed_work_runs_after_its_delay(void)
{
	unsigned long at;

	probe_reset();
	at = jiffies + 4;
	CHECK(schedule_delayed_work(&probe.delayed, 4));
	WAIT_FOR(GET(probe.runs));
	CHECK(time_after_eq(jiffies, at));
	CHECK(!delayed_work_pending(&probe.delayed));
	flush_delayed_work(&probe.delayed);
}

static void mod_delayed_work_moves_the_time(void)
{
	probe_reset();
	CHECK(!mod_delayed_work(system_wq, &probe.delayed, 100000));
	CHECK(mod_delayed_work(system_wq, &probe.delayed, 1));
	WAIT_FOR(GET(probe.runs) == 1);
	schedule_delayed_work(&probe.delayed, 100000);
	flush_delayed_work(&probe.delayed);
	CHECK_EQ(probe.runs, 2);
}

static void delayed_work_survives_a_storm_of_cancels(void)
{
	unsigned int round;

	probe_reset();
	for (round = 0; round < 200; round++) {
		schedule_delayed_work(&probe.delayed, km_test_random_below(3));
		if (km_test_random_below(2))
			udelay(km_test_random_below(1500));
		cancel_delayed_work_sync(&probe.delayed);
		CHECK(!work_busy(&probe.delayed.work));
	}
	CHECK(!probe.overlapped);
	CHECK_EQ(timer_pending(&probe.delayed.timer), 0);
}

static struct rcu_work rwork;

static void rwork_run(struct work_struct *work)
{
	CHECK(to_rcu_work(work) == &rwork);
	ADD(probe.runs, 1);
}

static void rcu_work_runs_after_a_grace_period(void)
{
	probe_reset();
	INIT_RCU_WORK(&rwork, rwork_run);
	CHECK(queue_rcu_work(system_wq, &rwork));
	/* Its answer would only say whether the work was faster than this thread. */
	flush_rcu_work(&rwork);
	CHECK_EQ(probe.runs, 1);
}

static void leak_run(struct work_struct *work)
{
	preempt_disable();
	ADD(probe.runs, 1);
}

static void an_item_that_leaks_is_told(void)
{
	DECLARE_WORK(leaky, leak_run);

	probe_reset();
	upper_listen(1u << KM_POINT_CONTEXT_BAD);
	schedule_work(&leaky);
	flush_work(&leaky);
	CHECK_EQ(upper_seen[KM_POINT_CONTEXT_BAD].count, 1);
	CHECK(strstr(km_test_console(), "BUG: workqueue leaked atomic, lock or RCU"));
	upper_listen(0);
}

static unsigned int left_kinds;

static void left_see(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	if (!strcmp(kind, "delayed work"))
		left_kinds |= 1;
	else if (!strcmp(kind, "workqueue"))
		left_kinds |= 2;
	else
		left_kinds |= 4;
}

static void queues_and_delayed_work_are_reported_as_left(void)
{
	struct workqueue_struct *wq;

	probe_reset();
	left_kinds = 0;
	flush_workqueue(system_wq);
	CHECK_EQ(workqueue_left(left_see, NULL), 0);
	wq = alloc_workqueue("left", 0, 0);
	queue_delayed_work(wq, &probe.delayed, 1000);
	CHECK_EQ(workqueue_left(left_see, NULL), 2);
	CHECK_EQ(left_kinds, 3);
	cancel_delayed_work_sync(&probe.delayed);
	destroy_workqueue(wq);
	CHECK_EQ(workqueue_left(left_see, NULL), 0);
}

static void making_a_queue_can_be_refused(void)
{
	upper_listen(1u << KM_POINT_ALLOC_ASK);
	upper_seen[KM_POINT_ALLOC_ASK].answer = KM_REFUSE;
	CHECK(!alloc_workqueue("refused", 0, 0));
	upper_listen(0);
}

KM_TESTS(upper_setup, T(work_runs_once_in_task_context), T(pending_work_is_not_queued_again),
	 T(work_that_queues_itself_never_overlaps), T(an_ordered_queue_runs_one_after_another),
	 T(max_active_bounds_what_runs_at_once), T(a_sleeping_item_does_not_hold_up_others),
	 T(cancel_sync_waits_for_a_running_item), T(disabled_work_cannot_be_queued),
	 T(delayed_work_runs_after_its_delay), T(mod_delayed_work_moves_the_time),
	 T(delayed_work_survives_a_storm_of_cancels), T(rcu_work_runs_after_a_grace_period),
	 T(an_item_that_leaks_is_told), T(queues_and_delayed_work_are_reported_as_left),
	 T(making_a_queue_can_be_refused));
