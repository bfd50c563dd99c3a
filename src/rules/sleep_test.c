/* SPDX-License-Identifier: MIT */
/*
 * sleep_test.c - every context that may not sleep, at allocations and at other calls that may sleep
 */
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/delay.h>
#include "rules/rules_test.h"

static DEFINE_SPINLOCK(some_lock);
static DEFINE_RWLOCK(some_rwlock);
static DEFINE_MUTEX(some_mutex);

static void allocate(gfp_t gfp)
{
	kfree(kmalloc(16, gfp));
}

static void a_task_may_sleep(void)
{
	told_clear();
	allocate(GFP_KERNEL);
	mutex_lock(&some_mutex);
	allocate(GFP_KERNEL);
	mutex_unlock(&some_mutex);
	msleep(1);
	CHECK_EQ(told_count, 0);
}

static void atomic_flags_are_silent_everywhere(void)
{
	unsigned long flags;

	told_clear();
	spin_lock_irqsave(&some_lock, flags);
	allocate(GFP_ATOMIC);
	allocate(GFP_NOWAIT);
	spin_unlock_irqrestore(&some_lock, flags);
	CHECK_EQ(told_count, 0);
}

static void under_a_spinlock(void)
{
	told_clear();
	spin_lock(&some_lock);
	allocate(GFP_KERNEL);
	spin_unlock(&some_lock);
	CHECK_TOLD("sleep-in-atomic", "kmalloc(GFP_KERNEL) while lock 'some_lock' is held");
	CHECK_EQ(told_last.context.lock_count, 1);
	CHECK(told_last.context.locks[0].taken_at != 0);
	CHECK(strstr(told_last.help, "before the lock is taken") != NULL);
}

static void under_a_reader_lock(void)
{
	told_clear();
	read_lock(&some_rwlock);
	allocate(GFP_NOFS);
	read_unlock(&some_rwlock);
	CHECK_TOLD("sleep-in-atomic", "some_rwlock");
}

static void in_an_rcu_reader(void)
{
	told_clear();
	rcu_read_lock();
	allocate(GFP_KERNEL);
	rcu_read_unlock();
	CHECK_TOLD("sleep-in-atomic", "inside rcu_read_lock()");
}

static void with_interrupts_or_preemption_off(void)
{
	told_clear();
	local_irq_disable();
	allocate(GFP_KERNEL);
	local_irq_enable();
	CHECK_TOLD("sleep-in-atomic", "with interrupts off");
	told_clear();
	preempt_disable();
	allocate(GFP_KERNEL);
	preempt_enable();
	CHECK_TOLD("sleep-in-atomic", "with preemption off");
	told_clear();
	local_bh_disable();
	allocate(GFP_KERNEL);
	local_bh_enable();
	CHECK_TOLD("sleep-in-atomic", "with bottom halves off");
}

static volatile bool timer_ran;
static void on_timer(struct timer_list *timer)
{
	allocate(GFP_KERNEL);
	timer_ran = true;
}
static DEFINE_TIMER(some_timer, on_timer);

static void in_a_timer(void)
{
	told_clear();
	timer_ran = false;
	mod_timer(&some_timer, jiffies + 1);
	while (!timer_ran)
		msleep(1);
	CHECK_TOLD("sleep-in-atomic", "in a softirq");
	CHECK(!strcmp(told_last.context.kind, "softirq"));
}

static void a_mutex_under_a_spinlock(void)
{
	told_clear();
	spin_lock(&some_lock);
	mutex_lock(&some_mutex);
	mutex_unlock(&some_mutex);
	spin_unlock(&some_lock);
	CHECK_TOLD("sleep-in-atomic", "mutex_lock()");
}

static void vmalloc_with_interrupts_off(void)
{
	void *area;

	told_clear();
	local_irq_disable();
	area = vmalloc(100);
	local_irq_enable();
	CHECK(told_count >= 1 && strstr(told_message, "vmalloc("));
	vfree(area);
}

static void told_once_per_stack(void)
{
	told_clear();
	for (unsigned int i = 0; i < 50; i++) {
		preempt_disable();
		allocate(GFP_KERNEL);
		preempt_enable();
	}
	CHECK_EQ(told_count, 1);
}

KM_TESTS(rules_setup,
	T(a_task_may_sleep),
	T(atomic_flags_are_silent_everywhere),
	T(under_a_spinlock),
	T(under_a_reader_lock),
	T(in_an_rcu_reader),
	T(with_interrupts_or_preemption_off),
	T(in_a_timer),
	T(a_mutex_under_a_spinlock),
	T(vmalloc_with_interrupts_off),
	T(told_once_per_stack));
