// SPDX-License-Identifier: MIT
/* mutex_test.c - mutex: exclusion, order, misuse */
#include <linux/mutex.h>
#include <kern/kern_test.h>

#define WORKERS	4
#define TURNS	100

static DEFINE_MUTEX(mutex);

static unsigned long shared_counter;

static int worker(void *data)
{
	for (int i = 0; i < TURNS; i++) {
		unsigned long seen;

		mutex_lock(&mutex);
		seen = READ_ONCE(shared_counter);
		cond_resched();
		WRITE_ONCE(shared_counter, seen + 1);
		mutex_unlock(&mutex);
	}
	return 0;
}

static void a_mutex_excludes(void)
{
	struct task_struct *workers[WORKERS];

	shared_counter = 0;
	for (int i = 0; i < WORKERS; i++)
		workers[i] = test_thread(worker, NULL, "worker");
	for (int i = 0; i < WORKERS; i++)
		test_join(workers[i]);
	CHECK_EQ(shared_counter, WORKERS * TURNS);
	CHECK(!mutex_is_locked(&mutex));
}

static int order[WORKERS];
static int order_count;

static int in_line(void *data)
{
	mutex_lock(&mutex);
	order[order_count++] = (int)(long)data;
	mutex_unlock(&mutex);
	return 0;
}

static unsigned int waiting(void)
{
	unsigned int count = 0;
	struct list_head *at;

	list_for_each(at, &mutex.wait_list)
		count++;
	return count;
}

static void waiters_are_served_in_order_of_arrival(void)
{
	struct task_struct *workers[WORKERS];

	order_count = 0;
	mutex_lock(&mutex);
	for (int i = 0; i < WORKERS; i++) {
		workers[i] = test_thread(in_line, (void *)(long)i, "line");
		while (waiting() != (unsigned int)i + 1)
			schedule_timeout_uninterruptible(1);
	}
	mutex_unlock(&mutex);
	for (int i = 0; i < WORKERS; i++)
		test_join(workers[i]);
	for (int i = 0; i < WORKERS; i++)
		CHECK_EQ(order[i], i);
}

static int try_it(void *data)
{
	return mutex_trylock(&mutex);
}

static void trylock_does_not_wait(void)
{
	CHECK(mutex_trylock(&mutex));
	CHECK_EQ(test_join(test_thread(try_it, NULL, "try")), 0);
	mutex_unlock(&mutex);
	CHECK_EQ(mutex_lock_interruptible(&mutex), 0);
	mutex_unlock(&mutex);
	CHECK_EQ(mutex_lock_killable(&mutex), 0);
	mutex_unlock(&mutex);
}

static int unlock_it(void *data)
{
	mutex_unlock(&mutex);
	return 0;
}

static void misuse_is_told(void)
{
	test_listen();
	mutex_unlock(&mutex);
	CHECK_EQ(TOLD(LOCK_BAD), 1);
	CHECK(TOLD_TEXT(LOCK_BAD, "not locked"));
	mutex_lock(&mutex);
	mutex_lock(&mutex);
	CHECK_EQ(TOLD(LOCK_BAD), 2);
	CHECK(TOLD_TEXT(LOCK_BAD, "again by its owner"));
	mutex_unlock(&mutex);
	CHECK(mutex_is_locked(&mutex));
	test_join(test_thread(unlock_it, NULL, "thief"));
	CHECK_EQ(TOLD(LOCK_BAD), 3);
	CHECK(TOLD_TEXT(LOCK_BAD, "does not own"));
	mutex_lock(&mutex);
	mutex_destroy(&mutex);
	CHECK_EQ(TOLD(LOCK_BAD), 4);
	mutex_unlock(&mutex);
	test_listen_end();
	current->lock_depth = 0;
}

static void locking_tells_that_it_may_sleep(void)
{
	test_listen();
	mutex_lock(&mutex);
	CHECK_EQ(TOLD(MIGHT_SLEEP), 1);
	CHECK(TOLD_TEXT(MIGHT_SLEEP, "mutex_lock"));
	CHECK(lockdep_is_held(&mutex));
	CHECK(kern_may_sleep());
	mutex_unlock(&mutex);
	CHECK(!lockdep_is_held(&mutex));
	CHECK_EQ(TOLD(LOCK_BAD), 0);
	test_listen_end();
}

KM_TESTS(test_kern_up, T(a_mutex_excludes), T(waiters_are_served_in_order_of_arrival),
	 T(trylock_does_not_wait), T(misuse_is_told), T(locking_tells_that_it_may_sleep));
