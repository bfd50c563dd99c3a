// SPDX-License-Identifier: MIT
/* rcu_test.c - grace periods really wait; callbacks come in order, in softirq context */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <kern/kern_test.h>

/* A reader that stays inside until told. */
struct held_reader {
	struct completion inside;
	int may_leave, has_left;
};

static int hold_reader(void *data)
{
	struct held_reader *reader = data;

	rcu_read_lock();
	complete(&reader->inside);
	while (!READ_ONCE(reader->may_leave))
		km_port_relax();
	WRITE_ONCE(reader->has_left, 1);
	rcu_read_unlock();
	return 0;
}

static int synchronize(void *data)
{
	synchronize_rcu();
	WRITE_ONCE(*(int *)data, 1);
	return 0;
}

static void synchronize_waits_for_an_existing_reader(void)
{
	static struct held_reader reader;
	struct task_struct *reading, *waiting;
	int is_over = 0;

	init_completion(&reader.inside);
	reading = test_thread(hold_reader, &reader, "reader");
	wait_for_completion(&reader.inside);
	waiting = test_thread(synchronize, &is_over, "waiter");
	for (int i = 0; i < 20; i++) {
		schedule_timeout_uninterruptible(1);
		CHECK_EQ(READ_ONCE(is_over), 0);
	}
	WRITE_ONCE(reader.may_leave, 1);
	test_join(waiting);
	CHECK_EQ(reader.has_left, 1);
	CHECK_EQ(is_over, 1);
	test_join(reading);
}

static int hold_preemption(void *data)
{
	struct held_reader *reader = data;

	preempt_disable();
	complete(&reader->inside);
	while (!READ_ONCE(reader->may_leave))
		km_port_relax();
	WRITE_ONCE(reader->has_left, 1);
	preempt_enable();
	return 0;
}

static void synchronize_waits_for_preemption_off(void)
{
	static struct held_reader reader;
	struct task_struct *holding, *waiting;
	int is_over = 0;

	if (km_port_cpus() < 2) {
		km_test_skip("one CPU cannot wait while it is held");
		return;
	}
	init_completion(&reader.inside);
	holding = test_thread(hold_preemption, &reader, "holder");
	wait_for_completion(&reader.inside);
	waiting = test_thread(synchronize, &is_over, "waiter");
	for (int i = 0; i < 20; i++) {
		schedule_timeout_uninterruptible(1);
		CHECK_EQ(READ_ONCE(is_over), 0);
	}
	WRITE_ONCE(reader.may_leave, 1);
	test_join(waiting);
	CHECK_EQ(reader.has_left, 1);
	test_join(holding);
}

static void a_later_reader_does_not_hold_it_up(void)
{
	static struct held_reader early, late;
	struct task_struct *first, *second, *waiting;
	int is_over = 0;

	init_completion(&early.inside);
	init_completion(&late.inside);
	first = test_thread(hold_reader, &early, "early");
	wait_for_completion(&early.inside);
	waiting = test_thread(synchronize, &is_over, "waiter");
	while (waiting->__state == TASK_RUNNING)
		schedule_timeout_uninterruptible(1);
	/* The period has begun: the early reader holds it up. */
	schedule_timeout_uninterruptible(5);
	second = test_thread(hold_reader, &late, "late");
	wait_for_completion(&late.inside);
	CHECK_EQ(READ_ONCE(is_over), 0);
	WRITE_ONCE(early.may_leave, 1);
	test_join(waiting);
	CHECK_EQ(READ_ONCE(late.has_left), 0);
	WRITE_ONCE(late.may_leave, 1);
	test_join(first);
	test_join(second);
}

/* One pointer, replaced again and again; what it pointed to is spoilt after the grace period. */
struct version {
	unsigned int value, check;
	struct rcu_head rcu;
};
static struct version versions[64];
static struct version __rcu *newest;

static int check_newest(void *data)
{
	while (!kthread_should_stop()) {
		const struct version *version;
		unsigned int value;

		rcu_read_lock();
		version = rcu_dereference(newest);
		value = READ_ONCE(version->value);
		km_port_point();
		km_port_point();
		CHECK_EQ(READ_ONCE(version->check), value ^ 0x5a5a5a5a);
		rcu_read_unlock();
		cond_resched();
	}
	return 0;
}

static void no_reader_sees_what_was_given_up(void)
{
	struct task_struct *readers[2];
	unsigned int value = 1;

	versions[0] = (struct version){ .value = 0, .check = 0x5a5a5a5a };
	rcu_assign_pointer(newest, &versions[0]);
	for (int i = 0; i < 2; i++)
		readers[i] = kthread_run(check_newest, NULL, "checker");
	for (; value < 64; value++) {
		struct version *old = rcu_dereference_protected(newest, 1);

		versions[value].value = value;
		versions[value].check = value ^ 0x5a5a5a5a;
		rcu_assign_pointer(newest, &versions[value]);
		synchronize_rcu();
		old->value = old->check = 0xdeadbeef;
	}
	for (int i = 0; i < 2; i++)
		kthread_stop(readers[i]);
}

static unsigned int called, called_in_softirq, called_in_order;

static void count_call(struct rcu_head *head)
{
	struct version *version = container_of(head, struct version, rcu);

	called_in_order += version->value == called;
	called_in_softirq += in_serving_softirq() != 0;
	called++;
}

static void callbacks_run_in_order_in_softirq_context(void)
{
	called = called_in_softirq = called_in_order = 0;
	for (unsigned int i = 0; i < 50; i++) {
		versions[i].value = i;
		call_rcu(&versions[i].rcu, count_call);
	}
	rcu_barrier();
	CHECK_EQ(called, 50);
	CHECK_EQ(called_in_softirq, 50);
	CHECK_EQ(called_in_order, 50);
}

static void a_callback_waits_for_the_caller_itself(void)
{
	called = called_in_order = 0;
	versions[0].value = 0;
	rcu_read_lock();
	call_rcu(&versions[0].rcu, count_call);
	for (int i = 0; i < 200; i++)
		km_port_relax();
	CHECK_EQ(READ_ONCE(called), 0);
	rcu_read_unlock();
	rcu_barrier();
	CHECK_EQ(called, 1);
}

static void call_again(struct rcu_head *head)
{
	if (++called < 5)
		call_rcu(head, call_again);
}

static void a_callback_may_queue_itself(void)
{
	called = 0;
	call_rcu(&versions[0].rcu, call_again);
	for (int i = 0; i < 5; i++)
		rcu_barrier();
	CHECK_EQ(called, 5);
}

static void polling_knows_when_a_period_is_over(void)
{
	unsigned long cookie = get_state_synchronize_rcu();

	CHECK(!poll_state_synchronize_rcu(cookie));
	synchronize_rcu();
	CHECK(poll_state_synchronize_rcu(cookie));
	cond_synchronize_rcu(cookie);
	cookie = start_poll_synchronize_rcu();
	for (int i = 0; i < 100 && !poll_state_synchronize_rcu(cookie); i++)
		schedule_timeout_uninterruptible(1);
	CHECK(poll_state_synchronize_rcu(cookie));
}

static void misuse_is_told(void)
{
	test_listen();
	rcu_read_unlock();
	CHECK_EQ(TOLD(CONTEXT_BAD), 1);
	CHECK_EQ(rcu_preempt_depth(), 0);
	rcu_read_lock();
	CHECK(rcu_read_lock_held());
	CHECK(!kern_may_sleep());
	synchronize_rcu();
	CHECK_EQ(TOLD(MIGHT_SLEEP), 1);
	CHECK(TOLD_TEXT(MIGHT_SLEEP, "synchronize_rcu"));
	rcu_read_unlock();
	CHECK(!rcu_read_lock_held());
	test_listen_end();
}

/* -- lists ------------------------------------------------------------------------------------ */

struct item {
	int value;
	struct list_head list;
	struct hlist_node node;
};

static void lists_can_be_walked_from_a_removed_entry(void)
{
	static struct item items[3] = { { .value = 0 }, { .value = 1 }, { .value = 2 } };
	LIST_HEAD(list);
	HLIST_HEAD(hlist);
	struct item *item;
	int sum = 0;

	for (int i = 0; i < 3; i++) {
		list_add_tail_rcu(&items[i].list, &list);
		hlist_add_tail_rcu(&items[i].node, &hlist);
	}
	rcu_read_lock();
	list_for_each_entry_rcu(item, &list, list) {
		sum = 10 * sum + item->value;
		if (item->value == 1)
			list_del_rcu(&item->list);
	}
	CHECK_EQ(sum, 12);
	sum = 0;
	hlist_for_each_entry_rcu(item, &hlist, node) {
		sum = 10 * sum + item->value;
		if (item->value == 1)
			hlist_del_rcu(&item->node);
	}
	CHECK_EQ(sum, 12);
	sum = 0;
	list_for_each_entry_rcu(item, &list, list)
		sum++;
	hlist_for_each_entry_rcu(item, &hlist, node)
		sum++;
	CHECK_EQ(sum, 4);
	rcu_read_unlock();
}

/* -- srcu ------------------------------------------------------------------------------------- */

DEFINE_STATIC_SRCU(domain);

static int hold_srcu(void *data)
{
	struct held_reader *reader = data;
	int index = srcu_read_lock(&domain);

	complete(&reader->inside);
	while (!READ_ONCE(reader->may_leave))
		schedule_timeout_uninterruptible(1);
	WRITE_ONCE(reader->has_left, 1);
	srcu_read_unlock(&domain, index);
	return 0;
}

static int synchronize_domain(void *data)
{
	synchronize_srcu(&domain);
	WRITE_ONCE(*(int *)data, 1);
	return 0;
}

static void srcu_waits_for_a_sleeping_reader(void)
{
	static struct held_reader reader;
	struct task_struct *reading, *waiting;
	int is_over = 0;

	synchronize_srcu(&domain);
	init_completion(&reader.inside);
	reading = test_thread(hold_srcu, &reader, "reader");
	wait_for_completion(&reader.inside);
	waiting = test_thread(synchronize_domain, &is_over, "waiter");
	schedule_timeout_uninterruptible(10);
	CHECK_EQ(READ_ONCE(is_over), 0);
	WRITE_ONCE(reader.may_leave, 1);
	test_join(waiting);
	CHECK_EQ(reader.has_left, 1);
	test_join(reading);
}

KM_TESTS(test_kern_up, T(synchronize_waits_for_an_existing_reader),
	 T(synchronize_waits_for_preemption_off), T(a_later_reader_does_not_hold_it_up),
	 T(no_reader_sees_what_was_given_up), T(callbacks_run_in_order_in_softirq_context),
	 T(a_callback_waits_for_the_caller_itself), T(a_callback_may_queue_itself),
	 T(polling_knows_when_a_period_is_over), T(misuse_is_told),
	 T(lists_can_be_walked_from_a_removed_entry), T(srcu_waits_for_a_sleeping_reader));
