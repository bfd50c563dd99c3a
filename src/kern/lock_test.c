// SPDX-License-Identifier: MIT
/* lock_test.c - spinlocks and rwlocks: counts, exclusion, misuse */
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <kern/kern_test.h>

#define WORKERS	3
#define TURNS	200

static DEFINE_SPINLOCK(lock);
static DEFINE_RWLOCK(rwlock);

static void irqsave_restores_what_was(void)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	CHECK(irqs_disabled());
	CHECK_EQ(preempt_count(), 1);
	CHECK(spin_is_locked(&lock));
	spin_unlock_irqrestore(&lock, flags);
	CHECK(!irqs_disabled());
	local_irq_disable();
	spin_lock_irqsave(&lock, flags);
	spin_unlock_irqrestore(&lock, flags);
	CHECK(irqs_disabled());
	local_irq_enable();
	CHECK_EQ(preempt_count(), 0);
	CHECK(!spin_is_locked(&lock));
}

static void each_variant_is_balanced(void)
{
	unsigned long flags;

	spin_lock(&lock);
	CHECK_EQ(preempt_count(), 1);
	spin_unlock(&lock);
	spin_lock_bh(&lock);
	CHECK_EQ(preempt_count(), SOFTIRQ_LOCK_OFFSET);
	spin_unlock_bh(&lock);
	spin_lock_irq(&lock);
	CHECK(irqs_disabled());
	spin_unlock_irq(&lock);
	CHECK(spin_trylock(&lock));
	CHECK_EQ(preempt_count(), 1);
	CHECK(!spin_trylock(&lock));
	CHECK_EQ(preempt_count(), 1);
	spin_unlock(&lock);
	CHECK(spin_trylock_bh(&lock));
	spin_unlock_bh(&lock);
	CHECK(spin_trylock_irqsave(&lock, flags));
	spin_unlock_irqrestore(&lock, flags);
	read_lock_bh(&rwlock);
	read_unlock_bh(&rwlock);
	write_lock_irqsave(&rwlock, flags);
	CHECK(irqs_disabled());
	write_unlock_irqrestore(&rwlock, flags);
	CHECK(kern_may_sleep());
}

static unsigned long shared_counter;
static int inside;

static int spin_worker(void *data)
{
	for (int i = 0; i < TURNS; i++) {
		unsigned long seen;

		spin_lock(&lock);
		CHECK_EQ(inside++, 0);
		seen = READ_ONCE(shared_counter);
		km_port_point();
		km_port_point();
		WRITE_ONCE(shared_counter, seen + 1);
		inside--;
		spin_unlock(&lock);
	}
	return 0;
}

static void a_spinlock_excludes(void)
{
	struct task_struct *workers[WORKERS];

	shared_counter = 0;
	for (int i = 0; i < WORKERS; i++)
		workers[i] = test_thread(spin_worker, NULL, "spin");
	for (int i = 0; i < WORKERS; i++)
		CHECK_EQ(test_join(workers[i]), 0);
	CHECK_EQ(shared_counter, WORKERS * TURNS);
}

static unsigned int pair[2];

static int rw_reader(void *data)
{
	for (int i = 0; i < TURNS; i++) {
		read_lock(&rwlock);
		read_lock(&rwlock);
		CHECK_EQ(READ_ONCE(pair[0]), READ_ONCE(pair[1]));
		km_port_point();
		read_unlock(&rwlock);
		read_unlock(&rwlock);
	}
	return 0;
}

static int rw_writer(void *data)
{
	for (int i = 0; i < TURNS; i++) {
		write_lock(&rwlock);
		WRITE_ONCE(pair[0], pair[0] + 1);
		km_port_point();
		WRITE_ONCE(pair[1], pair[1] + 1);
		write_unlock(&rwlock);
	}
	return 0;
}

static void readers_never_see_half_a_write(void)
{
	struct task_struct *workers[4] = {
		test_thread(rw_reader, NULL, "reader"), test_thread(rw_writer, NULL, "writer"),
		test_thread(rw_reader, NULL, "reader"), test_thread(rw_writer, NULL, "writer"),
	};

	for (int i = 0; i < 4; i++)
		test_join(workers[i]);
	CHECK_EQ(pair[0], 2 * TURNS);
	CHECK_EQ(pair[1], 2 * TURNS);
}

static void taking_a_held_spinlock_again_is_told(void)
{
	test_listen();
	spin_lock(&lock);
	spin_lock(&lock);
	CHECK_EQ(TOLD(LOCK_BAD), 1);
	CHECK(TOLD_TEXT(LOCK_BAD, "recursion"));
	CHECK(TOLD_TEXT(LOCK_BAD, "lock: lock"));
	spin_unlock(&lock);
	CHECK(spin_is_locked(&lock));
	spin_unlock(&lock);
	CHECK(!spin_is_locked(&lock));
	CHECK_EQ(preempt_count(), 0);
	CHECK_EQ(current->lock_depth, 0);
	write_lock(&rwlock);
	read_lock(&rwlock);
	CHECK_EQ(TOLD(LOCK_BAD), 2);
	read_unlock(&rwlock);
	write_unlock(&rwlock);
	CHECK_EQ(preempt_count(), 0);
	test_listen_end();
}

static void releasing_a_free_lock_is_told(void)
{
	test_listen();
	spin_unlock(&lock);
	CHECK_EQ(TOLD(LOCK_BAD), 1);
	CHECK(TOLD_TEXT(LOCK_BAD, "already unlocked"));
	CHECK_EQ(preempt_count(), 0);
	read_unlock(&rwlock);
	CHECK_EQ(TOLD(LOCK_BAD), 2);
	write_unlock(&rwlock);
	CHECK_EQ(TOLD(LOCK_BAD), 3);
	test_listen_end();
	spin_lock(&lock);
	spin_unlock(&lock);
}

static void held_locks_follow_any_order_of_release(void)
{
	static DEFINE_SPINLOCK(other);

	test_listen();
	spin_lock(&lock);
	spin_lock(&other);
	lockdep_assert_held(&lock);
	CHECK_EQ(TOLD(LOCK_TAKE), 2);
	spin_unlock(&lock);
	CHECK(!lockdep_is_held(&lock));
	CHECK(lockdep_is_held(&other));
	spin_unlock(&other);
	CHECK_EQ(TOLD(LOCK_DROP), 2);
	CHECK_EQ(TOLD(LOCK_BAD), 0);
	lockdep_assert_held(&lock);
	CHECK_EQ(TOLD(LOCK_BAD), 1);
	test_listen_end();
}

static void the_last_reference_comes_with_the_lock(void)
{
	atomic_t count = ATOMIC_INIT(2);

	CHECK(!atomic_dec_and_lock(&count, &lock));
	CHECK(!spin_is_locked(&lock));
	CHECK(atomic_dec_and_lock(&count, &lock));
	CHECK(spin_is_locked(&lock));
	spin_unlock(&lock);
}

static int guarded(void)
{
	guard(spinlock)(&lock);
	CHECK(spin_is_locked(&lock));
	scoped_guard(read_lock, &rwlock)
		CHECK_EQ(rwlock.state, 1);
	CHECK_EQ(rwlock.state, 0);
	return 1;
}

static void guards_release_at_the_end_of_the_scope(void)
{
	CHECK_EQ(guarded(), 1);
	CHECK(!spin_is_locked(&lock));
	CHECK(kern_may_sleep());
}

KM_TESTS(test_kern_up, T(irqsave_restores_what_was), T(each_variant_is_balanced),
	 T(a_spinlock_excludes), T(readers_never_see_half_a_write),
	 T(taking_a_held_spinlock_again_is_told), T(releasing_a_free_lock_is_told),
	 T(held_locks_follow_any_order_of_release), T(the_last_reference_comes_with_the_lock),
	 T(guards_release_at_the_end_of_the_scope));
